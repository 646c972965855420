package org.chargebridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.chargebridge.Patience;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DeliveriesHealthIndicatorTest {

    @Test
    void deliveryThatFailsIsNeverUpUntilItWorksAgain() {
        TestClock clock = new TestClock("2026-11-20T08:00:00Z");
        try (LedgerDatabase database = LedgerDatabase.create()) {
            OutboundFiles files = new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry());
            DeliveriesHealthIndicator health = new DeliveriesHealthIndicator(files, new HealthQueries(Patience.LONG));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);

            byte[] content = "a;b\n".getBytes(StandardCharsets.UTF_8);
            database.transactions()
                    .executeWithoutResult(
                            tx -> files.createText("demo", OutboundFile.Kind.RECEIPT, "in", "receipt.csv", content));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);

            OutboundFile file =
                    files.lease("demo", "node", Duration.ofSeconds(60)).orElseThrow();
            files.postpone(
                    file, "the server refuses the upload", clock.instant().plusSeconds(5));
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getDetails().get("demo").toString()).contains("the server refuses the upload");

            clock.advance(Duration.ofSeconds(6));
            OutboundFile again =
                    files.lease("demo", "node", Duration.ofSeconds(60)).orElseThrow();
            files.delivered(files.verified(again));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void databaseThatIsGoneIsDownAndNoFailureOfTheHealthPage() {
        DriverManagerDataSource gone =
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/gone?connectTimeout=1", "nobody", "");
        OutboundFiles files = new OutboundFiles(
                JdbcClient.create(gone), new TestClock("2026-11-20T08:00:00Z"), new SimpleMeterRegistry());

        assertThat(new DeliveriesHealthIndicator(files, new HealthQueries(Patience.LONG)).health())
                .isEqualTo(Health.down()
                        .withDetail("failure", "the database cannot be asked what waits to be delivered")
                        .build());
    }
}
