package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document itself. That the simulator keeps to it is checked at every call that the tests of this room make. */
class OpenApiTest extends SimulatorFixture {

    @Test
    void theDocumentIsServedAsItStands() throws IOException {
        ApiClient.Answer answer = client.call("GET", "/openapi.yaml", Map.of(), "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).contains("application/yaml");
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(getClass().getResourceAsStream("openapi.yaml").readAllBytes());
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void everyOperationIsInTheDocumentUnderItsName(Operation operation) {
        List<String> found = OpenApiContract.operations()
                .filter(one -> !one.getValue().at("/tags/0").asText().equals("version 2"))
                .filter(one -> one.getValue().path("x-operation").asText().equals(operation.wireName()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(found).hasSize(1);
        String[] call = found.get(0).replaceAll("\\{[^}]+}", "x").split(" ");
        assertThat(Operation.of(call[0], call[1])).isEqualTo(operation);
    }

    @Test
    void everyOperationOfVersionTwoIsThatOfVersionThree() {
        List<Map.Entry<String, JsonNode>> old = OpenApiContract.operations()
                .filter(one -> one.getKey().contains("/recurring/v2/"))
                .toList();
        assertThat(old).hasSize(12).allSatisfy(one -> {
            String[] call = one.getKey().replaceAll("\\{[^}]+}", "x").split(" ");
            String name = one.getValue().get("x-operation").asText();
            assertThat(Operation.of(call[0], call[1]).wireName()).isEqualTo(name);
            assertThat(Operation.of(call[0], call[1] + '/').wireName()).isEqualTo(name);
        });
        assertThat(Operation.of("POST", "/recurring/v2/agreements/charges")).isEqualTo(Operation.UNKNOWN);
    }

    @Test
    void everythingInTheDocumentIsServed() {
        OpenApiContract.operations().forEach(one -> {
            String[] call = one.getKey().replaceAll("\\{[^}]+}", "x").split(" ");
            ApiClient.Answer answer = client.call(call[0], call[1], client.headers(), "");
            assertThat(answer.body()).as(one.getKey()).doesNotContain("No such resource", "Known here");
        });
    }

    @Test
    void everyFaultIsInTheDocument() {
        JsonNode kinds = OpenApiContract.document().at("/components/schemas/Fault/properties/kind/enum");
        assertThat(OpenApiContract.texts(kinds))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FaultKind.values())
                        .map(FaultKind::wireName)
                        .toList());
    }

    @Test
    void everyWebhookIsInTheDocument() {
        JsonNode events = OpenApiContract.document().at("/components/schemas/WebhookEvent/enum");
        assertThat(OpenApiContract.texts(events))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WebhookEvent.values())
                        .map(WebhookEvent::wireName)
                        .toList());
    }

    @Test
    void theDocumentIsOfTheVersionItNames() throws IOException {
        assertThat(OpenApiContract.document().get("openapi").asText()).isEqualTo("3.1.0");
        JsonNode components = OpenApiContract.document().at("/components/schemas");
        JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        var meta = schemas.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(components).isNotEmpty().allSatisfy(schema -> assertThat(meta.validate(schema))
                .as(new JsonMapper().writeValueAsString(schema))
                .isEmpty());
    }

    @Test
    void theCheckOfEveryCallFindsWhatIsNotInTheDocument() {
        JsonNode charge = OpenApiContract.document().at("/components/schemas/ChargeReference");
        JsonMapper json = new JsonMapper();
        assertThat(OpenApiContract.violations(charge, json.createObjectNode().put("chargeId", "x")))
                .isEmpty();
        assertThat(OpenApiContract.violations(charge, json.createObjectNode().put("id", "x")))
                .hasSize(2);
    }
}
