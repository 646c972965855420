package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.OperationCourse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node dies between any two steps of an operation, and others go on: the effect is had once, and told once. */
class OperationCrashTest extends OperationRig {

    private static final int STEPS_MAX = 4;

    /** Where a node dies. */
    private enum Death {
        BEFORE_THE_REQUEST,
        BEFORE_ITS_ANSWER_IS_RECORDED
    }

    @ParameterizedTest
    @CsvSource({
        "CANCEL, DUE, 0, CANCELLED",
        "CAPTURE, RESERVED, 4000, PARTIALLY_CAPTURED",
        "REFUND, CHARGED, 4000, PARTIALLY_REFUNDED"
    })
    void theEffectIsHadOnceWhereverANodeDies(Action action, String status, long amount, String after) {
        int number = 0;
        for (Death death : Death.values()) {
            for (int deadly = 0; deadly < STEPS_MAX; deadly++) {
                long file = charge("demo-crash" + number++, status);
                ApiStandIn api = api(file, status);
                operation(file, action, amount);

                run(api, deadly, death);

                assertThat(api.effects())
                        .as("%s, dead at step %s, %s", action, deadly, death)
                        .isEqualTo(1);
                assertThat(api.status()).isEqualTo(after);
                assertThat(state(file)).isEqualTo("DONE");
                assertThat(told(file)).containsExactly(after);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CANCEL, DUE, 0, CANCELLED",
        "CANCEL, PARTIALLY_CAPTURED, 0, CHARGED",
        "CAPTURE, RESERVED, 4000, PARTIALLY_CAPTURED",
        "REFUND, CHARGED, 4000, PARTIALLY_REFUNDED"
    })
    void whatALedgerForgotThatWasRestoredFromABackupIsNotDoneAgain(
            Action action, String status, long amount, String after) {
        long file = charge("demo-restored", status);
        ApiStandIn api = api(file, status);
        operation(file, action, amount);
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        restoreFromBefore();
        api.forgetKeys();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(api.effects()).isEqualTo(1);
        assertThat(api.status()).isEqualTo(after);
        assertThat(state(file)).isEqualTo("DONE");
        assertThat(told(file)).containsExactly(after);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50, 3_000_000_000L})
    void anAmountInTheHistoryThatWeNeverAskForIsSomebodyElses(long amount) {
        long file = charge("demo-odd", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        api.refundInThePortal(amount);
        operation(file, Action.REFUND, 4_000);

        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(state(file)).isEqualTo(amount == 0 ? "DONE" : "HELD");
    }

    @Test
    void aCreditNoteThatARestoredLedgerForgotIsToldAsPaidBack() {
        long file = charge("demo-credit", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        operation(file, Action.REFUND, 1_000_000);
        jdbc.sql("update operation set terms = '{\"credit\":\"\"}'").update();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        assertThat(told(file)).containsExactly("REFUNDED");

        restoreFromBefore();
        api.forgetKeys();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(api.effects()).isEqualTo(1);
        assertThat(told(file)).containsExactly("REFUNDED");
    }

    @Test
    void aRefundIsMadeBesideOneThatARestoredLedgerForgot() {
        long file = charge("demo-beside", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        operation(file, Action.REFUND, 4_000);
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        restoreFromBefore();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        jdbc.sql("update operation set position = 99, identity = identity || ' K0'")
                .update();
        jdbc.sql("update event set position = 99 where position = 100").update();
        operation(file, Action.REFUND, 3_000);
        jdbc.sql("update operation set identity = identity || ' K2' where position = 100")
                .update();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(api.refunded()).isEqualTo(7_000);
        assertThat(told(file)).containsExactly("PARTIALLY_REFUNDED");
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE, RESERVED", "REFUND, CHARGED"})
    void aLineThatComesWithAnotherAmountAfterARestoreIsHeldIfItWasDoneBefore(Action action, String status) {
        long file = charge("demo-changed", status);
        ApiStandIn api = api(file, status);
        operation(file, action, 4_000);
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        restoreFromBefore();
        jdbc.sql("update operation set amount_minor = 3000").update();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(api.effects()).isEqualTo(1);
        assertThat(openLetters())
                .extracting(letter -> letter.reason().code())
                .containsExactly(ReasonCode.OPERATION_MAY_BE_DONE);
    }

    /** The operation as it was recorded, before anything was done about it. */
    private void restoreFromBefore() {
        jdbc.sql("delete from event where position = 100").update();
        jdbc.sql(
                        """
                        update operation set state = 'OPEN', phase = 'LOOK', method = null, path = null, body = null,
                            body_sha256 = null, idempotency_key = null, first_sent_at = null, looked_at = null,
                            attempts = 0, unanswered = 0, waits = 0, reason_code = null, next_attempt_at = recorded_at
                        """)
                .update();
    }

    @Test
    void nothingIsSentAgainBeforeTheGracePeriodIsOver() {
        long file = charge("demo-grace", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        operation(file, Action.REFUND, 4_000);
        Step look = next.lease(MSN).orElseThrow();
        record(look, api.answer(look));
        Step call = next.lease(MSN).orElseThrow();
        assertThat(call.call()).isTrue();
        answers.recordFailure(call, new java.net.SocketException("reset"));

        int calls = 0;
        for (int minute = 0; minute < 59; minute++) {
            clock.advance(Duration.ofMinutes(1));
            for (Optional<Step> step = next.lease(MSN); step.isPresent(); step = next.lease(MSN)) {
                calls += step.get().call() ? 1 : 0;
                record(step.get(), api.answer(step.get()));
            }
        }
        assertThat(calls).isZero();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        assertThat(api.effects()).isEqualTo(1);
        assertThat(api.refunded()).isEqualTo(4_000);
        assertThat(state(file)).isEqualTo("DONE");
    }

    @Test
    void whatTheApiTookInAndNeverShowsIsHeldAndNotSentAgainByAPerson() throws Exception {
        long file = charge("demo-lost", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        refundTakenIn(file, api);

        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(state(file)).isEqualTo("HELD");
        assertThat(told(file)).containsExactly("HELD");
        OperationRedrive redrive = new OperationRedrive(new OperationCourse(jdbc, clock), new Events(jdbc, clock));
        DeadLetter letter = openLetters().get(0);
        assertThatThrownBy(() -> redrive.discard(letter)).hasMessageContaining("unknown");
        redrive.lookUp(letter);
        for (Optional<Step> step = next.lease(MSN); step.isPresent(); step = next.lease(MSN)) {
            assertThat(step.get().call()).isFalse();
            record(step.get(), api.answer(step.get()));
        }
        assertThat(api.effects()).isZero();
        assertThat(state(file)).isEqualTo("HELD");
    }

    @Test
    void whatWasHeldBecauseItsCallShowedNoEffectIsDoneWhenTheChargeChangesAfterAll() {
        long file = charge("demo-late", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        Step call = refundTakenIn(file, api);
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        assertThat(told(file)).containsExactly("HELD");

        api.answer(call);
        targets.changed(targets.of(operation(file)).orElseThrow().line());
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);

        assertThat(api.refunded()).isEqualTo(4_000);
        assertThat(told(file)).containsExactly("HELD", "PARTIALLY_REFUNDED");
        assertThat(openLetters()).isEmpty();
    }

    @Test
    void whatAPersonGivesUpIsToldOnceMoreAndNotDone() throws Exception {
        long file = charge("demo-discarded", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        operation(file, Action.REFUND, 4_000);
        api.refundInThePortal(1_000);
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        assertThat(told(file)).containsExactly("HELD");

        new OperationRedrive(new OperationCourse(jdbc, clock), new Events(jdbc, clock))
                .discard(openLetters().get(0));

        assertThat(told(file)).containsExactly("HELD", "REFUSED");
        assertThat(state(file)).isEqualTo("DROPPED");
        assertThat(open()).isZero();
    }

    @ParameterizedTest(name = "the first charge was made at once: {0}")
    @ValueSource(booleans = {false, true})
    void aRetryIsUndoneWhenTheFirstChargeIsPaidAfterAll(boolean atOnce) {
        long file = charge("demo-retry", "FAILED");
        if (atOnce) {
            jdbc.sql("update instruction set requested_due = null").update();
            jdbc.sql("update block set unscheduled = true").update();
        }
        ApiStandIn failed = api(file, "FAILED");
        operation(file, Action.RETRY, 0);
        jdbc.sql("update operation set exact = true, requested_due = '2026-12-03'")
                .update();
        Step look = next.lease(MSN).orElseThrow();
        record(look, failed.answer(look));
        assertThat(next.lease(MSN)).isEmpty();
        assertThat(jdbc.sql("select order_id from instruction where attempt_of is not null")
                        .query(String.class)
                        .list())
                .containsExactly("demo-retry-00000001-2");

        ApiStandIn paid = api(file, "CHARGED");
        for (int day = 0; day < 20 && open() > 0; day++) {
            for (Optional<Step> step = next.lease(MSN); step.isPresent(); step = next.lease(MSN)) {
                assertThat(step.get().call()).isFalse();
                record(step.get(), paid.answer(step.get()));
            }
            clock.advance(Duration.ofHours(20));
        }

        assertThat(state(file)).isEqualTo("REFUSED");
        assertThat(jdbc.sql("select reason_code from operation")
                        .query(String.class)
                        .single())
                .isEqualTo("RETRY_UNDONE");
        assertThat(jdbc.sql("select status from charge where order_id = 'demo-retry-00000001-2'")
                        .query(String.class)
                        .single())
                .isEqualTo("CANCELLED");
    }

    @Test
    void aRetryIsUndoneWhenTheFirstChargeIsPaidAfterItWasLookedAtOnTheDayBefore() {
        long file = failedAndRetried();
        steps(api(file, "FAILED"));
        assertThat(open()).as("what still watches").isOne();

        targets.changed(targets.of(operation(file)).orElseThrow().line());
        steps(api(file, "CHARGED"));

        assertThat(reason()).isEqualTo("RETRY_UNDONE");
    }

    @Test
    void aRetryIsUndoneWhenALookOnItsDayShowsTheFirstChargePaid() {
        long file = failedAndRetried();
        steps(api(file, "FAILED"));

        clock.advance(Duration.ofHours(14));
        steps(api(file, "CHARGED"));

        assertThat(reason()).isEqualTo("RETRY_UNDONE");
    }

    /** The retry is due tomorrow, so that the day before, on which the first charge is looked at, is today. */
    private long failedAndRetried() {
        long file = charge("demo-again", "FAILED");
        operation(file, Action.RETRY, 0);
        jdbc.sql("update operation set exact = true, requested_due = '2026-11-21'")
                .update();
        return file;
    }

    private void steps(ApiStandIn api) {
        for (Optional<Step> step = next.lease(MSN); step.isPresent(); step = next.lease(MSN)) {
            record(step.get(), api.answer(step.get()));
        }
    }

    private String reason() {
        return jdbc.sql("select reason_code from operation").query(String.class).single();
    }

    /** Works until nothing is open; the node dies once, at its step of that number. */
    private void run(ApiStandIn api, int deadly, Death death) {
        int steps = 0;
        for (int round = 0; round < 200 && open() > 0; round++) {
            Optional<Step> step = next.lease(MSN);
            if (step.isEmpty()) {
                clock.advance(Duration.ofMinutes(10));
                continue;
            }
            if (steps++ != deadly) {
                record(step.get(), api.answer(step.get()));
                continue;
            }
            if (death == Death.BEFORE_ITS_ANSWER_IS_RECORDED) {
                api.answer(step.get());
            }
            jdbc.sql("update operation set lease_until = clock_timestamp() - interval '1 second'"
                            + " where lease_until is not null")
                    .update();
        }
        assertThat(open()).isZero();
    }

    @ParameterizedTest(name = "{0}, released by a person: {2}")
    @CsvSource({"REFUND, CHARGED, false", "REFUND, CHARGED, true", "CAPTURE, RESERVED, false", "CAPTURE, RESERVED, true"
    })
    void whatMayBeDoneUnderAKeyThatTheApiDoesNotShowIsNeverRepeated(Action action, String status, boolean person)
            throws Exception {
        long file = charge("demo-keyless", status);
        ApiStandIn api = api(file, status).withoutKeys();
        operation(file, action, 4_000);
        Step look = next.lease(MSN).orElseThrow();
        record(look, api.answer(look));
        Step call = next.lease(MSN).orElseThrow();
        api.answer(call);
        answers.recordFailure(call, new java.net.SocketException("reset"));

        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        for (int day = 0; person && day < 3; day++) {
            clock.advance(Duration.ofDays(1));
            new OperationRedrive(new OperationCourse(jdbc, clock), new Events(jdbc, clock))
                    .lookUp(openLetters().get(0));
            run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        }

        assertThat(api.effects()).isOne();
        assertThat(state(file)).isEqualTo("HELD");
        assertThat(openLetters().get(0).reason().code()).isEqualTo(ReasonCode.OPERATION_MAY_BE_DONE);
    }

    @Test
    void oneOfAChannelThatIsGoneIsHeldAndLooksAtNothingAgainAndAgain() {
        long file = charge("demo-gone", "CHARGED");
        ApiStandIn api = api(file, "CHARGED");
        operation(file, Action.REFUND, 4_000);
        jdbc.sql("update operation set channel = 'gone'").update();
        run(api, Integer.MAX_VALUE, Death.BEFORE_THE_REQUEST);
        assertThat(state(file)).isEqualTo("HELD");
        assertThat(openLetters().get(0).reason().code()).isEqualTo(ReasonCode.REQUEST_NOT_POSSIBLE);
        assertThat(api.effects()).isZero();
    }

    @Test
    void aCallFollowsItsLookHoweverManyOthersWaitToBeLookedAt() {
        Map<Long, ApiStandIn> apis = new HashMap<>();
        for (int number = 0; number < 4; number++) {
            long file = charge("demo-many" + number, "CHARGED");
            operation(file, Action.REFUND, 4_000);
            apis.put(file, api(file, "CHARGED"));
        }
        for (int steps = 0; steps < 8; steps++) {
            Step step = next.lease(MSN).orElseThrow();
            record(step, apis.get(step.operation().fileId()).answer(step));
            // As slow as an API that allows few look-ups makes it.
            clock.advance(Duration.ofSeconds(40));
        }
        assertThat(apis.values()).extracting(ApiStandIn::effects).containsOnly(1);
    }
}
