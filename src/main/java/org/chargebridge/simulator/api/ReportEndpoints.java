package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The Report API: what was settled and paid out. It only reads. */
final class ReportEndpoints {

    private static final int PAGE_SIZE = 1_000;
    private static final int LEDGERS_ON_A_PAGE = 50;

    private static final String LEDGERS = "ledgers";
    private static final String NOT_GIVEN = "The cursor was not given for this";

    private final Engine engine;

    ReportEndpoints(Engine engine) {
        this.engine = engine;
    }

    /** @param reader the sales unit whose keys ask; empty for an accounting partner, who may read all */
    Answer answer(Operation operation, Call call, Optional<Merchant> reader) {
        return Answer.of(
                operation == Operation.LIST_LEDGERS ? ledgers(call, reader) : entries(operation, call, reader));
    }

    private Reply entries(Operation operation, Call call, Optional<Merchant> reader) {
        Optional<LedgerAccount> ledger = operation
                .part(call.path(), 1)
                .flatMap(id -> engine.books().settlements().find(id))
                .filter(found -> mayRead(found, reader));
        if (ledger.isEmpty()) {
            return Reply.problem(404, "", "No such ledgerId, or no access to it", call.path());
        }
        String topic = operation.part(call.path(), 2).orElseThrow();
        if (!LedgerAccount.TOPICS.contains(topic)) {
            return mistake("The topic must be funds or fees", call);
        }
        return operation == Operation.READ_FEED ? feed(call, ledger.get(), topic) : date(call, ledger.get(), topic);
    }

    private static Reply mistake(String why, Call call) {
        return Reply.problem(400, "validation-error", why, call.path());
    }

    private Reply ledgers(Call call, Optional<Merchant> reader) {
        Optional<String> handle = call.parameter("settlesForRecipientHandles");
        List<LedgerAccount> found = engine.books().settlements().all().stream()
                .filter(ledger -> mayRead(ledger, reader))
                .filter(ledger -> handle.isEmpty()
                        || ledger.merchants().stream()
                                .anyMatch(merchant -> handle.get().equals("api:" + merchant.msn())))
                .toList();
        Optional<Integer> place = place(call, LEDGERS);
        if (place.isEmpty()) {
            return mistake(NOT_GIVEN, call);
        }
        int from = Math.min(place.get(), found.size());
        int to = Math.min(found.size(), from + LEDGERS_ON_A_PAGE);
        ObjectNode page = Json.object().put("cursor", to < found.size() ? ReportCursor.write(LEDGERS, to) : "");
        ArrayNode items = page.putArray("items");
        found.subList(from, to).forEach(ledger -> items.add(shown(ledger)));
        return Reply.json(200, page);
    }

    private static boolean mayRead(LedgerAccount ledger, Optional<Merchant> reader) {
        return reader.isEmpty()
                || ledger.merchants().stream()
                        .anyMatch(merchant -> merchant.msn().equals(reader.get().msn()));
    }

    private static ObjectNode shown(LedgerAccount ledger) {
        Market market = ledger.market();
        ObjectNode item = Json.object().put("ledgerId", ledger.id()).put("currency", market.currency());
        item.putObject("payoutBankAccount").put("scheme", "BBAN:" + market).put("id", "86011117947");
        item.putObject("owner").put("scheme", market.registry()).put("id", market.organisation());
        ArrayNode handles = item.putArray("settlesForRecipientHandles");
        ArrayNode units = item.putArray("salesUnits");
        ledger.merchants().forEach(merchant -> {
            handles.add("api:" + merchant.msn());
            units.addObject().put("name", "Demo " + merchant.msn()).put("recipientHandle", "api:" + merchant.msn());
        });
        return item;
    }

    private static Reply feed(Call call, LedgerAccount ledger, String topic) {
        List<LedgerEntry> entries = ledger.topic(topic).entries();
        String scope = ledger.id() + '/' + topic + "/feed";
        Optional<Integer> place = place(call, scope);
        if (place.isEmpty()) {
            return mistake(NOT_GIVEN, call);
        }
        int from = Math.min(place.get(), entries.size());
        int to = Math.min(entries.size(), from + pageSize(call));
        ObjectNode page = page(call, ledger, entries.subList(from, to));
        return Reply.json(200, page.put("cursor", ReportCursor.write(scope, to)).put("tryLater", to == entries.size()));
    }

    private Reply date(Call call, LedgerAccount ledger, String topic) {
        Optional<LocalDate> date = Operation.READ_DATE.part(call.path(), 3).flatMap(Dates::read);
        if (date.isEmpty()) {
            return mistake("The ledger date must be YYYY-MM-DD", call);
        }
        List<LedgerEntry> entries = ledger.topic(topic).of(date.get());
        String scope = ledger.id() + '/' + topic + '/' + date.get();
        Optional<Integer> place = place(call, scope);
        if (place.isEmpty()) {
            return mistake(NOT_GIVEN, call);
        }
        int from = Math.min(place.get(), entries.size());
        int to = Math.min(entries.size(), from + pageSize(call));
        return Reply.json(
                200,
                page(call, ledger, entries.subList(from, to))
                        .put("cursor", ReportCursor.write(scope, to))
                        .put("hasMore", to < entries.size())
                        .put("tryLater", ledger.isOpen(date.get(), engine.now())));
    }

    private static ObjectNode page(Call call, LedgerAccount ledger, List<LedgerEntry> entries) {
        boolean persons = call.parameter("includeGDPRSensitiveData").equals(Optional.of("true"));
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray("items");
        entries.forEach(entry -> {
            ObjectNode item = items.addObject()
                    .put("pspReference", entry.pspReference())
                    .put("time", entry.time().toString())
                    .put("ledgerDate", entry.ledgerDate().toString())
                    .put("entryType", entry.type())
                    .put("reference", entry.reference())
                    .put("currency", ledger.market().currency())
                    .put("amount", entry.amount())
                    .put("balanceBefore", entry.balanceBefore())
                    .put("balanceAfter", entry.balanceAfter());
            item.put("recipientHandle", entry.msn().isEmpty() ? null : "api:" + entry.msn());
            ledger.payer(entry).filter(payer -> persons).ifPresent(payer -> item.put("name", payer.name())
                    .put("message", payer.message())
                    .put("maskedPhoneNo", payer.maskedPhoneNo()));
        });
        return page;
    }

    /** The beginning without a cursor; empty when the cursor was given for something else. */
    private static Optional<Integer> place(Call call, String scope) {
        String cursor = call.parameter("cursor").orElse("");
        return cursor.isEmpty() ? Optional.of(0) : ReportCursor.read(scope, cursor);
    }

    private static int pageSize(Call call) {
        return call.header("vipps-feed-page-size")
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(Integer::valueOf)
                .orElse(PAGE_SIZE);
    }
}
