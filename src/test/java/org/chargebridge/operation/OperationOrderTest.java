package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Which operation goes next: those on one charge one after the other, in the order of their lines. */
class OperationOrderTest extends OperationRig {

    private final OperationCourse course = new OperationCourse(jdbc, clock);
    private long file;

    @BeforeEach
    void charged() {
        file = charge("inv", "CHARGED");
    }

    /** What waits here for ever is no finding. */
    @AfterEach
    void forget() {
        jdbc.sql("delete from operation").update();
    }

    private void line(long of, int position, Action action, Operation.Phase phase) {
        operation(of, action, action == Action.REFUND || action == Action.CAPTURE ? 1_000 : 0);
        jdbc.sql("update operation set position = :position, identity = identity || :position, phase = :phase"
                        + " where position = 100")
                .param("position", position)
                .param("phase", phase.name())
                .update();
    }

    private void line(int position, Action action) {
        line(file, position, action, Operation.Phase.LOOK);
    }

    private void line(int position, Action action, Operation.Phase phase) {
        line(file, position, action, phase);
    }

    private void postpone(int position, Duration time) {
        jdbc.sql("update operation set next_attempt_at = next_attempt_at + make_interval(secs => :seconds)"
                        + " where position = :position")
                .param("seconds", time.toSeconds())
                .param("position", position)
                .update();
    }

    private void called(int position, Duration ago) {
        jdbc.sql("update operation set first_sent_at = :at where position = :position")
                .param("at", OffsetDateTime.ofInstant(clock.instant().minus(ago), ZoneOffset.UTC))
                .param("position", position)
                .update();
    }

    private void done(int position) {
        course.settle(
                course.find(file, position).orElseThrow(), Operation.State.DONE, "inv-00000001", Optional.empty());
    }

    private Optional<Integer> next() {
        return course.next(MSN).map(Operation::position);
    }

    @Test
    void theLaterLineWaitsForTheEarlierOneAlsoWhereThatOnesTimeHasNotCome() {
        line(101, Action.CAPTURE);
        line(102, Action.REFUND);
        postpone(101, Duration.ofHours(1));

        assertThat(next()).isEmpty();

        done(101);
        assertThat(next()).contains(102);
    }

    @Test
    void theEarlierFileGoesFirstWhereverTheLineStandsInIt() {
        line(150, Action.CAPTURE);
        long later = charge("later", "CHARGED");
        line(later, 101, Action.REFUND, Operation.Phase.LOOK);
        jdbc.sql("update operation set target = (select target from operation where position = 150)")
                .update();

        assertThat(next()).contains(150);

        done(150);
        assertThat(next()).contains(101);
    }

    @Test
    void linesOnOtherChargesGoMeanwhile() {
        line(101, Action.CAPTURE);
        postpone(101, Duration.ofHours(1));
        line(charge("other", "CHARGED"), 102, Action.REFUND, Operation.Phase.LOOK);

        assertThat(next()).contains(102);
    }

    @Test
    void whatWaitsLongestGoesFirst() {
        line(101, Action.CAPTURE);
        line(charge("other", "CHARGED"), 102, Action.REFUND, Operation.Phase.LOOK);
        postpone(102, Duration.ofSeconds(-1));

        assertThat(next()).contains(102);
    }

    @Test
    void whatOneNodeHasLeasedNoOtherGets() {
        line(101, Action.CAPTURE);
        line(102, Action.REFUND);

        course.lease(course.next(MSN).orElseThrow(), Operation.Phase.LOOK, "a", Duration.ofMinutes(1));

        assertThat(next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CANCEL", "CAPTURE", "REFUND", "CHANGE", "RETRY"})
    void whatOnlyWatchesKeepsNoOtherFromItsTurn(Action action) {
        line(101, Action.RETRY, Operation.Phase.WATCH);
        postpone(101, Duration.ofHours(1));
        line(102, action);

        assertThat(next()).contains(102);
    }

    @Test
    void aCaptureThatAwaitsItsReservationKeepsNoneBehindItFromItsTurnButCaptures() {
        line(101, Action.CAPTURE, Operation.Phase.AWAIT);
        postpone(101, Duration.ofHours(1));
        line(102, Action.CAPTURE);
        assertThat(next()).isEmpty();

        line(103, Action.CANCEL);
        done(102);
        assertThat(next()).contains(103);
    }

    @Test
    void aCaptureThatAwaitsItsReservationGoesAfterAllOthersAlsoThoseBehindIt() {
        line(101, Action.CAPTURE, Operation.Phase.AWAIT);
        line(102, Action.CANCEL);
        postpone(102, Duration.ofHours(1));
        assertThat(next()).isEmpty();

        done(102);
        line(103, Action.CAPTURE);
        line(104, Action.RETRY, Operation.Phase.WATCH);
        line(105, Action.REFUND, Operation.Phase.AWAIT);
        assertThat(next()).contains(101);
    }

    /** It would alter how much. */
    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CAPTURE", "CHANGE", "RETRY"})
    void whatTakesAnAmountWaitsForACreditNoteThatAwaitsThePayment(Action action) {
        line(101, Action.REFUND, Operation.Phase.AWAIT);
        postpone(101, Duration.ofHours(1));
        line(102, action);

        assertThat(next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CANCEL", "REFUND"})
    void othersDoNotWaitForACreditNoteThatAwaitsThePayment(Action action) {
        line(101, Action.REFUND, Operation.Phase.AWAIT);
        postpone(101, Duration.ofHours(1));
        line(102, action);

        assertThat(next()).contains(102);
    }

    /** With the looks that belong to each, the API takes no more of one charge. */
    @Test
    void aFourthCallOnAChargeBeginsAMinuteAfterTheFirstOfTheLastThree() {
        for (int position : List.of(101, 102, 103)) {
            line(position, Action.REFUND);
            called(position, Duration.ofSeconds(position == 101 ? 59 : 1));
            done(position);
        }
        line(104, Action.REFUND);
        assertThat(next()).isEmpty();

        clock.advance(Duration.ofSeconds(2));
        assertThat(next()).contains(104);
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.Phase.class,
            names = {"CALL", "CONFIRM", "WATCH"})
    void whatHasBegunGoesOnWhateverWasCalledOnItsCharge(Operation.Phase phase) {
        for (int position : List.of(101, 102, 103)) {
            line(position, Action.REFUND);
            called(position, Duration.ofSeconds(1));
            done(position);
        }
        line(104, Action.RETRY, phase);
        if (phase != Operation.Phase.WATCH) {
            called(104, Duration.ofSeconds(1));
        }

        assertThat(next()).contains(104);
    }

    @Test
    void cancellationsOfAFileAreMadeAtOnceWhereNothingBeforeThemIsOpen() {
        line(101, Action.REFUND);
        line(charge("other", "PENDING"), 100, Action.CANCEL, Operation.Phase.LOOK);
        line(102, Action.CANCEL);
        assertThat(course.cancellations(file)).isEmpty();

        done(101);
        assertThat(course.cancellations(file)).extracting(Operation::position).containsExactly(102);
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.Phase.class,
            names = {"WATCH", "AWAIT"})
    void aCancellationIsMadeAtOnceBesideWhatOnlyWaits(Operation.Phase phase) {
        line(101, Action.RETRY, phase);
        line(102, Action.CANCEL);

        assertThat(course.cancellations(file)).extracting(Operation::position).containsExactly(102);
    }

    @ParameterizedTest
    @EnumSource(value = Operation.State.class, names = "OPEN", mode = Mode.EXCLUDE)
    void whatIsOverOrHeldIsNotNextAndKeepsNoneFromItsTurn(Operation.State state) {
        line(101, Action.CAPTURE);
        line(102, Action.REFUND);
        jdbc.sql("update operation set state = :state where position = 101")
                .param("state", state.name())
                .update();

        assertThat(next()).contains(102);
    }
}
