package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.Prometheus;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the page, the alert rules and the dashboards say of metrics is what a running gateway shows. */
class MetricsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern ON_PAGE = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([a-z]+) \\|");
    private static final Pattern NAME = Pattern.compile(
            "\\b(?:chargebridge|invariant|confirmation|camel|hikaricp|jvm|process|http|system|tomcat)_[a-z_]+");

    private static final String PASSWORD = "a password for Prometheus";
    private static final List<String> AT_REST = List.of(
            "chargebridge_unsent_lines{channel=\"demo\"} 0.0",
            "chargebridge_unsent_oldest_seconds{channel=\"demo\"} 0.0",
            "chargebridge_rate_limit_headroom{limit=\"create-charge\",msn=\"123456\"} 1.0",
            "chargebridge_report_late_seconds{channel=\"demo\"} 0.0",
            "chargebridge_alarms_open{kind=\"file-missing\"} 0.0");

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static String scrape;

    @BeforeAll
    static void start() throws IOException {
        gateway = new RunningGateway(folder, "fetch-invoices", "on-failure", "watch-alarms", "check-invariants");
        gateway.settings.put("chargebridge.alarm.interval", "1s");
        gateway.settings.put("chargebridge.channels.demo.settlement.from", "2026-12-01");
        gateway.settings.put("chargebridge.channels.demo.settlement.schedule", "0 0 7 * * ?");
        gateway.settings.put("chargebridge.users.prometheus.password", PASSWORD);
        gateway.settings.put("chargebridge.users.prometheus.roles", "viewer");
        gateway.start();
        // Some are there once there was something to count: a collection of garbage, an exchange of a route that ended.
        System.gc();
        await().until(() -> {
            scrape = read();
            return scrape.contains("camel_exchanges_total{")
                    && scrape.contains("outcome=\"ok\"} 1")
                    && scrape.contains("camel_route_policy_seconds_count")
                    // Not where the ledger gave no answer in time.
                    && AT_REST.stream().allMatch(scrape::contains)
                    && scrape.contains("jvm_gc_pause_seconds_sum");
        });
        Files.writeString(Path.of("target/scrape.txt"), scrape);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String read() {
        String url = "http://127.0.0.1:" + gateway.context().getEnvironment().getProperty("local.management.port")
                + "/observe/metrics";
        String login =
                Base64.getEncoder().encodeToString("operator:correct horse battery".getBytes(StandardCharsets.UTF_8));
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header("Authorization", "Basic " + login)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By name as Prometheus writes it, with its type. */
    private static Map<String, String> families() {
        Map<String, String> families = new TreeMap<>();
        TYPE.matcher(scrape).results().forEach(found -> families.put(found.group(1), found.group(2)));
        return families;
    }

    private static Set<String> series() {
        return scrape.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void pageListsJustWhatTheGatewayShows() throws IOException {
        Map<String, String> ours = new TreeMap<>();
        families().forEach((name, type) -> {
            if (name.matches("(chargebridge|invariant|confirmation)_.*") && !name.endsWith("_max")) {
                ours.put(name, type);
            }
        });
        Map<String, String> listed = new TreeMap<>();
        ON_PAGE.matcher(Files.readString(Path.of("docs/operating/metrics.md")))
                .results()
                .forEach(found -> listed.put(found.group(1), found.group(2)));

        assertThat(listed).isEqualTo(ours);
    }

    @Test
    void labelsAreOfAFixedSet() {
        Set<String> labels = new TreeSet<>();
        scrape.lines().filter(line -> line.startsWith("chargebridge_")).forEach(line -> Pattern.compile(
                        "[{,]([a-z_]+)=")
                .matcher(line)
                .results()
                .forEach(found -> labels.add(found.group(1))));

        assertThat(labels)
                .isSubsetOf(
                        "about",
                        "answer",
                        "channel",
                        "kind",
                        "le",
                        "limit",
                        "msn",
                        "operation",
                        "outcome",
                        "pass",
                        "route",
                        "state",
                        "status",
                        "told",
                        "whose");
    }

    @Test
    void nothingWaitsAtAGatewayThatHasJustStarted() {
        assertThat(scrape).contains(AT_REST);
    }

    private static Set<String> unknown(String expressions) {
        Set<String> known = series();
        return NAME.matcher(expressions)
                .results()
                .map(found -> found.group())
                .filter(name -> !known.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @SuppressWarnings("unchecked")
    void alertsAreAboutMetricsThatThereAre() throws IOException {
        Map<String, Object> rules = new Yaml().load(Files.readString(Path.of("config/prometheus/alerts.yaml")));
        StringBuilder expressions = new StringBuilder();
        int alerts = 0;
        for (Map<String, Object> group : (List<Map<String, Object>>) rules.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                expressions.append(rule.get("expr")).append('\n');
                assertThat((Map<String, String>) rule.get("annotations")).containsKeys("summary", "description");
                alerts++;
            }
        }

        assertThat(alerts).isGreaterThan(10);
        assertThat(unknown(expressions.toString())).isEmpty();
    }

    @Test
    void aRealPrometheusReadsItAsShippedAndItsAlertsFireAndEnd(@TempDir Path own) throws IOException {
        int port = gateway.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        try (Prometheus prometheus = Prometheus.start(own, port, PASSWORD)) {
            await().untilAsserted(() -> assertThat(prometheus.targets())
                    .singleElement()
                    .satisfies(target -> assertThat(target.path("health").asText())
                            .as(target.path("lastError").asText())
                            .isEqualTo("up")));
            await().untilAsserted(() -> assertThat(prometheus.rules())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(rule -> assertThat(rule.path("health").asText())
                            .as(rule.toString())
                            .isEqualTo("ok")));
            assertThat(prometheus.state("ChargebridgeInvariantBroken")).isEqualTo("inactive");
            assertThat(prometheus.state("ChargebridgeDown")).isEqualTo("inactive");

            new RecordedLines(gateway.database).file("file", 3);
            blocksCount(2);
            await().until(() -> prometheus.state("ChargebridgeInvariantBroken").equals("firing"));

            blocksCount(3);
            await().until(() -> prometheus.state("ChargebridgeInvariantBroken").equals("inactive"));
        }
    }

    /** Says so in the ledger, and has it checked. */
    private static void blocksCount(int lines) {
        gateway.database.jdbc().sql("update block set line_count = " + lines).update();
        gateway.database
                .jdbc()
                .sql("update invariant_check set checked_at = checked_at - interval '61 minutes'")
                .update();
        gateway.bean(RouteOrders.class).runNow("check-invariants", "anna", "to see it");
    }

    static Stream<Path> dashboards() {
        return Stream.of("operators", "engineers").map(name -> Path.of("config/grafana/" + name + ".json"));
    }

    @Test
    void dashboardsShowMetricsThatThereAre() throws IOException {
        for (Path file : dashboards().toList()) {
            JsonNode dashboard = JSON.readTree(Files.readString(file));
            List<String> expressions = dashboard.findValuesAsText("expr");
            assertThat(dashboard.path("uid").asText()).as(file.toString()).startsWith("chargebridge-");
            assertThat(dashboard.findValuesAsText("title")).doesNotContain("");
            assertThat(expressions).hasSizeGreaterThan(8);
            assertThat(unknown(String.join("\n", expressions)))
                    .as(file.toString())
                    .isEmpty();
        }
    }
}
