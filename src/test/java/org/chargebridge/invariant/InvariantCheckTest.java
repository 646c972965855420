package org.chargebridge.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.chargebridge.Patience;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.Invariants;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

@ExtendWith(OutputCaptureExtension.class)
class InvariantCheckTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T08:00:10Z");
    private final Invariants invariants =
            new Invariants(database.jdbc(), new DataSourceTransactionManager(database.dataSource()), clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        database.close();
    }

    /** As if an hour had passed since the last check. */
    private void check(Duration timeLimit) {
        database.jdbc()
                .sql("update invariant_check set checked_at = checked_at - interval '61 minutes'")
                .update();
        check(InvariantSettings.SCHEDULE, timeLimit);
    }

    private void check(String schedule, Duration timeLimit) {
        InvariantSettings settings = new InvariantSettings(schedule, Duration.ofDays(100), timeLimit, timeLimit);
        new InvariantCheck(invariants, settings, clock).run();
    }

    private void check() {
        check(Duration.ofSeconds(60));
    }

    private double metric(String invariant) {
        return meters.get("invariant_violations")
                .tag("invariant", invariant)
                .gauge()
                .value();
    }

    private Health health() {
        return new InvariantsHealthIndicator(invariants, new HealthQueries(Patience.LONG)).health();
    }

    @Test
    void alarmIsToldOnceAndItsEndIsToldOnce(CapturedOutput output) {
        new InvariantMetrics(invariants, new HealthQueries(Patience.LONG)).bindTo(meters);
        assertThat(metric("i1")).isNaN();
        new RecordedLines(database).file("file", 3);
        check();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(metric("i1")).isZero();
        assertThat(output.getAll()).doesNotContain("Invariant");

        database.jdbc().sql("update block set line_count = 2").update();
        check();
        check();
        assertThat(output.getAll().lines().filter(line -> line.contains("ERROR") && line.contains("nvariant")))
                .hasSize(1);
        assertThat(output.getAll()).containsOnlyOnce("Invariant I1 is violated 2 times");
        assertThat(output.getAll()).contains("block 1 of file 1 counts 2 lines and holds 3");
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("I1").toString()).startsWith("2 violations: ");
        assertThat(metric("i1")).isEqualTo(2);

        database.jdbc().sql("update block set line_count = 3").update();
        check();
        check();
        assertThat(output.getAll()).containsOnlyOnce("Invariant I1 holds again");
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(metric("i1")).isZero();
    }

    @Test
    void wakeUpBeforeTheScheduleComesRoundChecksNothing() {
        check();
        var before = invariants.lastCheckedAt();
        check("0 0 0 1 1 ? 2099", Duration.ofSeconds(60));
        assertThat(invariants.lastCheckedAt()).isEqualTo(before);
    }

    @Test
    void checkThatTakesTooLongIsGivenUpAndWhatWasFoundBeforeStands(CapturedOutput output) {
        new RecordedLines(database).file("file", 20_000);
        database.jdbc().sql("update block set line_count = 1").update();
        check();
        check(Duration.ofMillis(1));
        assertThat(output.getAll()).contains("Invariant I1 could not be checked within");
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsKey("I1");
    }

    @Test
    void whatIsOldIsCheckedOnceADayAndAsLongAsSomethingIsFound() {
        new RecordedLines(database).recordedAt("2026-08-01T08:00:00Z").file("old", 3);
        new RecordedLines(database).file("new", 3);
        check();

        database.jdbc().sql("update block set line_count = 2").update();
        check();
        assertThat(found("I1")).isEqualTo(2);
        database.jdbc().sql("update block set line_count = 3 where file_id = 2").update();
        check();
        assertThat(found("I1")).as("of the old file, too").isEqualTo(2);

        database.jdbc().sql("update block set line_count = 3").update();
        check();
        assertThat(found("I1")).isZero();
        database.jdbc().sql("update block set line_count = 2 where file_id = 1").update();
        check();
        assertThat(found("I1")).as("on the same day").isZero();

        database.jdbc()
                .sql("update invariant_check set completed_at = completed_at - interval '1 day'")
                .update();
        check();
        assertThat(found("I1")).as("on the next day").isEqualTo(2);
    }

    private long found(String invariant) {
        return invariants.last().stream()
                .filter(found -> found.invariant().name().equals(invariant))
                .findFirst()
                .orElseThrow()
                .count();
    }
}
