package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.chargebridge.Patience;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class NodeClockHealthIndicatorTest {

    @Test
    void aClockThatDiffersFromTheDatabasesIsDown() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            assertThat(new NodeClockHealthIndicator(new NodeClock(database.jdbc()), new HealthQueries(Patience.LONG))
                            .health()
                            .getStatus())
                    .isEqualTo(Status.UP);
            assertThat(off(database, Duration.ofSeconds(-10))).isEqualTo(Status.DOWN);
            assertThat(off(database, Duration.ofSeconds(10))).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void databaseThatIsGoneIsDownAndNoFailureOfTheHealthPage() {
        JdbcClient gone = JdbcClient.create(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/gone?connectTimeout=1", "nobody", ""));

        assertThat(new NodeClockHealthIndicator(new NodeClock(gone), new HealthQueries(Patience.LONG))
                        .health()
                        .getStatus())
                .isEqualTo(Status.DOWN);
    }

    private static Status off(LedgerDatabase database, Duration by) {
        Clock clock = Clock.offset(Clock.systemUTC(), by);
        return new NodeClockHealthIndicator(new NodeClock(database.jdbc(), clock), new HealthQueries(Patience.LONG))
                .health()
                .getStatus();
    }
}
