package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.Operation.Phase;
import org.chargebridge.ledger.OperationCourse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may go on with an operation, and what becomes of one whose node died or was paused. */
class OperationLeaseTest extends OperationRig {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OperationCourse course = new OperationCourse(jdbc, clock);
    private long file;

    @BeforeEach
    void refund() {
        file = charge("inv", "CHARGED");
        operation(file, Action.REFUND, 4_000);
    }

    private Operation leased(Phase phase) {
        return course.lease(operation(file), phase, "a", MINUTE);
    }

    private void runOut() {
        jdbc.sql("update operation set lease_until = clock_timestamp() - interval '1 second'")
                .update();
    }

    private int unanswered() {
        return operation(file).unanswered();
    }

    private void call() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        course.call(operation(file), new Operation.Call("POST", "/refund", body, "key"), "", "inv-00000001");
    }

    @Test
    void aCallWhoseSenderDiedCountsAsUnansweredAndItsChargeIsLookedAtNext() {
        leased(Phase.CALL);
        runOut();

        assertThat(course.expired(MSN)).isEqualTo(1);

        assertThat(operation(file).phase()).isEqualTo(Phase.LOOK);
        assertThat(unanswered()).isEqualTo(1);
        assertThat(course.next(MSN)).isPresent();
    }

    @Test
    void aListWhoseReaderDiedBeginsWithALookAnew() {
        leased(Phase.LIST);
        runOut();
        course.expired(MSN);

        assertThat(operation(file).phase()).isEqualTo(Phase.LOOK);
        assertThat(unanswered()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"LOOK", "CONFIRM", "WATCH", "AWAIT"})
    void aLookWhoseSenderDiedIsMadeAgain(Phase phase) {
        leased(phase);
        runOut();
        course.expired(MSN);

        assertThat(operation(file).phase()).isEqualTo(phase);
        assertThat(unanswered()).isZero();
    }

    @Test
    void aLeaseThatHoldsIsNotTakenAway() {
        leased(Phase.CALL);

        assertThat(course.expired(MSN)).isZero();
        assertThat(course.next(MSN)).isEmpty();
    }

    @Test
    void whoLostTheLeaseRecordsNothing() {
        long lost = leased(Phase.CALL).token();
        runOut();
        course.expired(MSN);
        assertThat(course.owned(file, 100, lost)).isEmpty();

        long now = leased(Phase.LOOK).token();
        assertThat(course.owned(file, 100, lost)).isEmpty();
        assertThat(course.owned(file, 100, now)).isPresent();
    }

    @Test
    void nobodyRecordsAnAnswerToWhatAPersonEndedMeanwhile() {
        Operation refund = leased(Phase.LOOK);
        course.settle(refund, Operation.State.DROPPED, "inv-00000001", Optional.empty());

        assertThat(course.owned(file, 100, refund.token())).isEmpty();
    }

    @Test
    void aCallBeginsOnlyWhereTheLeaseHoldsForAllOfIt() {
        Operation refund = leased(Phase.CALL);

        assertThat(course.holds(file, 100, refund.token(), Duration.ofSeconds(30)))
                .isTrue();
        assertThat(course.holds(file, 100, refund.token(), Duration.ofSeconds(90)))
                .isFalse();
        assertThat(course.holds(file, 100, refund.token() - 1, Duration.ofSeconds(30)))
                .isFalse();
    }

    /** The API forgets a key an hour after it saw it first. */
    @Test
    void aCallIsAsOldAsItsFirstAttemptAndAnotherOneBeginsAnew() {
        call();
        Instant first = clock.instant();
        leased(Phase.CALL);
        clock.advance(MINUTE);
        runOut();
        course.expired(MSN);
        course.callAgain(operation(file));
        leased(Phase.CALL);
        assertThat(operation(file).firstSentAt()).contains(first);
        assertThat(unanswered()).isEqualTo(1);

        call();
        assertThat(operation(file).firstSentAt()).isEmpty();
        assertThat(unanswered()).isZero();
    }
}
