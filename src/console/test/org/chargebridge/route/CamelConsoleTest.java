package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with Camel's own tools: who reaches them, what they do, and that they show no secret. */
class CamelConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ADMIN = "operator:correct horse battery";
    private static final String VIEWER = "kari:demo";
    private static final String ROUTE =
            "org.apache.camel:context=chargebridge,type=routes,name=\"fetch-invoices.demo\"";
    private static final String SFTP_PASSWORD = "p+a%s";

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static String home;
    private static String observe;

    @BeforeAll
    static void start() throws IOException {
        home = System.setProperty("user.home", folder.toString());
        gateway = new RunningGateway(folder, "fetch-invoices", "on-failure", "check-invariants");
        gateway.settings.put("spring.profiles.active", "console");
        gateway.settings.put("chargebridge.sales-units.main.client-secret", "a-very-secret-secret");
        gateway.settings.put("chargebridge.users.kari.roles", "viewer,operator,approver");
        gateway.settings.put(
                "chargebridge.users.kari.password-hash",
                "$2a$10$oUFj7Ij/cszqXYeWKrZfme0RNFZGTRRqXkC.J81/KoN10OdchI4pu");
        gateway.start();
        observe = "http://127.0.0.1:" + gateway.context().getEnvironment().getProperty("local.management.port")
                + "/observe";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        System.setProperty("user.home", home);
    }

    private static HttpResponse<String> call(String method, String path, String body, String login) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(observe + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!login.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(String path, String login) {
        return call("GET", path, "", login);
    }

    private static JsonNode jolokia(String request) throws IOException {
        HttpResponse<String> answer = call("POST", "/jolokia", request, ADMIN);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String onRoute(String type, String what) {
        return "{\"type\": \"%s\", \"mbean\": \"%s\", %s}".formatted(type, ROUTE.replace("\"", "\\\""), what);
    }

    @Test
    void toolsAreForAdmins() {
        for (String path : List.of("/camel", "/camel/route", "/jolokia/version", "/hawtio/index.html")) {
            assertThat(get(path, "").statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, "operator:wrong").statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, VIEWER).statusCode()).as(path).isEqualTo(403);
            assertThat(get(path, ADMIN).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(call("POST", "/camel/route", "", ADMIN).statusCode()).isEqualTo(403);
        assertThat(call("POST", "/jolokia", onRoute("exec", "\"operation\": \"stop()\""), VIEWER)
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("POST", "/hawtio/jolokia/", "{\"type\": \"version\"}", VIEWER)
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("POST", "/hawtio/jolokia/", "{\"type\": \"version\"}", ADMIN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("DELETE", "/hawtio/index.html", "", ADMIN).statusCode()).isEqualTo(403);
    }

    @Test
    void onlyConsolesThatReadExist() throws IOException {
        assertThat(JSON.readTree(get("/camel", ADMIN).body()).fieldNames())
                .toIterable()
                .contains("route", "trace", "quartz", "health")
                .doesNotContain("send", "receive", "eval", "reload", "browse", "properties", "debug", "route-dump");
        for (String path : List.of("all", "send", "routesend", "route,send", "%73end", "route/stop")) {
            assertThat(get("/camel/" + path, ADMIN).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(get("/camel/send;route", ADMIN).statusCode()).isIn(400, 404);
    }

    @Test
    void jolokiaStopsAndStartsARouteOnThisNodeAndDoesNothingElse() throws Exception {
        String state = onRoute("read", "\"attribute\": \"State\"");
        assertThat(jolokia(state).get("value").asText()).isEqualTo("Started");
        assertThat(jolokia(onRoute("exec", "\"operation\": \"stop()\""))
                        .get("status")
                        .asInt())
                .isEqualTo(200);
        assertThat(jolokia(state).get("value").asText()).isEqualTo("Stopped");
        assertThat(get("/health", ADMIN).body()).contains("stopped on this node only");
        assertThat(jolokia(onRoute("exec", "\"operation\": \"start()\""))
                        .get("status")
                        .asInt())
                .isEqualTo(200);
        assertThat(jolokia(state).get("value").asText()).isEqualTo("Started");

        String camel = "\"mbean\": \"org.apache.camel:context=chargebridge,type=context,name=\\\"chargebridge\\\"\"";
        for (String refused : List.of(
                onRoute("exec", "\"operation\": \"dumpRouteAsXml()\""),
                onRoute("exec", "\"operation\": \"remove()\""),
                onRoute("read", "\"attribute\": \"EndpointUri\""),
                onRoute("write", "\"attribute\": \"StatisticsEnabled\", \"value\": false"),
                "{\"type\": \"exec\", " + camel
                        + ", \"operation\": \"sendBody\", \"arguments\": [\"direct:x\", \"y\"]}",
                "{\"type\": \"exec\", " + camel
                        + ", \"operation\": \"dumpRoutesAsXml(boolean)\", \"arguments\": [true]}",
                "{\"type\": \"exec\", \"mbean\": \"java.lang:type=Memory\", \"operation\": \"gc\"}",
                "{\"type\": \"read\", \"mbean\": \"java.lang:type=Runtime\", \"attribute\": \"SystemProperties\"}")) {
            assertThat(jolokia(refused).get("status").asInt()).as(refused).isEqualTo(403);
        }
        JsonNode beans = jolokia("{\"type\": \"list\"}").get("value");
        assertThat(beans.fieldNames()).toIterable().containsExactly("org.apache.camel");
        assertThat(beans.toString()).doesNotContain("type=endpoints", "type=tracer");
    }

    @Test
    void requestsOfOtherSitesPagesAreRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(observe + "/jolokia/version"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(ADMIN.getBytes()))
                .header("Sec-Fetch-Site", "cross-site")
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nothingThatIsShownHoldsASecretOrWhatAFileHolds() throws Exception {
        trace("true");
        Files.createDirectories(gateway.out());
        Files.writeString(
                gateway.out().resolve("invoices.csv"),
                "invoice_number;agreement_id;amount;due_date\nA-1;agr_ofPersonX;499,00;2027-01-01\n");
        await().atMost(SOON).until(() -> !gateway.names(".done").isEmpty());
        // Two rounds of the connector, which writes every second.
        await().atMost(SOON).until(() -> files().anyMatch(text -> text.contains("archive-file")));

        String diagram = jolokia(
                        "{\"type\": \"exec\", \"operation\": \"dumpRoutesAsXml()\","
                                + " \"mbean\": \"org.apache.camel:context=chargebridge,type=context,name=\\\"chargebridge\\\"\"}")
                .toString();
        assertThat(diagram).contains("archive-file", "password=RAW({{?password}})");

        JsonNode shown = JSON.readTree(get("/camel", ADMIN).body());
        List<String> texts = Stream.concat(
                        Stream.concat(
                                files(),
                                Stream.of(
                                        diagram,
                                        jolokia("{\"type\": \"read\", \"mbean\": \"org.apache.camel:*\","
                                                        + " \"config\": {\"ignoreErrors\": true}}")
                                                .toString())),
                        Stream.iterate(shown.fieldNames(), names -> names.hasNext(), names -> names)
                                .map(names ->
                                        get("/camel/" + names.next(), ADMIN).body()))
                .toList();
        trace("false");

        assertThat(texts).hasSizeGreaterThan(shown.size()).allSatisfy(text -> assertThat(text)
                .doesNotContain(SFTP_PASSWORD, "correct horse", "a-very-secret-secret", "agr_ofPersonX", "499,00"));
    }

    private static void trace(String enabled) throws IOException {
        Path action = folder.resolve(".camel").resolve(ProcessHandle.current().pid() + "-action.json");
        Files.writeString(action, "{\"action\": \"trace\", \"enabled\": \"" + enabled + "\"}");
        await().atMost(SOON).until(() -> !Files.exists(action));
    }

    private static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".camel"))) {
            return files.map(CamelConsoleTest::text).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void cliIsRefusedWhatDoesMoreThanLookAndStopRoutes() throws Exception {
        Path directory = folder.resolve(".camel");
        Path action = directory.resolve(ProcessHandle.current().pid() + "-action.json");
        Path pid = directory.resolve(String.valueOf(ProcessHandle.current().pid()));
        Files.writeString(
                action, "{\"action\": \"send\", \"endpoint\": \"file:" + folder + "/written\", \"body\": \"x\"}");
        await().atMost(SOON).until(() -> !Files.exists(action));
        assertThat(folder.resolve("written")).doesNotExist();

        Files.delete(pid);
        await().atMost(SOON).until(() -> Files.exists(pid));
        assertThat(gateway.bean(CamelContext.class).isStarted()).isTrue();
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);

        Files.writeString(action, "{\"action\": \"route\", \"command\": \"suspend\", \"id\": \"check-invariants\"}");
        RouteOrders orders = gateway.bean(RouteOrders.class);
        await().atMost(SOON)
                .until(() -> orders.of("check-invariants").orElseThrow().actual() == RouteStanding.Actual.SUSPENDED);
        assertThat(orders.of("check-invariants").orElseThrow().local()).isTrue();
        Files.writeString(action, "{\"action\": \"route\", \"command\": \"resume\", \"id\": \"check-invariants\"}");
        await().atMost(SOON)
                .until(() -> orders.of("check-invariants").orElseThrow().actual() == RouteStanding.Actual.RUNNING);
    }

    @Test
    void toolsAreNotShownToOtherMachines() {
        gateway.settings.put("management.server.address", "0.0.0.0");
        try {
            assertThatThrownBy(() -> gateway.node("open").close())
                    .hasStackTraceContaining("management.server.address = 0.0.0.0: shows");
        } finally {
            gateway.settings.remove("management.server.address");
        }
    }

    @Test
    void whatEveryGatewayShowsIsShownWithTheToolsToo() throws IOException {
        assertThat(exposed(Path.of("config/application-console.yaml")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                exposed(Path.of("src/main/resources/application.yaml")).stream(),
                                Stream.of("camel", "hawtio", "jolokia"))
                        .toList());
    }

    private static List<String> exposed(Path file) throws IOException {
        try (Stream<String> lines = Files.readString(file).lines()) {
            return lines.filter(line -> line.contains("exposure.include:"))
                    .flatMap(line -> Stream.of(line.replaceAll(".*: ", "").split(",")))
                    .toList();
        }
    }
}
