package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.DeadLetters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

@ExtendWith(OutputCaptureExtension.class)
class RouteFailuresTest {

    @Test
    void lostDatabaseIsNamedOnceForEachRouteWithoutAStackTrace(CapturedOutput output) {
        JdbcClient gone = JdbcClient.create(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/gone?connectTimeout=1", "nobody", ""));
        RouteFailures failures = new RouteFailures(
                new DeadLetters(gone, new TestClock("2026-11-20T08:00:00Z")), new SimpleMeterRegistry());
        Exception lost = new CannotCreateTransactionException(
                "Could not open JDBC Connection",
                new SQLTransientConnectionException("timed out", new ConnectException("Connection refused")));

        failures.record("send-charges", null, lost);
        failures.record("send-charges", null, lost);
        failures.record(
                "track-charges",
                null,
                new TransactionSystemException("Could not roll back", new SQLException("Connection is closed")));

        assertThat(output.getAll())
                .containsOnlyOnce("send-charges could not go on: the database does not answer"
                        + " (ConnectException: Connection refused). It tries again; this line comes once.")
                .containsOnlyOnce(
                        "track-charges could not go on: the database does not answer (SQLException: Connection"
                                + " is closed).")
                .doesNotContain("\tat ");
    }
}
