package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml against the compose specification, and what it promises a newcomer; no container engine is needed. */
class ComposeFileTest {

    private final JsonNode compose = read(Path.of("docker-compose.yml"));
    private final String dockerfile = text(Path.of("Dockerfile"));

    private static JsonNode read(Path file) {
        Object yaml = new Yaml().load(text(file));
        return new ObjectMapper().valueToTree(yaml);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The schema names its parts as drafts before the one that it says it keeps to did. */
    private static JsonNode withoutOldIds(JsonNode schema) {
        schema.findParents("id").stream()
                .filter(part -> part.get("id").isTextual())
                .forEach(part -> ((ObjectNode) part).remove("id"));
        return schema;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private JsonNode service(String name) {
        return compose.at("/services/" + name);
    }

    @Test
    void fileKeepsToTheComposeSpecification() throws IOException {
        // Added to the specification after this edition of its schema.
        JsonNode withoutName = compose.deepCopy();
        ((ObjectNode) withoutName).remove("name");
        try (InputStream schema = getClass().getResourceAsStream("/compose-spec/compose-spec.json")) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                            .getSchema(withoutOldIds(new ObjectMapper().readTree(schema)))
                            .validate(withoutName))
                    .isEmpty();
        }
        assertThat(compose.get("name").asText()).matches("[a-z0-9][a-z0-9_-]*");
        assertThat(names(compose.get("services")))
                .containsExactlyInAnyOrder(
                        "secrets", "gateway", "simulator", "postgres", "sftp", "prometheus", "grafana");
    }

    @Test
    void nothingNeedBeSet() {
        String raw = text(Path.of("docker-compose.yml"));
        List<String> variables = Pattern.compile("\\$\\{([^}]*)}")
                .matcher(raw)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(variables).isNotEmpty().allSatisfy(variable -> assertThat(variable)
                .matches("[A-Z_]+:-.+"));
    }

    @Test
    void noPasswordIsWrittenDown() {
        for (JsonNode service : compose.get("services")) {
            for (String name : names(service.path("environment"))) {
                assertThat(name).doesNotEndWith("PASSWORD");
            }
        }
        assertThat(text(Path.of("docker/secrets.sh"))).contains("/dev/urandom");
        assertThat(text(Path.of("docker/gateway/application.yaml"))).doesNotContain("password:");
    }

    @Test
    void everyServiceThatStaysSaysWhetherItIsWell() {
        compose.get("services").properties().forEach(service -> {
            if (!service.getKey().equals("secrets")) {
                assertThat(service.getValue().at("/healthcheck/test/0").asText())
                        .isIn("CMD", "CMD-SHELL");
                assertThat(service.getValue().path("restart").asText()).isEqualTo("unless-stopped");
            }
        });
        assertThat(service("gateway").at("/healthcheck/test/1").asText()).isEqualTo("ready");
        assertThat(text(Path.of("docker/ready.sh"))).contains("/observe/health/ready", "9876");
    }

    @Test
    void whatAServiceWaitsForEndsOrBecomesWell() {
        compose.get("services")
                .forEach(service -> service.path("depends_on").properties().forEach(other -> {
                    JsonNode waited = service(other.getKey());
                    assertThat(waited.isMissingNode()).as(other.getKey()).isFalse();
                    assertThat(other.getValue().get("condition").asText())
                            .isEqualTo(
                                    waited.has("healthcheck") ? "service_healthy" : "service_completed_successfully");
                }));
    }

    @Test
    void onlyThisMachineReachesThePublishedPorts() {
        compose.get("services").forEach(service -> assertThat(texts(service.path("ports")))
                .allSatisfy(port -> assertThat(port).matches("127\\.0\\.0\\.1:\\d{2,5}:\\d{2,5}")));
    }

    @Test
    void volumesAreDeclaredAndMountedFilesAreThere() {
        List<String> declared = names(compose.get("volumes"));
        List<String> used = new ArrayList<>();
        compose.get("services")
                .forEach(service -> texts(service.path("volumes")).forEach(volume -> {
                    String source = volume.substring(0, volume.indexOf(':'));
                    if (source.startsWith("./")) {
                        assertThat(Path.of(source)).exists();
                        assertThat(volume).endsWith(":ro");
                    } else {
                        used.add(source);
                    }
                }));
        assertThat(declared).containsAll(used);
        assertThat(used).containsAll(declared);
    }

    @Test
    void gatewayMayWriteToItsSpoolAndNowhereElse() {
        JsonNode gateway = service("gateway");
        assertThat(gateway.get("read_only").asBoolean()).isTrue();
        assertThat(texts(gateway.get("tmpfs"))).containsExactly("/tmp");
        assertThat(texts(gateway.get("cap_drop"))).containsExactly("ALL");
        assertThat(texts(gateway.get("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(texts(gateway.get("volumes")).stream().filter(volume -> !volume.endsWith(":ro")))
                .containsExactly("spool:/chargebridge/data");
    }

    /** The signal to stop reaches Java only as the first process, and a stop waits 30 seconds for what is under way. */
    @Test
    void stopIsGraceful() {
        assertThat(dockerfile).contains("ENTRYPOINT [\"java\"");
        assertThat(service("gateway").get("stop_grace_period").asText()).isEqualTo("45s");
    }

    @Test
    void imagesAreBuiltFromTheSourcesAndNothingRunsAsRoot() {
        List<String> stages = Pattern.compile("(?m)^FROM \\S+ AS (\\w+)$")
                .matcher(dockerfile)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(stages).containsExactly("build", "simulator", "sftp", "gateway");
        compose.get("services").forEach(service -> {
            if (service.has("build")) {
                assertThat(stages).contains(service.at("/build/target").asText());
            }
            assertThat(service.get("image").asText()).matches("[a-z0-9./-]+:[A-Za-z0-9._-]+");
        });
        for (String stage : List.of("simulator", "gateway")) {
            assertThat(dockerfile.split("(?m)^FROM ")[stages.indexOf(stage) + 1])
                    .contains("\nUSER chargebridge\n");
        }
    }

    @Test
    void whatTheImageIsMadeOfIsSentToTheEngineAndNoMore() {
        List<String> sent = text(Path.of(".dockerignore"))
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        Stream<String> copied = Pattern.compile("(?m)^COPY (?!--from)(.*) \\S+$")
                .matcher(dockerfile)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(" ")));
        assertThat(text(Path.of(".dockerignore")).lines()).contains("*");
        assertThat(copied).allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(sent.stream().anyMatch(kept -> source.startsWith(kept) || kept.startsWith(source)))
                    .as(source)
                    .isTrue();
        });
        assertThat(sent).allSatisfy(kept -> assertThat(Path.of(kept)).exists());
    }

    @Test
    void metricsAreReadFromTheGateway() {
        JsonNode prometheus = read(Path.of("config/prometheus/prometheus.yml"));
        assertThat(prometheus.toString()).contains("gateway:9876", "/observe/metrics");
        assertThat(read(Path.of("config/grafana/provisioning/datasources/prometheus.yaml"))
                        .toString())
                .contains("http://prometheus:9090");
    }
}
