package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A file is one trace, from its arrival to the report that tells of it. */
@ExtendWith(OutputCaptureExtension.class)
class TraceStoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer collector;
    private Surroundings world;

    @BeforeEach
    void setUp() throws IOException {
        collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuses = refusals.getAndDecrement() > 0;
            if (!refuses) {
                bodies.add(body);
            }
            exchange.sendResponseHeaders(refuses ? 503 : 200, -1);
            exchange.close();
        });
        collector.start();
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("chargebridge.tracing.interval", "200ms")
                .set("chargebridge.alarm.interval", "1s");
    }

    @AfterEach
    void tearDown() {
        world.close();
        collector.stop(0);
    }

    private void trace() {
        world.set(
                "chargebridge.tracing.otlp-endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    /** By id, as the collector got them. */
    private Map<String, JsonNode> spans() {
        Map<String, JsonNode> spans = new LinkedHashMap<>();
        for (String body : bodies) {
            try {
                for (JsonNode span : JSON.readTree(body).at("/resourceSpans/0/scopeSpans/0/spans")) {
                    spans.put(span.get("spanId").asText(), span);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return spans;
    }

    private Set<String> names() {
        return spans().values().stream()
                .map(span -> span.get("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void untilReported() {
        world.leave(
                "visma",
                "invoices.csv",
                new InvoiceFile().lines("A", 5, "2026-11-05").toString());
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 5);
        Surroundings.await(
                "they are seen",
                () -> world.ledger()
                                .sql("select count(*) from charge where status = 'PENDING' or status = 'DUE'")
                                .query(Long.class)
                                .single()
                        == 5);
        world.awaitFile("visma", "receipt-invoices-");
        Surroundings.await("what is done is handed over", () -> names().size() == 3);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await(
                "the paid ones are seen",
                () -> world.ledger()
                                .sql("select count(*) from charge where status = 'CHARGED'")
                                .query(Long.class)
                                .single()
                        == 5);
        world.simulator().advance(Duration.ofMinutes(2));
        world.awaitFile("visma", "status-visma-");
    }

    @Test
    void fileIsOneTraceFromItsArrivalToItsReport(CapturedOutput output) {
        trace();
        refusals.set(2);
        world.channel("visma").start();
        untilReported();
        Surroundings.await(
                "all is handed over", () -> names().equals(Set.of("dispatch", "intake", "receipt", "report")));

        Map<String, JsonNode> spans = spans();
        assertThat(spans.values())
                .extracting(span -> span.get("traceId").asText())
                .doesNotContain("")
                .containsOnly(spans.values().iterator().next().get("traceId").asText());
        JsonNode root = spans.values().stream()
                .filter(span -> span.get("name").asText().equals("intake"))
                .findFirst()
                .orElseThrow();
        assertThat(root.get("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(root.has("parentSpanId")).isFalse();
        assertThat(spans.values()).filteredOn(span -> span != root).allSatisfy(span -> {
            assertThat(span.get("parentSpanId")).isEqualTo(root.get("spanId"));
            assertThat(span.get("spanId").asText()).matches("[0-9a-f]{16}");
            assertThat(Long.parseLong(span.get("endTimeUnixNano").asText()))
                    .isGreaterThanOrEqualTo(
                            Long.parseLong(span.get("startTimeUnixNano").asText()));
        });
        assertThat(String.join("", bodies))
                .contains("invoices.csv", "visma", "\"5\"")
                .doesNotContain("agr_demo", "C-A1", "visma-A1", "Subscription A1", "secret");
        assertThat(output.getAll())
                .containsOnlyOnce("Traces cannot be handed over: the collector answers HTTP 503")
                .containsOnlyOnce("Traces are handed over again");
    }

    @Test
    void withoutACollectorNothingIsNoted() {
        world.channel("visma").start();
        world.leave(
                "visma",
                "invoices.csv",
                new InvoiceFile().lines("A", 2, "2026-11-05").toString());
        world.awaitFile("visma", "receipt-invoices-");
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 2);

        assertThat(world.ledger()
                        .sql("select count(*) from traced_step")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(bodies).isEmpty();
    }
}
