package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel.RefundPolicy;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.operation.Wish.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Amounts, dates, limits and what moved since a call; what each state alone leads to stands in docs/actions.md. */
class ChargeDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
    private static final LocalDate EARLIEST = LocalDate.parse("2026-11-21");

    /** A line and its charge of 100.00, which a test changes where it is about that. */
    private static final class Case {
        private final Action action;
        private final TargetState state;
        private long asked = 5_000;
        private long captured;
        private long refunded;
        private long cancelled;
        private long byOthers;
        private boolean keyShown;
        private Sight.Since since = Sight.Since.NOTHING;
        private Instant capturedAt = NOW;
        private Progress progress = Progress.NOT_CALLED;
        private Optional<ReasonCode> released = Optional.empty();
        private RefundPolicy policy = RefundPolicy.AUTO;
        private OptionalLong ceilingLeft = OptionalLong.empty();
        private Optional<LocalDate> due = Optional.of(LocalDate.parse("2026-12-01"));
        private Optional<String> openOrPaid = Optional.empty();
        private boolean credit;
        private Optional<String> calledMethod = Optional.empty();

        Case(Action action, TargetState state) {
            this.action = action;
            this.state = state;
        }

        Decision decision() {
            Wish wish = new Wish(
                    action,
                    asked,
                    "a text",
                    progress,
                    Optional.empty(),
                    released,
                    new Wish.Refunds(policy, ceilingLeft, 50_000),
                    new Wish.Dates(due, EARLIEST, 3),
                    openOrPaid,
                    credit,
                    calledMethod,
                    NOW);
            return ChargeDecisions.of(
                    wish,
                    new Sight(
                            state,
                            "agr_1",
                            new OrderId("demo-1001-000000000000"),
                            10_000,
                            captured,
                            refunded,
                            cancelled,
                            false,
                            keyShown,
                            byOthers,
                            since,
                            Optional.of(capturedAt)));
        }

        /** The call with its amount, the reason, the amount and day of another charge, or what else is done. */
        String told() {
            Decision decision = decision();
            if (decision instanceof Decision.Call call) {
                String amount = new String(call.request().body(), StandardCharsets.UTF_8).replaceAll("\\D+", "");
                return (call.request().letter() + " " + amount).strip();
            }
            if (decision instanceof Decision.Refuse refuse) {
                return refuse.reason().code().name();
            }
            if (decision instanceof Decision.Hold hold) {
                return "held " + hold.reason().code();
            }
            if (decision instanceof Decision.Recharge charge) {
                return charge.amountMinor() + " on " + charge.due();
            }
            return decision.getClass().getSimpleName();
        }
    }

    private static Case charged(Action action) {
        Case charged = new Case(action, TargetState.CHARGED);
        charged.captured = 10_000;
        return charged;
    }

    private static Case reserved() {
        Case reserved = new Case(Action.CAPTURE, TargetState.PARTIALLY_CAPTURED);
        reserved.captured = 3_000;
        reserved.cancelled = 1_000;
        return reserved;
    }

    private static Case creditNote(TargetState state) {
        Case note = new Case(Action.REFUND, state);
        note.credit = true;
        return note;
    }

    @ParameterizedTest
    @CsvSource({"6000, p 6000", "6001, CAPTURE_ABOVE_REST"})
    void aCaptureTakesAtMostWhatIsNeitherCapturedNorReleased(long asked, String told) {
        Case reserved = reserved();
        reserved.asked = asked;
        assertThat(reserved.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"7000, r 7000", "7001, REFUND_ABOVE_REST"})
    void aRefundPaysAtMostWhatWasCapturedAndNotPaidBack(long asked, String told) {
        Case charged = charged(Action.REFUND);
        charged.refunded = 3_000;
        charged.asked = asked;
        assertThat(charged.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(value = Progress.class, names = "NOT_CALLED", mode = Mode.EXCLUDE)
    void whatMovedSinceACallMayBeTheCallSoThatNobodyRepeatsIt(Progress progress) {
        Case capture = reserved();
        capture.progress = progress;
        capture.since = new Sight.Since(1, 0);
        Case refund = charged(Action.REFUND);
        refund.progress = progress;
        refund.since = new Sight.Since(0, 1);

        assertThat(capture.told()).isEqualTo("held OPERATION_MAY_BE_DONE");
        assertThat(refund.told()).isEqualTo("held OPERATION_MAY_BE_DONE");
    }

    @Test
    void aCallThatHadNoEffectWhileTheApiHadItsTimeIsRepeated() {
        Case capture = reserved();
        capture.progress = Progress.GRACE_OVER;
        Case refund = charged(Action.REFUND);
        refund.progress = Progress.GRACE_OVER;

        assertThat(capture.told()).isEqualTo("p 5000");
        assertThat(refund.told()).isEqualTo("r 5000");
    }

    @ParameterizedTest
    @CsvSource({"365, 0, r 5000", "365, 1, REFUND_TOO_LATE"})
    void aRefundIsMadeUntilAYearAfterTheCapture(int days, int seconds, String told) {
        Case charged = charged(Action.REFUND);
        charged.capturedAt = NOW.minus(Duration.ofDays(days)).minusSeconds(seconds);
        assertThat(charged.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"5000, r 5000", "4999, held REFUND_ABOVE_CEILING"})
    void aRefundMayUseUpTheCeilingOfTheDay(long left, String told) {
        Case charged = charged(Action.REFUND);
        charged.ceilingLeft = OptionalLong.of(left);
        assertThat(charged.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVE, 0, 0, , held REFUND_NEEDS_APPROVAL",
        "APPROVE, 0, 0, REFUND_NEEDS_APPROVAL, r 5000",
        "APPROVE, 0, 0, TARGET_HELD, held REFUND_NEEDS_APPROVAL",
        "AUTO, 0, 0, REFUND_ABOVE_CEILING, r 5000",
        "AUTO, 0, 9000, TARGET_HELD, r 5000",
        "AUTO, 1, 9000, , held REFUND_NOT_OURS",
        "AUTO, 1, 9000, REFUND_NOT_OURS, r 5000",
        // Who lets the amount through was not asked about what others paid back since.
        "AUTO, 1, 0, REFUND_ABOVE_CEILING, held REFUND_NOT_OURS",
        "APPROVE, 1, 0, REFUND_NEEDS_APPROVAL, held REFUND_NOT_OURS",
        "REPORT_ONLY, 0, 9000, REFUND_NEEDS_APPROVAL, REFUND_REPORT_ONLY"
    })
    void aPersonLetsThroughWhatThePersonWasAskedAbout(
            RefundPolicy policy, long byOthers, long left, ReasonCode released, String told) {
        Case charged = charged(Action.REFUND);
        charged.policy = policy;
        charged.byOthers = byOthers;
        charged.ceilingLeft = OptionalLong.of(left);
        charged.released = Optional.ofNullable(released);
        assertThat(charged.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_CALLED, 4000, false, PAID_MEANWHILE",
        "TAKEN_IN, 4000, false, Done",
        "TAKEN_IN, 0, false, PAID_MEANWHILE",
        "TAKEN_IN, 0, true, Done"
    })
    void theRestOfAReservationIsReleasedOnlyWhereThatShows(
            Progress progress, long cancelled, boolean keyShown, String told) {
        Case charged = charged(Action.CANCEL);
        charged.progress = progress;
        charged.cancelled = cancelled;
        charged.keyShown = keyShown;
        assertThat(charged.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21, , 5000 on 2026-11-21",
        "2026-11-18, , 5000 on 2026-11-21",
        "2026-11-17, , held TOO_LATE_TO_SHIFT",
        "2026-11-17, TOO_LATE_TO_SHIFT, 5000 on 2026-11-21",
        "2026-11-17, TARGET_HELD, held TOO_LATE_TO_SHIFT"
    })
    void aChargeInPlaceOfACancelledOneIsDueAsAskedOrALittleLater(LocalDate due, ReasonCode released, String told) {
        Case cancelled = new Case(Action.CHANGE, TargetState.CANCELLED);
        cancelled.due = Optional.of(due);
        cancelled.released = Optional.ofNullable(released);
        assertThat(cancelled.told()).isEqualTo(told);
    }

    @Test
    void nothingIsCancelledForAChangeThatCanNotBeMadeAnyMore() {
        Case due = new Case(Action.CHANGE, TargetState.DUE);
        due.due = Optional.of(LocalDate.parse("2026-11-17"));
        assertThat(due.told()).isEqualTo("held TOO_LATE_TO_SHIFT");

        due.progress = Progress.GRACE_OVER;
        assertThat(due.told()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CHANGE", "RETRY"})
    void anInvoiceIsNotChargedBesideAnotherChargeOfIt(Action action) {
        Case cancelled = new Case(action, TargetState.CANCELLED);
        cancelled.openOrPaid = Optional.of("UNCONFIRMED");
        assertThat(cancelled.told()).isEqualTo("NOTHING_TO_RETRY");
    }

    @Test
    void aRetryWithoutADateIsDueOnTheEarliestOne() {
        Case failed = new Case(Action.RETRY, TargetState.FAILED);
        failed.due = Optional.empty();
        assertThat(failed.told()).isEqualTo("5000 on 2026-11-21");
    }

    @ParameterizedTest
    @CsvSource({"9900, x", "9901, AwaitCollected", "10000, x"})
    void aCreditNoteLeavesAChargeThatTheApiTakesOrWaitsUntilItIsPaid(long asked, String told) {
        Case open = creditNote(TargetState.DUE);
        open.asked = asked;
        assertThat(open.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "GRACE_OVER, false, , 2026-12-01, 5000 on 2026-12-01",
        "TAKEN_IN, false, , 2026-11-01, 5000 on 2026-11-21",
        "NOT_CALLED, true, , 2026-12-01, 5000 on 2026-12-01",
        "NOT_CALLED, false, , 2026-12-01, Done",
        "TAKEN_IN, false, CHARGED, 2026-12-01, Done"
    })
    void whatACreditNoteLeavesIsChargedOnceItCancelledTheWhole(
            Progress progress, boolean keyShown, String openOrPaid, LocalDate due, String told) {
        Case cancelled = creditNote(TargetState.CANCELLED);
        cancelled.progress = progress;
        cancelled.keyShown = keyShown;
        cancelled.openOrPaid = Optional.ofNullable(openOrPaid);
        cancelled.due = Optional.of(due);
        assertThat(cancelled.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "9900, NOT_CALLED, , r 100",
        "9901, NOT_CALLED, , NOTHING_TO_REFUND",
        // A cancellation that came too late had no effect: the part is paid back.
        "4000, GRACE_OVER, DELETE, r 5000",
        "9901, TAKEN_IN, DELETE, NOTHING_TO_REFUND",
        // A refund that is under way is the same one as long as it takes.
        "0, GRACE_OVER, POST, r 5000",
        "9901, GRACE_OVER, POST, r 5000",
        "0, TAKEN_IN, POST, Wait"
    })
    void aCreditNoteOfAPaidChargePaysBackWhatIsLeft(
            long refunded, Progress progress, String calledMethod, String told) {
        Case paid = creditNote(TargetState.CHARGED);
        paid.captured = 10_000;
        paid.refunded = refunded;
        paid.progress = progress;
        paid.calledMethod = Optional.ofNullable(calledMethod);
        assertThat(paid.told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 6000, , held CREDIT_OF_PART_CAPTURED",
        "5000, 6000, CREDIT_OF_PART_CAPTURED, r 5000",
        "5000, 6000, REFUND_NEEDS_APPROVAL, r 5000",
        "5000, 10000, , r 5000",
        // All of it is credited: the customer gets back whatever was paid.
        "10000, 6000, , r 6000"
    })
    void aCreditNoteDoesNotPayBackWhatMayHaveBeenLetGoOfAReservation(
            long asked, long captured, ReasonCode released, String told) {
        Case paid = creditNote(TargetState.CHARGED);
        paid.asked = asked;
        paid.captured = captured;
        paid.released = Optional.ofNullable(released);
        assertThat(paid.told()).isEqualTo(told);
    }
}
