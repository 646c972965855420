package org.chargebridge.recurring;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Registering for webhooks: paths, bodies and what is answered. */
public final class WebhookRequests {

    /** {@code GET} lists the sales unit's registrations, {@code POST} makes one. */
    public static final String PATH = "/webhooks/v1/webhooks";

    /** All the Recurring API tells. */
    public static final List<String> EVENTS = List.of(
            "recurring.agreement-activated.v1",
            "recurring.agreement-rejected.v1",
            "recurring.agreement-stopped.v1",
            "recurring.agreement-expired.v1",
            "recurring.charge-reserved.v1",
            "recurring.charge-captured.v1",
            "recurring.charge-canceled.v1",
            "recurring.charge-refunded.v1",
            "recurring.charge-failed.v1",
            "recurring.charge-creation-failed.v1");

    /** How many registrations a sales unit may have for one event. */
    public static final int REGISTRATIONS_MAX = 25;

    /**
     * A registration the API has; it shows no secret.
     *
     * @param url as received
     */
    public record Listed(String id, String url, List<String> events) {

        public Listed {
            events = List.copyOf(events);
        }
    }

    /** A registration just made; its secret is shown this once. */
    public record Made(String id, String secret) {

        @Override
        public String toString() {
            return "Made[id=" + id + "]";
        }
    }

    private WebhookRequests() {}

    /** {@code DELETE} ends the registration. */
    public static String path(String id) {
        return PATH + "/" + ChargeRequests.segment(id);
    }

    /** The body that registers an address for all events. */
    public static byte[] registration(URI url) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField("url", url.toString());
            json.writeArrayFieldStart("events");
            for (String event : EVENTS) {
                json.writeString(event);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException memoryDoesNotFail) {
            throw new UncheckedIOException(memoryDoesNotFail);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the list of registrations.
     *
     * @throws UnreadableAnswer where the body is not one complete document with a list of them
     */
    public static List<Listed> parseList(byte[] body) throws UnreadableAnswer {
        JsonNode list = object(body).path("webhooks");
        if (!list.isArray()) {
            throw new UnreadableAnswer("the answer lists no webhooks");
        }
        List<Listed> listed = new ArrayList<>();
        for (JsonNode item : list) {
            List<String> events = new ArrayList<>();
            item.path("events").forEach(event -> Json.text(event).ifPresent(events::add));
            listed.add(new Listed(required(item, "id"), Json.text(item, "url").orElse(""), events));
        }
        return listed;
    }

    /**
     * Reads what was registered.
     *
     * @throws UnreadableAnswer where the body is not one complete document with id and secret
     */
    public static Made parseMade(byte[] body) throws UnreadableAnswer {
        JsonNode root = object(body);
        return new Made(required(root, "id"), required(root, "secret"));
    }

    private static JsonNode object(byte[] body) throws UnreadableAnswer {
        return Json.read(body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON object"));
    }

    private static String required(JsonNode item, String name) throws UnreadableAnswer {
        return Json.text(item, name).orElseThrow(() -> new UnreadableAnswer("the webhook has no " + name));
    }
}
