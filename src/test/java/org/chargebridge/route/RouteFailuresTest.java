package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.chargebridge.Patience;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

@ExtendWith(OutputCaptureExtension.class)
class RouteFailuresTest {

    @Test
    void lostDatabaseIsToldOnceForAllRoutesAndItsEndOnceWithoutAStackTrace(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            lostAndBack(new RouteFailures(
                    new DeadLetters(database.jdbc(), new TestClock("2026-11-20T08:00:00Z")),
                    new RouteCounts(new TestClock("2026-11-20T08:00:00Z")),
                    new HealthQueries(Patience.LONG),
                    new SimpleMeterRegistry()));
        }

        assertThat(output.getAll())
                .containsOnlyOnce("No work goes on where it is needed: the database does not answer"
                        + " (ConnectException: Connection refused). Check that PostgreSQL runs")
                .containsOnlyOnce("once an outage")
                .containsOnlyOnce("Work goes on: it is over that the database does not answer.")
                .doesNotContain("\tat ", "works again");
    }

    private static void lostAndBack(RouteFailures failures) {
        Exception lost = new CannotCreateTransactionException(
                "Could not open JDBC Connection",
                new SQLTransientConnectionException("timed out", new ConnectException("Connection refused")));

        failures.record("send-charges", null, lost);
        failures.record("send-charges", null, lost);
        failures.record(
                "track-charges",
                null,
                new TransactionSystemException("Could not roll back", new SQLException("Connection is closed")));

        failures.worked("track-charges", null);
        failures.worked("send-charges", null);
    }

    @Test
    void tenThousandFilesThatFailOnOneCauseAreToldOnceAndAnotherCauseToo(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            RouteFailures failures = new RouteFailures(
                    new DeadLetters(database.jdbc(), new TestClock("2026-11-20T08:00:00Z")),
                    new RouteCounts(new TestClock("2026-11-20T08:00:00Z")),
                    new HealthQueries(Patience.LONG),
                    new SimpleMeterRegistry());
            for (int i = 0; i < 10_000; i++) {
                failures.record("fetch-invoices.demo", "file" + i + ".csv", new IOException("the disk is full"));
            }
            failures.record("fetch-invoices.demo", "odd.csv", new IOException("odd.csv has no end"));
            for (int i = 0; i < 10_000; i++) {
                failures.worked("fetch-invoices.demo", "file" + i + ".csv");
            }
            failures.worked("fetch-invoices.demo", "odd.csv");
        }

        assertThat(output.getAll())
                .containsOnlyOnce("\"file0.csv\": IOException: the disk is full")
                .containsOnlyOnce("the disk is full")
                .containsOnlyOnce("odd.csv has no end")
                .containsOnlyOnce("fetch-invoices.demo works again.");
    }

    @Test
    void aFullDatabaseAndAnExhaustedPoolAreNamedAsSuch(CapturedOutput output) {
        JdbcClient gone = JdbcClient.create(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/gone?connectTimeout=1", "nobody", ""));
        RouteFailures failures = new RouteFailures(
                new DeadLetters(gone, new TestClock("2026-11-20T08:00:00Z")),
                new RouteCounts(new TestClock("2026-11-20T08:00:00Z")),
                new HealthQueries(Patience.LONG),
                new SimpleMeterRegistry());

        failures.record(
                "write-receipts",
                null,
                new DataAccessResourceFailureException(
                        "insert", new SQLException("could not extend file: No space left on device", "53100")));
        failures.record(
                "send-charges",
                null,
                new CannotCreateTransactionException(
                        "Could not open JDBC Connection",
                        new SQLTransientConnectionException("ledger - Connection is not available, request timed out"
                                + " after 10001ms (total=10, active=10, idle=0, waiting=3)")));

        assertThat(output.getAll())
                .contains("the database's disk is full (SQLException: could not extend file", "Make room on the disk")
                .contains("every connection to the database is in use", "maximum-pool-size");
    }
}
