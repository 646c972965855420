package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settlement ledgers of all sales units. */
final class SettlementBook {

    private static final long FIRST_NUMBER = 7_000_000_000L;

    private final Map<String, LedgerAccount> ledgers = new LinkedHashMap<>();
    private final Map<String, LedgerAccount> byUnit = new LinkedHashMap<>();
    // A log that says nothing of terms was written under the usual ones.
    private SettlementTerms terms = SettlementTerms.usual();
    private long movements;

    SettlementBook(SimulatorSettings settings) {
        for (Merchant merchant : settings.merchants()) {
            if (byUnit.containsKey(merchant.msn())) {
                continue;
            }
            Set<String> together = settings.settlement().together().stream()
                    .filter(group -> group.contains(merchant.msn()))
                    .findFirst()
                    .orElse(Set.of(merchant.msn()));
            add(settings.merchants().stream()
                    .filter(one -> together.contains(one.msn()))
                    .toList());
        }
    }

    private LedgerAccount add(List<Merchant> merchants) {
        LedgerAccount ledger = new LedgerAccount("3" + merchants.get(0).msn(), merchants, () -> terms);
        ledgers.put(ledger.id(), ledger);
        merchants.forEach(merchant -> byUnit.putIfAbsent(merchant.msn(), ledger));
        return ledger;
    }

    private LedgerAccount of(Charge charge) {
        LedgerAccount ledger = byUnit.get(charge.merchant().msn());
        return ledger == null ? add(List.of(charge.merchant())) : ledger;
    }

    /** @param first whether nothing of the charge was captured before: its transaction id is that of this capture */
    void captured(Charge charge, int amount, Instant at, boolean first) {
        String psp = first ? charge.transactionId().orElseThrow() : number();
        of(charge).captured(charge, amount, at, psp);
    }

    void refunded(Charge charge, int amount, Instant at) {
        of(charge).refunded(charge, amount, at, number());
    }

    private String number() {
        return Long.toString(FIRST_NUMBER + ++movements);
    }

    /** What says in the log that these terms count from now on; empty where they do already. */
    Optional<ObjectNode> change(SettlementTerms to) {
        return terms.gross() == to.gross() && terms.rhythm() == to.rhythm()
                ? Optional.empty()
                : Optional.of(Json.object()
                        .put("op", "settlement-terms")
                        .put("gross", to.gross())
                        .put("rhythm", to.rhythm().name()));
    }

    void apply(JsonNode line, Instant at) {
        if (line.get("op").textValue().equals("settlement-terms")) {
            SettlementTerms.Rhythm rhythm =
                    SettlementTerms.Rhythm.valueOf(line.get("rhythm").textValue());
            terms = new SettlementTerms(line.get("gross").booleanValue(), rhythm, List.of(), Optional.empty());
            return;
        }
        LedgerAccount ledger = known(line.get("ledger").textValue());
        switch (line.get("op").textValue()) {
            case "settlement-closed" -> ledger.close(date(line, "day"), at);
            case "settlement-entry" -> entry(ledger, line, at);
            case "settlement-aborted" -> ledger.aborted(at);
            case "settlement-held" -> ledger.hold(line.get("hold").booleanValue(), at);
            case "settlement-gap" -> ledger.gap(line.get("amount").longValue());
            default -> ledger.keepOpen(date(line, "day"), line.get("open").booleanValue());
        }
    }

    private void entry(LedgerAccount ledger, JsonNode line, Instant at) {
        LedgerEntry entry = ledger.entry(
                line.get("topic").textValue(),
                line.get("type").textValue(),
                at,
                date(line, "day"),
                line.get("amount").longValue(),
                line.path("psp").asText(number()),
                line.path("reference").asText(""),
                line.path("unit").asText(""));
        if (line.has("payer")) {
            ledger.paidBy(entry, Json.MAPPER.convertValue(line.get("payer"), Settlements.Payer.class));
        }
    }

    /** A ledger that is no longer configured keeps what happened to it. */
    private LedgerAccount known(String id) {
        return find(id).orElseGet(() -> add(List.of(new Merchant(id.substring(1), "", "", "", "NOK"))));
    }

    private static LocalDate date(JsonNode line, String name) {
        return LocalDate.parse(line.get(name).textValue());
    }

    Collection<LedgerAccount> all() {
        return ledgers.values();
    }

    Optional<LedgerAccount> find(String id) {
        return Optional.ofNullable(ledgers.get(id));
    }
}
