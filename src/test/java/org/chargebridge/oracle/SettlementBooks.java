package org.chargebridge.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to money after it was captured, counted anew from the API simulator's log: a Norwegian sales unit by
 * itself, with daily payouts less fees.
 */
final class SettlementBooks {

    /**
     * A movement of money on a settlement ledger.
     *
     * @param reference the charge's external id, else its order id; of a payout and of fees empty
     * @param paidOut the day of the payout that it is part of
     */
    record Entry(
            String ledger,
            String type,
            LocalDate date,
            String reference,
            long amountMinor,
            Optional<LocalDate> paidOut) {

        /** What a report must say of it. */
        String fact() {
            return ledger + " " + type + " " + date + " " + reference + " " + amountMinor;
        }

        private Entry paidOutOn(LocalDate day) {
            return new Entry(ledger, type, date, reference, amountMinor, Optional.of(day));
        }
    }

    static final String PAYOUT = "payout-scheduled";

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    /** A day is closed two hours after its midnight; whatever is late by then is still on its way. */
    private static final Duration CLOSED_AFTER = Duration.ofHours(4);

    private static final long FEE_BASIS_POINTS = 275;
    private static final long FEE_MIN = 100;
    private static final Map<String, String> MEANT = Map.of(
            "CHARGED",
            "CAPTURE",
            "PARTIALLY_CAPTURED",
            "CAPTURE",
            "PARTIALLY_REFUNDED",
            "REFUND",
            "REFUNDED",
            "REFUND");

    private static final class Ledger {
        private final List<Entry> entries = new ArrayList<>();
        private long balance;
        private long fees;
    }

    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    private final Map<String, String> references = new HashMap<>();
    private Instant end = Instant.MIN;

    void add(JsonNode line) {
        if (line.has("at")) {
            end = Instant.parse(line.path("at").asText());
        }
        switch (line.path("op").asText()) {
            case "create-charges", "create-charge", "initial-charge" ->
                line.path("charges")
                        .forEach(row -> references.put(
                                row.get(0).asText(),
                                row.path(6).asText(row.get(0).asText())));
            case "transition" -> moved(line);
            case "settlement-closed" -> closed(line);
            default -> {}
        }
    }

    private void moved(JsonNode line) {
        String to = line.path("to").asText();
        String event = line.path("event").asText(MEANT.getOrDefault(to, ""));
        if (!event.equals("CAPTURE") && !event.equals("REFUND")) {
            return;
        }
        String id = "3" + line.path("msn").asText();
        Ledger ledger = ledgers.computeIfAbsent(id, any -> new Ledger());
        for (JsonNode row : line.path("charges")) {
            long amount = row.get(1).asLong();
            String reference =
                    references.getOrDefault(row.get(0).asText(), row.get(0).asText());
            book(id, ledger, event.equals("CAPTURE") ? "capture" : "refund", date(end), reference, amount);
        }
    }

    private static void book(String id, Ledger ledger, String type, LocalDate date, String reference, long amount) {
        if (type.equals("capture")) {
            ledger.fees += Math.max(FEE_MIN, Math.round(amount * FEE_BASIS_POINTS / 10_000.0));
        }
        long signed = type.equals("capture") ? amount : -amount;
        ledger.balance += signed;
        ledger.entries.add(new Entry(id, type, date, reference, signed, Optional.empty()));
    }

    private void closed(JsonNode line) {
        String id = line.path("ledger").asText();
        Ledger ledger = ledgers.computeIfAbsent(id, any -> new Ledger());
        LocalDate day = LocalDate.parse(line.path("day").asText());
        if (ledger.fees != 0) {
            book(id, ledger, "fees-retained", day, "", ledger.fees);
            ledger.fees = 0;
        }
        if (ledger.balance > 0) {
            book(id, ledger, PAYOUT, day, "", ledger.balance);
            ledger.entries.replaceAll(entry -> entry.paidOut().isEmpty() ? entry.paidOutOn(day) : entry);
        }
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, OSLO);
    }

    /**
     * The invoice that a reference stands for: charges that took the place of another have no external id, and show their
     * order id. The other may have been taken back before it was sent, and then only its receipt knows it.
     */
    String invoice(String reference, Accepted accepted) {
        String first = History.first(reference);
        return Optional.ofNullable(references.get(first))
                .or(() -> accepted.order(first).map(order -> order.last().invoice()))
                .orElse(reference);
    }

    /** Every entry, ledger by ledger, in the order in which they came. */
    List<Entry> entries() {
        return ledgers.values().stream()
                .flatMap(ledger -> ledger.entries.stream())
                .toList();
    }

    /** Whether a day was over for so long at the end of the run that its reports must have come back. */
    boolean isOver(LocalDate day) {
        return !day.plusDays(1)
                .atStartOfDay(OSLO)
                .toInstant()
                .plus(CLOSED_AFTER)
                .isAfter(end);
    }

    /** Whether it is part of a payout whose day was over for so long. */
    boolean isPaidOut(Entry entry) {
        return entry.paidOut().filter(this::isOver).isPresent();
    }
}
