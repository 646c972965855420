package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a look and to a call means: only what the charge shows is believed, and nothing is done twice. */
class OperationAnswersTest extends OperationRig {

    private static final int STEPS_MAX = 20;

    private long file;
    private ApiStandIn api;

    @BeforeEach
    void aCaptureOfAReservation() {
        file = charge("demo-answers", "RESERVED");
        api = api(file, "RESERVED");
        operation(file, Action.CAPTURE, 4_000);
    }

    private void answer(Step step, int status, Map<String, Object> headers, String body) {
        answers.record(step, status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(Step step, int status) {
        answer(step, status, Map.of(), "{\"title\":\"Odd\",\"detail\":\"no\"}");
    }

    private Step look() {
        Step step = next.lease(MSN).orElseThrow();
        assertThat(step.call()).as("it calls").isFalse();
        return step;
    }

    private Step call() {
        Step look = look();
        record(look, api.answer(look));
        Step step = next.lease(MSN).orElseThrow();
        assertThat(step.call()).as("it calls").isTrue();
        return step;
    }

    /** The API answers well from now on. */
    private void goOn() {
        for (int steps = 0; open() > 0; ) {
            Optional<Step> step = next.lease(MSN);
            if (step.isPresent()) {
                record(step.get(), api.answer(step.get()));
                assertThat(++steps).isLessThan(STEPS_MAX);
            } else {
                clock.advance(Duration.ofMinutes(10));
            }
        }
    }

    private void isCapturedOnce() {
        goOn();
        assertThat(api.effects()).isOne();
        assertThat(state(file)).isEqualTo("DONE");
        assertThat(told(file)).containsExactly("PARTIALLY_CAPTURED");
    }

    private Optional<String> halt() {
        return jdbc.sql("select halt_reason from sales_unit where msn = '123456' and halted_at is not null")
                .query(String.class)
                .optional();
    }

    @Test
    void aTokenThatIsOverIsMetByTheSameCallWithANewOne() {
        Step call = call();
        answer(call, 401);

        Step again = next.lease(MSN).orElseThrow();
        assertThat(again.idempotencyKey()).isEqualTo(call.idempotencyKey());
        assertThat(halt()).isEmpty();
        record(again, api.answer(again));
        isCapturedOnce();
    }

    @Test
    void twoRefusalsInARowHaltTheSalesUnit() {
        answer(call(), 401);
        answer(next.lease(MSN).orElseThrow(), 401);

        assertThat(halt()).hasValueSatisfying(cause -> assertThat(cause).startsWith("401"));
        assertThat(api.effects()).isZero();
    }

    @Test
    void twoRefusalsWithAnAnswerInBetweenHaltNothing() {
        Step look = look();
        answer(look, 401);
        answer(call(), 401);

        assertThat(halt()).isEmpty();
        isCapturedOnce();
    }

    @Test
    void aRefusedSalesUnitHalts() {
        answer(call(), 403, Map.of(), "{\"type\":\"https://example.com/problems#invalid-sale-unit\",\"title\":\"No\"}");

        assertThat(halt()).hasValueSatisfying(cause -> assertThat(cause).startsWith("403"));
        assertThat(api.effects()).isZero();
    }

    @Test
    void aCallThatIsTooMuchWaitsForAsLongAsTheApiSays() {
        answer(call(), 429, Map.of("Retry-After", "900"), "");

        clock.advance(Duration.ofSeconds(890));
        assertThat(next.lease(MSN)).isEmpty();
        clock.advance(Duration.ofSeconds(20));
        Step again = next.lease(MSN).orElseThrow();
        record(again, api.answer(again));
        isCapturedOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void aCallWithoutARealAnswerIsNotRepeatedWhereTheChargeShowsItsEffect(int status) {
        Step call = call();
        api.answer(call);
        answer(call, status);

        goOn();
        isCapturedOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void aRefusalIsToldOnceTheChargeBearsItOut(int status) {
        answer(call(), status);

        for (int looks = 0; open() > 0; looks++) {
            assertThat(looks).isLessThan(STEPS_MAX);
            next.lease(MSN)
                    .ifPresentOrElse(
                            step -> {
                                assertThat(step.call()).as("it calls again").isFalse();
                                record(step, api.answer(step));
                            },
                            () -> clock.advance(Duration.ofMinutes(10)));
        }
        assertThat(api.effects()).isZero();
        assertThat(state(file)).isEqualTo("REFUSED");
        assertThat(jdbc.sql("select reason_code from operation")
                        .query(String.class)
                        .single())
                .isEqualTo(ReasonCode.OPERATION_REFUSED.name());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void aRefusalIsNotBelievedWhereTheChargeShowsTheEffect(int status) {
        Step call = call();
        api.answer(call);
        answer(call, status);

        isCapturedOnce();
    }

    @Test
    void aProxyThatWantsALoginLetNothingThrough() {
        answer(call(), 407);

        isCapturedOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500, 503})
    void aLookThatFailsConcludesNothing(int status) {
        answer(look(), status);

        assertThat(next.lease(MSN)).isEmpty();
        isCapturedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"id\":1}"})
    void aLookThatIsNotUnderstoodConcludesNothing(String body) {
        answer(look(), 200, Map.of(), body);

        assertThat(next.lease(MSN)).isEmpty();
        isCapturedOnce();
    }

    @Test
    void anAnswerThatComesAfterItsLeaseWasTakenAwayChangesNothing() {
        Step call = call();
        api.answer(call);
        jdbc.sql("update operation set lease_until = clock_timestamp() - interval '1 second'")
                .update();
        Step another = next.lease(MSN).orElseThrow();
        answer(call, 400);

        assertThat(operation(file).token()).isEqualTo(another.operation().token());
        record(another, api.answer(another));
        isCapturedOnce();
    }
}
