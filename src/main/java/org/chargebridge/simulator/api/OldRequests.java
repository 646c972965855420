package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Calls of version 2 as calls of version 3, so that both work on the same state. What only version 3 demands (system
 * headers, sales unit, most keys) is made up where a call comes without.
 */
final class OldRequests {

    /** Set in every call that came as version 2: a change may carry a campaign, a list has no pages. */
    static final String MARK = "simulator-version-two";

    /** Names the fields that version 2 did not know, though version 3 may; such a call is refused. */
    private static final String NEWER = "simulator-newer-fields";

    /** Set where version 2 demanded a currency that version 3 does not know. */
    private static final String NO_CURRENCY = "simulator-no-currency";

    private static final Set<String> DRAFT = Set.of(
            "currency",
            "price",
            "variableAmount",
            "interval",
            "intervalCount",
            "campaign",
            "initialCharge",
            "customerPhoneNumber",
            "merchantRedirectUrl",
            "merchantAgreementUrl",
            "productName",
            "productDescription",
            "isApp",
            "skipLandingPage",
            "scope");

    private static final Set<String> CHANGE = Set.of(
            "productName",
            "productDescription",
            "merchantAgreementUrl",
            "status",
            "price",
            "suggestedMaxAmount",
            "campaign");

    private static final Set<String> CHARGE =
            Set.of("amount", "currency", "description", "due", "retryDays", "orderId");

    /** What is sent in each; whatever else there is has no body or one that version 3 knows too. */
    private static final Map<Operation, Set<String>> FIELDS = Map.of(
            Operation.DRAFT_AGREEMENT, DRAFT,
            Operation.UPDATE_AGREEMENT, CHANGE,
            Operation.CREATE_CHARGE, CHARGE);

    /** Version 2 demanded an {@code Idempotency-Key} of these alone. */
    private static final Set<Operation> KEY_DEMANDED =
            EnumSet.of(Operation.CREATE_CHARGE, Operation.CAPTURE_CHARGE, Operation.REFUND_CHARGE);

    private static final String ROOT = "/recurring/v2/";
    private static final List<String> SYSTEM_HEADERS = List.of(
            "vipps-system-name", "vipps-system-version", "vipps-system-plugin-name", "vipps-system-plugin-version");

    private final Engine engine;
    private final Tokens tokens;

    OldRequests(Engine engine, Tokens tokens) {
        this.engine = engine;
        this.tokens = tokens;
    }

    static boolean is(String path) {
        return path.startsWith(ROOT);
    }

    /** The path in version 3; a slash at the end says nothing. */
    static String newPath(String path) {
        return path.replaceFirst("^" + ROOT, "/recurring/v3/").replaceFirst("/+$", "");
    }

    /** The method in version 3, which has no PUT. */
    static String newMethod(String method) {
        return method.equals("PUT") ? "PATCH" : method;
    }

    /** Whether version 2 had it. */
    static boolean knew(Operation operation) {
        return switch (operation) {
            case LIST_AGREEMENTS,
                    DRAFT_AGREEMENT,
                    GET_AGREEMENT,
                    UPDATE_AGREEMENT,
                    ACCEPT_AGREEMENT,
                    CREATE_CHARGE,
                    LIST_CHARGES,
                    GET_CHARGE,
                    CANCEL_CHARGE,
                    CAPTURE_CHARGE,
                    REFUND_CHARGE -> true;
            default -> false;
        };
    }

    /** The call in version 3; its hash stays that of what was sent. */
    Call renewed(Operation operation, Call call) {
        Map<String, String> headers = new HashMap<>(call.headers());
        SYSTEM_HEADERS.forEach(name -> headers.putIfAbsent(name, "unknown"));
        if (!KEY_DEMANDED.contains(operation)) {
            headers.putIfAbsent("idempotency-key", "v2-" + UUID.randomUUID());
        }
        headers.putIfAbsent("content-type", "application/json");
        headers.put(MARK, "true");
        Optional.ofNullable(FIELDS.get(operation))
                .ifPresent(known -> headers.put(NEWER, String.join(",", newer(call, known))));
        if (operation == Operation.CREATE_CHARGE
                && call.json().filter(body -> !body.hasNonNull("currency")).isPresent()) {
            headers.put(NO_CURRENCY, "true");
        }
        merchant(call).ifPresent(merchant -> headers.putIfAbsent("merchant-serial-number", merchant.msn()));
        Map<String, String> query = new HashMap<>(call.query());
        call.parameter("chargeStatus").ifPresent(status -> query.put("status", status));
        return new Call(
                newMethod(call.method()),
                newPath(call.path()),
                query,
                headers,
                call.body(),
                body(operation, call, headers),
                call.hash());
    }

    private static List<String> newer(Call call, Set<String> known) {
        List<String> names = new ArrayList<>();
        call.json().ifPresent(body -> body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                names.add(name);
            }
        }));
        return names;
    }

    /** What is wrong with a body because version 2 had no such field, or one more that it demanded. */
    static List<FieldError> refused(Call call) {
        Stream<FieldError> newer = call.header(NEWER).stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .filter(name -> !name.isEmpty())
                .map(name -> new FieldError(name, Fields.UNKNOWN));
        Stream<FieldError> missing =
                call.header(NO_CURRENCY).stream().map(set -> new FieldError("currency", "must not be null"));
        return Stream.concat(newer, missing).toList();
    }

    private String currency(Call call) {
        return merchant(call).map(Merchant::currency).orElse("");
    }

    private Optional<Merchant> merchant(Call call) {
        return call.header("authorization")
                .map(value -> value.replaceFirst("^Bearer ", ""))
                .flatMap(tokens::merchant);
    }

    private Optional<JsonNode> body(Operation operation, Call call, Map<String, String> headers) {
        if (operation == Operation.CAPTURE_CHARGE) {
            return Optional.of(wholeCapture(newPath(call.path()), headers));
        }
        return call.json().map(json -> {
            if (!json.isObject()) {
                return json;
            }
            ObjectNode body = json.deepCopy();
            switch (operation) {
                case DRAFT_AGREEMENT -> draft(body);
                case UPDATE_AGREEMENT -> update(body);
                case ACCEPT_AGREEMENT -> rename(body, "customerPhoneNumber", "phoneNumber");
                case CREATE_CHARGE -> {
                    // Another currency stays, and is refused as a field that nobody knows.
                    if (body.path("currency").equals(TextNode.valueOf(currency(call)))) {
                        body.remove("currency");
                    }
                    body.put("transactionType", "DIRECT_CAPTURE");
                }
                default -> {}
            }
            return body;
        });
    }

    /** Version 2 captures whatever is reserved. */
    private ObjectNode wholeCapture(String path, Map<String, String> headers) {
        int amount = Operation.CAPTURE_CHARGE
                .part(path, 2)
                .flatMap(id -> engine.books()
                        .unit(headers.getOrDefault("merchant-serial-number", ""))
                        .flatMap(unit -> unit.charge(id)))
                .map(Charge::uncaptured)
                .orElse(0);
        return Json.object().put("amount", Math.max(100, amount));
    }

    private static void draft(ObjectNode body) {
        rename(body, "customerPhoneNumber", "phoneNumber");
        ObjectNode pricing = Json.object();
        move(body, "currency", pricing, "currency");
        JsonNode variable = body.remove("variableAmount");
        if (variable != null && !variable.isNull()) {
            pricing.put("type", "VARIABLE");
            pricing.set("suggestedMaxAmount", variable.get("suggestedMaxAmount"));
            body.remove("price");
        } else {
            pricing.put("type", "LEGACY");
            move(body, "price", pricing, "amount");
        }
        body.set("pricing", pricing);
        ObjectNode interval = Json.object();
        move(body, "interval", interval, "unit");
        move(body, "intervalCount", interval, "count");
        body.set("interval", interval);
        campaign(body);
        if (body.path("initialCharge").isObject()) {
            ((ObjectNode) body.get("initialCharge")).remove("currency");
        }
    }

    private static void update(ObjectNode body) {
        if (body.hasNonNull("status")) {
            body.retain("status");
            return;
        }
        ObjectNode pricing = Json.object();
        move(body, "price", pricing, "amount");
        move(body, "suggestedMaxAmount", pricing, "suggestedMaxAmount");
        if (!pricing.isEmpty()) {
            body.set("pricing", pricing);
        }
        campaign(body);
    }

    private static void campaign(ObjectNode body) {
        if (body.path("campaign").isObject()) {
            ObjectNode campaign = (ObjectNode) body.get("campaign");
            rename(campaign, "campaignPrice", "price");
            campaign.put("type", "PRICE_CAMPAIGN");
        }
    }

    private static void rename(ObjectNode body, String from, String to) {
        move(body, from, body, to);
    }

    private static void move(ObjectNode from, String name, ObjectNode to, String newName) {
        JsonNode value = from.remove(name);
        if (value != null) {
            to.set(newName, value);
        }
    }
}
