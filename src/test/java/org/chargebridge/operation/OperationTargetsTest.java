package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Attempts;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.QueuedLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which charge of an invoice an operation acts on, and which operations a change of a charge sets going. */
class OperationTargetsTest extends OperationRig {

    private static final String FIRST = "inv-00000001";
    private static final LocalDate DUE = LocalDate.parse("2026-12-05");

    private final OperationCourse course = new OperationCourse(jdbc, clock);

    /** No report was made of the states that a test gave. */
    @AfterEach
    void forgetStates() {
        jdbc.sql("delete from charge where position > 100").update();
        jdbc.sql("update operation set state = 'OPEN', next_attempt_at = recorded_at, reason_code = null")
                .update();
    }

    private Operation at(long file, int position, Action action) {
        operation(file, action, action == Action.RETRY ? 0 : 4_000);
        jdbc.sql("update operation set position = :position, identity = identity || :position where position = 100")
                .param("position", position)
                .update();
        return course.find(file, position).orElseThrow();
    }

    /** One more charge of the invoice, of which nothing is known yet. */
    private void again(long file, int position) {
        QueuedLine before =
                targets.of(at(file, position, Action.CANCEL)).orElseThrow().line();
        new Attempts(jdbc, clock).create(course.find(file, position).orElseThrow(), before, 6_000, DUE, "again");
    }

    private void again(long file, int position, String status) {
        again(file, position);
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                            retry_days, changed_at)
                        select file_id, position, order_id, msn, 'demo', agreement_id, :status, effective_due,
                            retry_days, now()
                        from instruction where position = :position
                        """)
                .param("status", status)
                .param("position", position)
                .update();
    }

    private Optional<String> targetOf(Operation operation) {
        return targets.of(operation).map(OperationTargets.Target::line).map(QueuedLine::orderId);
    }

    @Test
    void whatNamesAnInvoiceActsOnItsLatestCharge() {
        long file = charge("inv", "FAILED");
        again(file, 101, "FAILED");
        again(file, 102, "FAILED");

        assertThat(targetOf(at(file, 103, Action.REFUND))).contains(FIRST + "-3");
    }

    @Test
    void whatNamesAChargeActsOnThatOne() {
        long file = charge("inv", "FAILED");
        again(file, 101, "FAILED");
        at(file, 102, Action.REFUND);
        jdbc.sql("update operation set exact = true where position = 102").update();

        assertThat(targetOf(course.find(file, 102).orElseThrow())).contains(FIRST);
    }

    @Test
    void aRetryPassesOverAChargeThatWasRefused() {
        long file = charge("inv", "FAILED");
        again(file, 101, "FAILED");
        again(file, 102, "REFUSED");

        assertThat(targetOf(at(file, 103, Action.RETRY))).contains(FIRST + "-2");
        assertThat(targetOf(at(file, 104, Action.REFUND))).contains(FIRST + "-3");
    }

    /** Else the invoice would be charged beside it. */
    @Test
    void aRetryPassesOverNoChargeOfWhichNothingIsKnownYet() {
        long file = charge("inv", "FAILED");
        again(file, 101);

        assertThat(targetOf(at(file, 102, Action.RETRY))).contains(FIRST + "-2");
    }

    @Test
    void aLineThatAnotherReplacedIsNoTarget() {
        long file = charge("inv", "FAILED");
        Operation refund = at(file, 101, Action.REFUND);
        jdbc.sql("update instruction set replaced = true").update();

        assertThat(targetOf(refund)).isEmpty();
        jdbc.sql("update instruction set replaced = false").update();
    }

    @Test
    void aReservationSetsGoingTheCapturesThatAwaitItAndNothingElse() {
        long file = charge("inv", "DUE");
        at(file, 101, Action.CAPTURE);
        at(file, 102, Action.CAPTURE);
        at(charge("other", "DUE"), 103, Action.CAPTURE);
        waits("AWAIT", 101, 103);
        waits("LOOK", 102);
        at(file, 104, Action.CAPTURE);
        jdbc.sql("update operation set state = 'REFUSED', phase = 'AWAIT', next_attempt_at = null where position = 104")
                .update();

        targets.reserved(
                targets.of(course.find(file, 101).orElseThrow()).orElseThrow().line());

        assertThat(dueNow()).containsExactly(101);
    }

    @Test
    void aReservationOfALaterChargeSetsGoingTheCapturesOfItsInvoice() {
        long file = charge("inv", "FAILED");
        again(file, 101);
        Operation capture = at(file, 102, Action.CAPTURE);
        waits("AWAIT", 101, 102);
        jdbc.sql("update operation set phase = 'LOOK' where position = 101").update();

        targets.reserved(targets.of(capture).orElseThrow().line());

        assertThat(dueNow()).containsExactly(102);
    }

    private void waits(String phase, int... positions) {
        for (int position : positions) {
            jdbc.sql("update operation set phase = :phase, next_attempt_at = :later where position = :position")
                    .param("phase", phase)
                    .param("later", sqlTime(clock.instant().plus(Duration.ofHours(1))))
                    .param("position", position)
                    .update();
        }
    }

    private List<Integer> dueNow() {
        return jdbc.sql("select position from operation where next_attempt_at <= :now order by position")
                .param("now", sqlTime(clock.instant()))
                .query(Integer.class)
                .list();
    }

    private static OffsetDateTime sqlTime(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** A refund that waits for a person because the charge never showed it. */
    private QueuedLine notConfirmed() {
        long file = charge("inv", "CHARGED");
        Operation refund = at(file, 101, Action.REFUND);
        Reason reason = Reason.of(ReasonCode.OPERATION_NOT_CONFIRMED, "CHARGED");
        course.settle(refund, Operation.State.HELD, FIRST, Optional.of(reason));
        jdbc.sql("update operation set phase = 'CONFIRM'").update();
        new DeadLetters(jdbc, clock).open(DeadLetter.ofOperation("demo", MSN, file, 101, FIRST, reason));
        return targets.of(refund).orElseThrow().line();
    }

    private String states() {
        return jdbc.sql("select o.state || ' ' || l.state from operation o, dead_letter l")
                .query(String.class)
                .single();
    }

    @Test
    void whatWasHeldUnconfirmedGoesOnWhenItsChargeChanges() {
        targets.changed(notConfirmed());

        assertThat(states()).isEqualTo("OPEN RESOLVED");
    }

    /** It is held for something else, or somebody decided already. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update operation set reason_code = 'OPERATION_MAY_BE_DONE'",
                "update operation set phase = 'LOOK'",
                "update operation set state = 'DROPPED'",
                "update dead_letter set order_id = 'other-00000001'",
                "update dead_letter set kind = 'LINE'"
            })
    void whateverElseIsHeldStaysSo(String otherwise) {
        QueuedLine line = notConfirmed();
        jdbc.sql(otherwise).update();
        String before = states();

        targets.changed(line);

        assertThat(states()).isEqualTo(before);
    }
}
