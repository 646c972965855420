package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /simulator/settlements}: what banks, disputes and mistakes do to a settlement ledger. */
final class SettlementControl {

    private static final Pattern DEED = Pattern.compile("POST /simulator/settlements/(?<ledger>[^/]+)/"
            + "(?<deed>hold|release|abort|entries|payments|gap|dates/(?<date>[^/]+)/(?<move>open|close))");

    private final Settlements settlements;

    SettlementControl(Settlements settlements) {
        this.settlements = settlements;
    }

    Reply ledgers() {
        return Reply.json(200, settlements.ledgers());
    }

    /** Empty for a call that is none of these. */
    Optional<Reply> answer(Call call) {
        Matcher deed = DEED.matcher(call.method() + ' ' + call.path());
        if (!deed.matches()) {
            return Optional.empty();
        }
        String ledger = deed.group("ledger");
        switch (deed.group("deed")) {
            case "hold" -> settlements.hold(ledger);
            case "release" -> settlements.release(ledger);
            case "abort" -> settlements.abortPayout(ledger);
            case "entries" -> add(ledger, call);
            case "payments" -> pay(ledger, call);
            case "gap" -> settlements.breakBalance(ledger, amount(call));
            default ->
                settlements.keepOpen(
                        ledger,
                        LocalDate.parse(deed.group("date")),
                        deed.group("move").equals("open"));
        }
        return Optional.of(Reply.empty(204));
    }

    private void add(String ledger, Call call) {
        JsonNode body = call.json().orElseGet(Json::object);
        String type = body.path("type").asText("");
        if (type.isEmpty()) {
            throw new IllegalArgumentException("The body needs topic, type and amount");
        }
        settlements.add(
                ledger,
                body.path("topic").asText("funds"),
                type,
                amount(call),
                Optional.ofNullable(body.path("ledgerDate").textValue()).map(LocalDate::parse),
                body.path("reference").asText(""),
                body.path("msn").asText(""));
    }

    private void pay(String ledger, Call call) {
        JsonNode body = call.json().orElseGet(Json::object);
        Settlements.Payer payer = new Settlements.Payer(
                body.path("name").asText("Kari Nordmann"),
                body.path("message").asText(""),
                body.path("maskedPhoneNo").asText("xxxx 1234"));
        settlements.addPayment(
                ledger, body.path("msn").asText(""), body.path("reference").asText(""), amount(call), payer);
    }

    private static long amount(Call call) {
        return call.json()
                .map(body -> body.path("amount"))
                .filter(JsonNode::canConvertToLong)
                .filter(JsonNode::isIntegralNumber)
                .orElseThrow(() -> new IllegalArgumentException("The body needs an amount, signed, in minor units"))
                .longValue();
    }
}
