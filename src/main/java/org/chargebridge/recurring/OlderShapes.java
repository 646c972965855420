package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.StringJoiner;
import org.springframework.stereotype.Component;

/**
 * What the API shows today in the words of its second version, for callers that still know those: amounts in minor
 * units, everything on one level, nothing invented.
 */
@Component("olderShapes")
public class OlderShapes {

    /**
     * One agreement.
     *
     * @throws UnreadableAnswer where the body is not one complete agreement
     */
    public String agreement(byte[] body) throws UnreadableAnswer {
        JsonNode now = Json.read(body)
                .filter(JsonNode::isObject)
                .filter(root -> Json.text(root, "id").isPresent()
                        && Json.text(root, "status").isPresent())
                .orElseThrow(() -> new UnreadableAnswer("the answer is no complete agreement"));
        ObjectNode then = JsonNodeFactory.instance.objectNode();
        copy(now, "id", then, "id");
        copy(now, "start", then, "start");
        copy(now, "stop", then, "stop");
        copy(now, "status", then, "status");
        copy(now, "productName", then, "productName");
        JsonNode pricing = now.path("pricing");
        copy(pricing, pricing.has("amount") ? "amount" : "suggestedMaxAmount", then, "price");
        copy(now, "productDescription", then, "productDescription");
        copy(now.path("interval"), "unit", then, "interval");
        copy(now.path("interval"), "count", then, "intervalCount");
        copy(pricing, "currency", then, "currency");
        campaign(now.path("campaign"), then);
        return then.toString();
    }

    private static void campaign(JsonNode now, ObjectNode agreement) {
        if (!now.isObject()) {
            agreement.putNull("campaign");
            return;
        }
        ObjectNode then = agreement.putObject("campaign");
        copy(now, "start", then, "start");
        copy(now, "end", then, "end");
        copy(now, "price", then, "campaignPrice");
    }

    /**
     * A page of an agreement's charges, joined by commas without brackets; empty for none.
     *
     * @throws UnreadableAnswer where the body is not one complete list
     */
    public String charges(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new UnreadableAnswer("the answer is no complete list of charges"));
        StringJoiner joined = new StringJoiner(",");
        root.forEach(now -> joined.add(charge(now).toString()));
        return joined.toString();
    }

    private static ObjectNode charge(JsonNode now) {
        ObjectNode then = JsonNodeFactory.instance.objectNode();
        copy(now, "id", then, "id");
        copy(now, "status", then, "status");
        copy(now, "due", then, "due");
        copy(now, "amount", then, "amount");
        then.put(
                "amountRefunded",
                Json.wholeNumber(now.path("summary"), "refunded").orElse(0));
        copy(now, "transactionId", then, "transactionId");
        copy(now, "description", then, "description");
        copy(now, "type", then, "type");
        return then;
    }

    /** Null where there is none, as the older version has it. */
    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        JsonNode value = from.path(name);
        to.set(as, value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
    }

    /** Why the API did not show something, in one line. */
    public String problem(int status, byte[] body) {
        return Problem.of(status, body).summary();
    }

    /** Why the API could not even be asked; says nothing of keys. */
    public String failure(Throwable failure) {
        Optional<TokenUnavailable> token = TokenUnavailable.in(failure);
        return token.map(Throwable::getMessage).orElse("the API did not answer; ask again later");
    }
}
