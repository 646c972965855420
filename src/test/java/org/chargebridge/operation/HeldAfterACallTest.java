package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetterHandler.NotPossible;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.OperationCourse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may do about a line that is held after its call was taken in: look alone moves no money (MR6, MR7). */
class HeldAfterACallTest extends OperationRig {

    private final OperationRedrive redrive =
            new OperationRedrive(new OperationCourse(jdbc, clock), new Events(jdbc, clock));
    private long file;

    @Test
    void aLookChargesNothingAnewWhoseDateHasPassed() throws NotPossible {
        cancelledTooLateToBeChargedAnew();

        redrive.lookUp(letter());
        goOn("CANCELLED");

        assertThat(anew()).isZero();
        assertThat(letter().reason().code()).isEqualTo(ReasonCode.TOO_LATE_TO_SHIFT);
    }

    @Test
    void whatIsCancelledAndTooLateToBeChargedAnewIsChargedWhenAPersonLetsItThrough() throws NotPossible {
        cancelledTooLateToBeChargedAnew();

        redrive.redrive(letter());
        goOn("CANCELLED");

        assertThat(anew()).isOne();
    }

    @Test
    void whatIsCancelledAndTooLateToBeChargedAnewCanBeGivenUp() throws NotPossible {
        cancelledTooLateToBeChargedAnew();
        assertThat(redrive.possible(letter())).containsExactlyInAnyOrder(Decision.REDRIVE, Decision.DISCARD);

        redrive.discard(letter());

        assertThat(anew()).isZero();
        assertThat(jdbc.sql("select state from operation").query(String.class).single())
                .isEqualTo("DROPPED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHARGED", "PARTIALLY_REFUNDED", "REFUNDED"})
    void aChangeOfWhatWasPaidMeanwhileCanBeGivenUp(String paid) throws NotPossible {
        changeTakenIn("2026-12-05");
        goOn(paid);
        assertThat(letter().reason().code()).isEqualTo(ReasonCode.TOO_LATE_TO_CHANGE);

        redrive.discard(letter());

        assertThat(anew()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"RESERVED", "PARTIALLY_CAPTURED"})
    void aChangeWhoseCancellationMayStillReleaseMoneyCanOnlyBeLookedUp(String reserved) {
        changeTakenIn("2026-12-05");
        goOn(reserved);

        assertThat(redrive.possible(letter())).containsExactly(Decision.LOOK_UP);
        assertThatThrownBy(() -> redrive.discard(letter())).hasMessageContaining("unknown");
    }

    @Test
    void whatACreditNoteLeavesIsChargedUnderTheTextOfTheInvoice() {
        file = charge("demo-credited", "DUE");
        ApiStandIn api = api(file, "DUE");
        operation(file, Action.REFUND, -4_000);
        jdbc.sql("update operation set terms = '{\"credit\":\"true\"}', description = 'Refund 1'")
                .update();
        steps(api);

        assertThat(jdbc.sql(
                                "select distinct description from instruction where file_id = :file or attempt_of is not null")
                        .param("file", file)
                        .query(String.class)
                        .list())
                .as("the invoice and what is left of it")
                .hasSize(1)
                .doesNotContain("Refund 1");
        assertThat(anew()).isOne();
    }

    @Test
    void aRefundInPlaceOfACancellationThatCameTooLateCanBeApprovedOrGivenUp() throws NotPossible {
        creditTakenIn();
        ApiStandIn paid = api(file, "CHARGED");
        paid.refundInThePortal(100);
        steps(paid);
        assertThat(letter().reason().code()).isEqualTo(ReasonCode.REFUND_NOT_OURS);
        assertThat(redrive.possible(letter())).containsExactlyInAnyOrder(Decision.REDRIVE, Decision.DISCARD);

        redrive.redrive(letter());
        steps(paid);

        assertThat(paid.refunded()).isEqualTo(4_100);
    }

    @Test
    void aCreditNoteOfWhatIsReservedMeanwhileCanOnlyBeLookedUp() {
        creditTakenIn();
        goOn("RESERVED");

        assertThat(letter().reason().code()).isEqualTo(ReasonCode.CREDIT_OF_RESERVED);
        assertThat(redrive.possible(letter())).containsExactly(Decision.LOOK_UP);
    }

    private void creditTakenIn() {
        file = charge("demo-credited", "DUE");
        operation(file, Action.REFUND, -4_000);
        jdbc.sql("update operation set terms = '{\"credit\":\"true\"}'").update();
        taken(api(file, "DUE"));
    }

    private void taken(ApiStandIn api) {
        Step look = next.lease(MSN).orElseThrow();
        record(look, api.answer(look));
        Step call = next.lease(MSN).orElseThrow();
        assertThat(call.method()).isEqualTo("DELETE");
        answers.record(call, 202, ApiStandIn.noHeaders(), new byte[0]);
    }

    private void cancelledTooLateToBeChargedAnew() {
        changeTakenIn("2026-11-23");
        clock.advance(Duration.ofDays(8));
        goOn("CANCELLED");
        assertThat(letter().reason().code()).isEqualTo(ReasonCode.TOO_LATE_TO_SHIFT);
    }

    private void changeTakenIn(String due) {
        file = charge("demo-changed", "DUE");
        operation(file, Action.CHANGE, 5_000);
        jdbc.sql("update operation set requested_due = :due::date")
                .param("due", due)
                .update();
        taken(api(file, "DUE"));
    }

    private void goOn(String status) {
        steps(api(file, status));
    }

    private void steps(ApiStandIn api) {
        for (int round = 0; round < 20 && open() > 0; round++) {
            Optional<Step> step = next.lease(MSN);
            step.ifPresent(taken -> record(taken, api.answer(taken)));
            if (step.isEmpty()) {
                clock.advance(Duration.ofMinutes(10));
            }
        }
        assertThat(open()).isZero();
    }

    private DeadLetter letter() {
        return openLetters().get(0);
    }

    private long anew() {
        return jdbc.sql("select count(*) from instruction where attempt_of is not null")
                .query(Long.class)
                .single();
    }
}
