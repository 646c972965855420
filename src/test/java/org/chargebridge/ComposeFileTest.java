package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml against the parts of the compose specification that it uses; no container engine is needed. */
class ComposeFileTest {

    private static final Set<String> TOP = Set.of("name", "services", "volumes");
    private static final Set<String> SERVICE = Set.of(
            "image",
            "build",
            "command",
            "depends_on",
            "environment",
            "volumes",
            "ports",
            "healthcheck",
            "stop_grace_period",
            "restart");
    private static final Set<String> HEALTHCHECK = Set.of("test", "interval", "timeout", "retries", "start_period");

    private final JsonNode compose = read();

    private static JsonNode read() {
        try {
            Object yaml = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
            return new ObjectMapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void onlyElementsOfTheSpecificationAreUsed() {
        assertThat(TOP).containsAll(names(compose));
        assertThat(compose.get("name").asText()).matches("[a-z0-9][a-z0-9_-]*");
        assertThat(names(compose.get("services"))).containsExactlyInAnyOrder("gateway", "postgres", "sftp");
        compose.get("services").forEach(service -> {
            assertThat(SERVICE).containsAll(names(service));
            assertThat(service.get("image").asText()).matches("[a-z0-9./-]+:[A-Za-z0-9._-]+");
            assertThat(service.get("restart").asText()).isIn("no", "always", "on-failure", "unless-stopped");
        });
    }

    @Test
    void everyServiceSaysWhetherItIsWell() {
        compose.get("services").forEach(service -> {
            JsonNode check = service.get("healthcheck");
            assertThat(HEALTHCHECK).containsAll(names(check));
            assertThat(check.get("test").get(0).asText()).isIn("CMD", "CMD-SHELL");
            assertThat(check.get("interval").asText()).matches("\\d+s");
        });
        compose.at("/services/gateway/depends_on")
                .forEach(dependency ->
                        assertThat(dependency.get("condition").asText()).isEqualTo("service_healthy"));
    }

    @Test
    void portsAndVolumesAreWellFormedAndDeclared() {
        List<String> declared = names(compose.get("volumes"));
        compose.get("services").forEach(service -> {
            for (JsonNode port : service.path("ports")) {
                assertThat(port.isTextual()).isTrue();
                assertThat(port.asText()).matches("(127\\.0\\.0\\.1:)?\\d{2,5}:\\d{2,5}");
            }
            for (JsonNode volume : service.path("volumes")) {
                assertThat(volume.asText()).matches("[./a-z-]+:/[A-Za-z0-9/-]+(:ro)?");
                String source = volume.asText().substring(0, volume.asText().indexOf(':'));
                assertThat(source.startsWith("./") || declared.contains(source))
                        .as(source)
                        .isTrue();
            }
        });
    }

    @Test
    void noPasswordIsWrittenDown() {
        for (JsonNode service : compose.get("services")) {
            JsonNode environment = service.path("environment");
            for (String name : names(environment)) {
                if (name.endsWith("PASSWORD")) {
                    assertThat(environment.get(name).asText()).matches("\\$\\{[A-Z_]+:\\?.+}");
                }
            }
        }
    }

    @Test
    void imageHoldsWhatTheGatewayNeeds() throws IOException {
        String dockerfile = Files.readString(Path.of("Dockerfile"));

        assertThat(dockerfile)
                .contains("COPY target/chargebridge.jar", "COPY --from=extract", "COPY routes", "COPY config", "USER ");
    }
}
