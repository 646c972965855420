package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What every file in {@code routes/} keeps to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonSchema schema;
    private String settings;

    @BeforeAll
    void load() throws IOException {
        try (InputStream camel = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(camel);
        }
        settings = Files.readString(Path.of("config/application.yaml"));
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList().stream();
        }
    }

    private static List<JsonNode> definitions(Path file) throws IOException {
        Object yaml = new Yaml().load(Files.readString(file));
        JsonNode root = JSON.valueToTree(yaml);
        return Stream.of("route", "routeTemplate", "routeConfiguration")
                .flatMap(kind -> root.findValues(kind).stream())
                .filter(definition -> definition.has("id"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileKeepsToCamelsSchema(Path file) throws IOException {
        Object yaml = new Yaml().load(Files.readString(file));
        JsonNode root = JSON.valueToTree(yaml);

        assertThat(schema.validate(root)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileIsNamedAfterItsOnlyRouteWhichIsDescribed(Path file) throws IOException {
        String id = file.getFileName().toString().replace(".camel.yaml", "");

        assertThat(definitions(file)).hasSize(1).allSatisfy(definition -> {
            assertThat(definition.get("id").asText()).isEqualTo(id);
            assertThat(definition.findValue("description")).isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatARouteCannotHandleGoesToOnFailure(Path file) throws IOException {
        for (JsonNode definition : definitions(file)) {
            if (!definition.get("id").asText().equals("on-failure")) {
                assertThat(definition.findValue("routeConfigurationId").asText())
                        .isEqualTo("on-failure");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHasAPageForOperators(Path file) {
        String id = file.getFileName().toString().replace(".camel.yaml", "");

        assertThat(Path.of("docs", "operating", id + ".md")).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingThatARouteReadsIsInTheConfiguration(Path file) throws IOException {
        for (RouteFile.Reference placeholder : RouteFile.read(file).placeholders()) {
            String name = placeholder.name();
            String last = name.substring(name.lastIndexOf('.') + 1);
            assertThat(settings).as(name).containsPattern("(?m)[ .]" + last + ": ");
        }
    }

    /** Camel asks for the condition also after a step failed, whatever the body is by then; then it is the condition that fails. */
    @ParameterizedTest
    @MethodSource("files")
    void aLoopDoesNotAskABodyThatItsStepsConvert(Path file) throws IOException {
        for (JsonNode definition : definitions(file)) {
            assertThat(definition.findValues("loop"))
                    .filteredOn(loop -> loop.path("simple").asText().contains("${body"))
                    .noneMatch(loop -> converts(loop.path("steps")));
        }
    }

    /** A split works on exchanges of its own. */
    private static boolean converts(JsonNode steps) {
        return steps.has("convertBodyTo")
                || steps.properties().stream()
                        .filter(step -> !step.getKey().equals("split"))
                        .anyMatch(step -> converts(step.getValue()))
                || steps.isArray()
                        && StreamSupport.stream(steps.spliterator(), false).anyMatch(RouteFilesTest::converts);
    }

    @ParameterizedTest
    @MethodSource("files")
    void noSecretStandsInARoute(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContainPattern("(?i)(password|passphrase|secret): (?!\"\\{\\{)\\S");
    }

    @ParameterizedTest
    @MethodSource("files")
    void addressesBetweenRoutesExist(Path file) throws IOException {
        List<Path> all = files().toList();

        assertThat(RouteFiles.read(all).problems(bean -> true)).isEmpty();
        assertThat(all).contains(file);
    }
}
