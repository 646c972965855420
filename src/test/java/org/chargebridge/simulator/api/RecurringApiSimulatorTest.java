package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecurringApiSimulatorTest {

    private static final Instant START = Instant.parse("2026-11-02T07:00:00Z");

    @TempDir
    private Path directory;

    private RecurringApiSimulator simulator;
    private ApiClient client;

    @BeforeEach
    void start() {
        simulator = RecurringApiSimulator.start(SimulatorSettings.inDirectory(directory)
                .withClockStart(START)
                .withBatchDelay(Duration.ZERO)
                .withLimits(RateLimits.lifted())
                .withAgreements(5));
        client = new ApiClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aBatchBecomesChargesAndIsCollectedOnTheDueDate() {
        String body = "[" + ApiClient.item("inv-0001", "agr_demo0001", 49900, "2026-11-05", 2) + ","
                + ApiClient.item("inv-0002", "agr_demo0002", 151, "2026-11-05", 2) + ","
                + ApiClient.item("inv-0003", "agr_nobody", 10000, "2026-11-05", 2) + ","
                + ApiClient.item("inv-0004", "agr_demo0003", 99, "2026-11-05", 2) + "]";
        ApiClient.Answer created = client.post("/agreements/charges", "key-1", body);
        assertThat(created.status()).isEqualTo(202);
        assertThat(created.json().get("validCharges")).hasSize(3);
        assertThat(created.json().at("/invalidCharges/0/errors/0").textValue())
                .isEqualTo("amount must be greater than or equal to 100");

        assertThat(client.get("/agreements/agr_demo0001/charges/inv-0001")
                        .json()
                        .get("status")
                        .textValue())
                .isEqualTo("DUE");
        assertThat(client.get("/agreements/agr_demo0002/charges/inv-0001").status())
                .isEqualTo(404);
        assertThat(client.get("/agreements/agr_nobody/charges/inv-0003").status())
                .isEqualTo(404);

        simulator.advance(Duration.ofDays(3).plusHours(12));
        ApiClient.Answer paid = client.get("/agreements/agr_demo0001/charges/inv-0001");
        assertThat(paid.json().get("status").textValue()).isEqualTo("CHARGED");
        assertThat(paid.json().at("/summary/captured").intValue()).isEqualTo(49900);
        ApiClient.Answer open = client.get("/agreements/agr_demo0002/charges/inv-0002");
        assertThat(open.json().get("status").textValue()).isEqualTo("DUE");
        assertThat(open.json().get("failureReason").textValue()).isEqualTo("user_action_required");

        simulator.moveTo(Instant.parse("2026-11-08T00:00:01Z"));
        assertThat(client.get("/agreements/agr_demo0002/charges/inv-0002")
                        .json()
                        .get("status")
                        .textValue())
                .isEqualTo("FAILED");
        assertThat(simulator.summary().lateRefused()).isEqualTo(1);
        assertThat(simulator.charges().map(ChargeView::status))
                .containsExactlyInAnyOrderElementsOf(List.of(ChargeStatus.CHARGED, ChargeStatus.FAILED));
    }
}
