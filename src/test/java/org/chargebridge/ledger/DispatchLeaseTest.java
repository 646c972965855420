package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.chargebridge.clock.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.IncorrectResultSizeDataAccessException;

/** Which stored request goes next, who may send it, and who may record what came of it. */
class DispatchLeaseTest {

    private static final String MSN = "123456";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T09:00:00Z");
    private final Dispatches dispatches = new Dispatches(database.jdbc(), clock);

    @AfterEach
    void close() {
        database.close();
    }

    private Dispatches.Ready stored(String due) {
        byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
        return dispatches.store(new Dispatches.NewDispatch(
                MSN, Dispatches.Kind.BATCH, 0, "key", "/", body, "sha", 1, LocalDate.parse(due)));
    }

    private Lease leased(Dispatches.Ready dispatch) {
        return dispatches.lease(dispatch, "a", MINUTE, false);
    }

    private long next() {
        return dispatches.ready(MSN, true).orElseThrow().id();
    }

    private void runOut() {
        database.jdbc()
                .sql("update dispatch set lease_until = clock_timestamp() - interval '1 second'")
                .update();
    }

    private String state(Dispatches.Ready dispatch) {
        return database.jdbc()
                .sql("select state from dispatch where id = :id")
                .param("id", dispatch.id())
                .query(String.class)
                .single();
    }

    @Test
    void whatIsDueFirstGoesFirst() {
        stored("2026-12-02");
        Dispatches.Ready earlier = stored("2026-12-01");

        assertThat(next()).isEqualTo(earlier.id());
    }

    /** Its key is good for an hour only. */
    @Test
    void whatMayHaveBeenDoneIsRepeatedBeforeAnythingElseIsSent() {
        stored("2026-12-01");
        Dispatches.Ready unanswered = stored("2026-12-02");
        dispatches.again(leased(unanswered), clock.instant(), true, false);

        assertThat(next()).isEqualTo(unanswered.id());
    }

    @Test
    void oneLeaseIsGivenOnARequest() {
        Dispatches.Ready dispatch = stored("2026-12-01");
        leased(dispatch);

        assertThat(dispatches.ready(MSN, true)).isEmpty();
        assertThatThrownBy(() -> leased(dispatch)).isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    @Test
    void aRequestIsAsOldAsItsFirstAttempt() {
        Dispatches.Ready dispatch = stored("2026-12-01");
        Instant first = clock.instant();
        dispatches.again(leased(dispatch), first, true, false);
        clock.advance(MINUTE);
        leased(dispatch);

        assertThat(dispatches.progress(dispatch.id()).firstSentAt()).contains(first);
    }

    @Test
    void refusalsOfATokenCountInARowOnly() {
        Dispatches.Ready dispatch = stored("2026-12-01");
        dispatches.again(leased(dispatch), clock.instant(), false, true);
        Lease second = leased(dispatch);
        assertThat(second.unauthorized()).isEqualTo(1);

        dispatches.again(second, clock.instant(), false, false);
        assertThat(leased(dispatch).unauthorized()).isZero();
    }

    @Test
    void whatItsSenderLeftWithoutAnAnswerIsUnansweredAndWhoLostTheLeaseRecordsNothing() {
        Dispatches.Ready dispatch = stored("2026-12-01");
        Lease lost = leased(dispatch);
        runOut();

        assertThat(dispatches.expired(MSN)).containsExactly(dispatch.id());
        assertThat(dispatches.progress(dispatch.id()).unanswered()).isEqualTo(1);
        Lease now = dispatches.lease(dispatch, "b", MINUTE, false);
        assertThat(dispatches.owns(lost)).isFalse();
        assertThat(dispatches.holds(lost, Duration.ZERO)).isFalse();
        dispatches.accepted(lost, 202, clock.instant());
        dispatches.again(lost, clock.instant(), true, false);
        assertThat(state(dispatch)).isEqualTo("SENDING");
        assertThat(dispatches.owns(now)).isTrue();
    }

    @Test
    void aRequestThatIsUnderWayIsNotGivenUp() {
        Dispatches.Ready dispatch = stored("2026-12-01");
        Lease lease = leased(dispatch);
        dispatches.voided(dispatch.id());
        assertThat(state(dispatch)).isEqualTo("SENDING");

        dispatches.again(lease, clock.instant(), true, false);
        dispatches.voided(dispatch.id());
        assertThat(state(dispatch)).isEqualTo("VOID");
        assertThat(dispatches.ready(MSN, true)).isEmpty();
    }
}
