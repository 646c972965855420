package org.chargebridge.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Sha256;
import org.chargebridge.intake.Description;
import org.chargebridge.intake.format.PlainNumber;
import org.chargebridge.intake.http.DrupalSettings.PriceUnit;

/** Reads requests as the Drupal module takes them. */
final class DrupalForm {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int ITEMS_MAX = 2_000;
    private static final int NUMBER_MAX = 64;
    private static final int HASH_LENGTH = 24;

    private final PriceUnit unit;

    DrupalForm(PriceUnit unit) {
        this.unit = unit;
    }

    /** A request that is one id, as {@code "agr_UVUFcx31"}. */
    static String id(byte[] body) {
        JsonNode node = read(body);
        if (!node.isTextual()) {
            throw wrong("The body is no JSON string.", "Send the id in quotes, as in \"agr_UVUFcx31\".");
        }
        return given(node);
    }

    /** A request that names agreements: {@code [{"agreement_id": ...}]}. */
    static List<String> agreementIds(byte[] body) {
        List<String> ids = new ArrayList<>();
        array(body).forEach(item -> ids.add(text(item, "agreement_id")));
        return ids;
    }

    /**
     * What a request asks for, in its order.
     *
     * @param key the Idempotency-Key over the whole array; empty without
     */
    List<DrupalItem> items(Action action, byte[] body, String key) {
        List<DrupalItem> items = new ArrayList<>();
        for (JsonNode item : array(body)) {
            int position = items.size() + 1;
            items.add(action == Action.STOP_AGREEMENT ? stop(item) : money(action, item, key, position));
        }
        return items;
    }

    private static DrupalItem stop(JsonNode item) {
        String id = item.isTextual() ? given(item) : "";
        return id.isEmpty()
                ? DrupalItem.faulty("-", "this is no agreement id: write it in quotes")
                : new DrupalItem(id, id, OptionalLong.empty(), "", "", true, Optional.empty());
    }

    private DrupalItem money(Action action, JsonNode item, String key, int position) {
        String agreement = text(item, "agreement_id");
        String charge = text(item, "charge_id");
        String subject = action == Action.CHARGE ? agreement : charge;
        if (!item.isObject() || subject.isEmpty()) {
            return DrupalItem.faulty(
                    agreement.isEmpty() ? "-" : agreement,
                    "item " + position + " has no " + (action == Action.CHARGE ? "agreement_id" : "charge_id"));
        }
        if (action == Action.CANCEL) {
            return new DrupalItem(subject, agreement, OptionalLong.empty(), "", "", true, Optional.empty());
        }
        String given = text(item, "invoice_number");
        boolean identified = !given.isEmpty() || !key.isEmpty();
        String number = given.isEmpty() ? made(key, position) : given;
        OptionalLong amount = amount(item.path("price"));
        Optional<String> fault = amount.isEmpty()
                ? Optional.of(
                        "its price is no amount in " + (unit == PriceUnit.MAJOR ? "kroner or euro" : "ore or cent"))
                : numberFault(item.path("invoice_number"), number);
        return new DrupalItem(
                subject, agreement, amount, Description.tidy(text(item, "description")), number, identified, fault);
    }

    private static Optional<String> numberFault(JsonNode given, String number) {
        if (given.isContainerNode() || given.isBoolean()) {
            return Optional.of("its invoice_number is neither a text nor a number");
        }
        return number.length() > NUMBER_MAX
                ? Optional.of("its invoice_number is longer than " + NUMBER_MAX + " characters")
                : Optional.empty();
    }

    /** The same for the same key and position; without a key never the same. */
    private static String made(String key, int position) {
        return key.isEmpty()
                ? "http-" + UUID.randomUUID().toString().replace("-", "").substring(0, HASH_LENGTH)
                : "key-" + Sha256.hex(key.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH) + "-" + position;
    }

    private OptionalLong amount(JsonNode price) {
        if (!price.isNumber() && !price.isTextual()) {
            return OptionalLong.empty();
        }
        String text = plain(price);
        if (!text.matches("[0-9]{1,12}([.][0-9]{1,6})?")) {
            return OptionalLong.empty();
        }
        BigDecimal number = new BigDecimal(text);
        return switch (unit) {
            case MAJOR -> MinorUnits.of(number);
            case MINOR ->
                number.stripTrailingZeros().scale() <= 0
                        ? OptionalLong.of(number.longValueExact())
                        : OptionalLong.empty();
        };
    }

    private static JsonNode array(byte[] body) {
        JsonNode root = read(body);
        if (!root.isArray() || root.size() > ITEMS_MAX) {
            throw wrong(
                    root.isArray() ? "The array has more than " + ITEMS_MAX + " items." : "The body is no JSON array.",
                    "Send an array, as in [{\"agreement_id\": \"agr_UVUFcx3\", \"price\": \"250\"}].");
        }
        return root;
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root != null && !root.isMissingNode()) {
                return root;
            }
        } catch (JsonProcessingException notJson) {
            throw wrong("The body is not JSON.", "Send it as application/json.");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw wrong("The body is empty.", "Send it as application/json.");
    }

    private static String text(JsonNode item, String name) {
        JsonNode value = item.path(name);
        return value.isTextual() || value.isNumber() ? plain(value) : "";
    }

    /** As a caller means it: {@code 1010.0} is the number 1010, never 1.01E+3. */
    private static String plain(JsonNode value) {
        return value.isNumber() ? PlainNumber.of(value.decimalValue()) : given(value);
    }

    private static String given(JsonNode text) {
        if (text.textValue().indexOf(0) >= 0) {
            throw wrong("A text holds the character U+0000, which nothing is named by.", "Send it without.");
        }
        return text.textValue().strip();
    }

    private static HttpProblemException wrong(String detail, String remedy) {
        return HttpProblem.of(400, "Not understood", detail, remedy).exception();
    }
}
