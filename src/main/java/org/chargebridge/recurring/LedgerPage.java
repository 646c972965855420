package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of the settlement ledgers that keys may read.
 *
 * @param cursor where the list goes on; empty at its end
 */
public record LedgerPage(String cursor, List<Ledger> ledgers) {

    /**
     * An account from which sales units are paid out.
     *
     * @param handles who settles on it, as received
     * @param names of the sales units, by handle, where the API gives them
     */
    public record Ledger(
            String ledgerId,
            String currency,
            Optional<Identifier> owner,
            Optional<Identifier> payoutAccount,
            List<String> handles,
            Map<String, String> names) {}

    /** @param scheme for example {@code business:NO:ORG} or {@code BBAN:NO} */
    public record Identifier(String scheme, String id) {}

    public LedgerPage {
        ledgers = List.copyOf(ledgers);
    }

    /**
     * Reads a page.
     *
     * @throws UnreadableAnswer where the body is not one complete page, or a ledger lacks id or currency
     */
    public static LedgerPage parse(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(node -> node.path("items").isArray())
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete page of ledgers"));
        List<Ledger> ledgers = new ArrayList<>();
        for (JsonNode item : root.path("items")) {
            ledgers.add(ledger(item));
        }
        return new LedgerPage(Json.text(root, "cursor").orElse(""), ledgers);
    }

    private static Ledger ledger(JsonNode item) throws UnreadableAnswer {
        List<String> handles = new ArrayList<>();
        item.path("settlesForRecipientHandles").forEach(node -> Json.text(node).ifPresent(handles::add));
        Map<String, String> names = new LinkedHashMap<>();
        for (JsonNode unit : item.path("salesUnits")) {
            Optional<String> handle = Json.text(unit, "recipientHandle");
            handle.filter(given -> !handles.contains(given)).ifPresent(handles::add);
            handle.ifPresent(given -> names.put(given, Json.text(unit, "name").orElse("")));
        }
        return new Ledger(
                required(item, "ledgerId"),
                required(item, "currency"),
                identifier(item.path("owner")),
                identifier(item.path("payoutBankAccount")),
                List.copyOf(handles),
                names);
    }

    private static Optional<Identifier> identifier(JsonNode node) {
        return Json.text(node, "id")
                .map(id -> new Identifier(Json.text(node, "scheme").orElse(""), id));
    }

    private static String required(JsonNode item, String name) throws UnreadableAnswer {
        return Json.text(item, name).orElseThrow(() -> new UnreadableAnswer("a ledger has no " + name));
    }
}
