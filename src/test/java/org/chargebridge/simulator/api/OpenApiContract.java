package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** Holds every exchange with the simulator, save the server errors asked for, to the document that it serves. */
final class OpenApiContract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode DOCUMENT =
            JSON.valueToTree(new Yaml().load(OpenApiContract.class.getResourceAsStream("openapi.yaml")));
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> READY = new ConcurrentHashMap<>();

    private OpenApiContract() {}

    static JsonNode document() {
        return DOCUMENT;
    }

    /** Every operation of the document with its path and method. */
    static Stream<Map.Entry<String, JsonNode>> operations() {
        return DOCUMENT.get("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .filter(member -> !member.getKey().equals("parameters"))
                .map(member -> Map.entry(member.getKey().toUpperCase() + ' ' + path.getKey(), member.getValue())));
    }

    /** The operation of a call; one with fewer placeholders goes first. */
    static Optional<JsonNode> operation(String method, String path) {
        String bare = path.replaceFirst("\\?.*", "").replaceFirst("^(/recurring/v2/.*[^/])/+$", "$1");
        return operations()
                .filter(one -> one.getKey().startsWith(method + ' '))
                .filter(one ->
                        bare.matches(one.getKey().substring(method.length() + 1).replaceAll("\\{[^}]+}", "[^/]+")))
                .min((one, other) -> Integer.compare(
                        one.getKey().split("\\{").length, other.getKey().split("\\{").length))
                .map(Map.Entry::getValue);
    }

    static void check(String method, String path, Map<String, String> headers, String body, ApiClient.Answer answer) {
        if (answer.status() >= 500) {
            return;
        }
        String what = method + ' ' + path + " -> " + answer.status();
        Optional<JsonNode> operation = operation(method, path);
        if (operation.isEmpty()) {
            assertThat(answer.status()).as(what + " is not in the document").isEqualTo(404);
            return;
        }
        checkAnswer(what, operation.get(), answer);
        if (answer.status() < 400) {
            checkHeaders(what, operation.get(), headers);
            checkRequest(what, operation.get(), body, answer);
        }
    }

    private static void checkAnswer(String what, JsonNode operation, ApiClient.Answer answer) {
        JsonNode response = resolved(operation.get("responses").path(Integer.toString(answer.status())));
        assertThat(response.isMissingNode()).as(what + " is not documented").isFalse();
        if (!response.has("content")) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String type = answer.header("content-type").orElse("");
        JsonNode content = response.get("content").path(type);
        assertThat(content.isMissingNode()).as(what + " as " + type).isFalse();
        if (type.contains("json") && !type.contains("ndjson")) {
            assertThat(violations(content.get("schema"), answer.json()))
                    .as(what + answer.body())
                    .isEmpty();
        }
    }

    private static void checkHeaders(String what, JsonNode operation, Map<String, String> headers) {
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = resolved(reference);
            if (!parameter.get("in").asText().equals("header")) {
                continue;
            }
            String name = parameter.get("name").asText();
            String value = headers.get(name);
            boolean required = parameter.path("required").booleanValue();
            assertThat(value != null || !required).as(what + " without " + name).isTrue();
            if (value != null) {
                assertThat(violations(parameter.get("schema"), JSON.valueToTree(value)))
                        .as(what + ' ' + name)
                        .isEmpty();
            }
        }
    }

    /** What was taken must be what the document allows, save the items that the answer itself calls invalid. */
    private static void checkRequest(String what, JsonNode operation, String body, ApiClient.Answer answer) {
        boolean partly = answer.status() == 202
                && operation.path("x-operation").asText().equals("create-charges")
                && !answer.json().get("invalidCharges").isEmpty();
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        if (schema.isMissingNode() || partly || body.isEmpty()) {
            return;
        }
        try {
            assertThat(violations(schema, JSON.readTree(body))).as(what + body).isEmpty();
        } catch (IOException notJson) {
            throw new AssertionError(what + " took " + body, notJson);
        }
    }

    static Set<ValidationMessage> violations(JsonNode schema, JsonNode value) {
        return READY.computeIfAbsent(schema.toString(), text -> {
                    ObjectNode whole = schema.deepCopy();
                    whole.set("$defs", DOCUMENT.at("/components/schemas"));
                    return SCHEMAS.getSchema(whole.toString().replace("#/components/schemas/", "#/$defs/"));
                })
                .validate(value);
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The names in an array. */
    static Stream<String> texts(JsonNode array) {
        Iterator<JsonNode> all = array.elements();
        Iterable<JsonNode> each = () -> all;
        return StreamSupport.stream(each.spliterator(), false).map(JsonNode::asText);
    }
}
