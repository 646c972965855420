package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.recurring.Failures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one trouble makes of a request that another one came before, and what is made of a request for one charge. */
class DispatchTroublesTest {

    private final SendingRig rig = new SendingRig();
    private final RecordedLines lines = new RecordedLines(rig.database);

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    static Stream<Arguments> nothingCarriedOut() {
        return Stream.of(
                trouble(
                        "not connected",
                        (rig, lease) -> rig.answers.recordFailure(lease, new ConnectException("Connection refused"))),
                trouble("no token", (rig, lease) -> rig.answers.recordFailure(lease, Failures.keysWrong())),
                trouble("401", (rig, lease) -> rig.answer(lease, 401, "")),
                trouble("403", (rig, lease) -> rig.answer(lease, 403, "{\"type\":\"x#invalid-sale-unit\"}")),
                trouble("404", (rig, lease) -> rig.answer(lease, 404, "")),
                trouble("429", (rig, lease) -> rig.answer(lease, 429, "")),
                trouble("503", (rig, lease) -> rig.answer(lease, 503, "")));
    }

    private static Arguments trouble(String name, BiConsumer<SendingRig, Lease> answer) {
        return Arguments.of(name, answer);
    }

    /** @return the first of two attempts */
    private Lease onceNotAnsweredThen(BiConsumer<SendingRig, Lease> answer) {
        Lease first = rig.lease();
        rig.answer(first, 500, "");
        rig.clock.advance(Duration.ofMinutes(2));
        answer.accept(rig, rig.lease());
        rig.jdbc.sql("update pacing set blocked_until = null").update();
        return first;
    }

    /** Its charges may exist: in another request they would be asked for a second time (ER2). */
    @ParameterizedTest(name = "{0}")
    @MethodSource("nothingCarriedOut")
    void whatWasOnceNotAnsweredIsNeverAskedForByAnotherRequest(String name, BiConsumer<SendingRig, Lease> answer) {
        lines.file("file", 10);
        onceNotAnsweredThen(answer);
        rig.clock.advance(Duration.ofMinutes(16));

        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.count("select count(*) from dispatch")).isOne();
        assertThat(rig.count("select count(*) from charge where status = 'UNCONFIRMED' and unanswered"))
                .isEqualTo(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothingCarriedOut")
    void beforeItIsGivenUpItIsRepeatedAsItWas(String name, BiConsumer<SendingRig, Lease> answer) {
        lines.file("file", 10);
        Lease first = onceNotAnsweredThen(answer);
        rig.jdbc
                .sql("update sales_unit set next_probe_at = null where next_probe_at is not null")
                .update();
        rig.clock.advance(Duration.ofMinutes(3));
        rig.jdbc
                .sql("update dispatch set next_attempt_at = '2026-11-20T08:00:00Z' where next_attempt_at is not null")
                .update();

        Lease again = rig.lease();

        assertThat(again.dispatchId()).isEqualTo(first.dispatchId());
        assertThat(again.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void keysThatGetNoTokenHaltTheSalesUnitAndItsChargesStayQueued() {
        lines.file("file", 10);
        rig.answers.recordFailure(rig.lease(), Failures.keysWrong());

        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().haltedAt())
                .isPresent();
        assertThat(rig.nothingMayGo()).isTrue();
        rig.clock.advance(Duration.ofMinutes(16));
        assertThat(rig.lease().lineCount()).isEqualTo(10);
    }

    @Test
    void aBatchThatIsNotFoundHaltsTheSalesUnitAndRefusesNothing() {
        lines.file("file", 2);
        rig.answer(rig.lease(), 404, "");

        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().haltedAt())
                .isPresent();
        assertThat(rig.count("select count(*) from charge")).isZero();
        rig.clock.advance(Duration.ofMinutes(16));
        assertThat(rig.lease().lineCount()).isEqualTo(2);
    }

    private Lease leaseOfOne() {
        long file = lines.file("file", 1);
        rig.transactions.executeWithoutResult(tx -> rig.blocks.isolate(file, 1, 1, true));
        return rig.lease();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413, 422})
    void aSingleChargeThatIsRefusedIsLookedUpBeforeThatIsBelieved(int status) {
        Lease lease = leaseOfOne();

        rig.answer(lease, status, "{\"title\":\"no\"}");

        assertThat(rig.dispatchState(lease.dispatchId())).isEqualTo("REFUSED");
        assertThat(rig.count("select count(*) from charge where status = 'UNCONFIRMED' and refusal_claimed"
                        + " and not unanswered and next_check_at is not null and http_status = " + status))
                .isOne();
        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().haltedAt())
                .isEmpty();
        rig.clock.advance(Duration.ofDays(1));
        assertThat(rig.nothingMayGo()).isTrue();
    }

    @Test
    void aSingleChargeThatIsAcknowledgedIsLookedUpAlsoWhereItWasLookedUpBefore() {
        Lease lease = leaseOfOne();
        rig.answer(lease, 400, "{\"title\":\"no\"}");
        rig.jdbc
                .sql("update charge set next_check_at = null, refusal_claimed = false")
                .update();
        rig.transactions.executeWithoutResult(
                tx -> rig.blocks.isolate(rig.count("select max(id) from inbound_file"), 1, 2, true));

        rig.acknowledge(rig.lease());

        assertThat(rig.count("select count(*) from charge where next_check_at is not null"))
                .isOne();
    }

    private static final String INVALID = "{\"validCharges\":[\"file-00000001\"],\"invalidCharges\":["
            + "{\"chargeBatchItemDto\":{\"orderId\":\"file-00000002\"},\"errors\":[\"too low\"]}]}";

    @Test
    void aClaimThatAChargeIsInvalidIsNotBelievedWhereARequestForItWasNeverAnswered() {
        lines.file("file", 2);
        rig.answer(rig.lease(), 500, "");
        rig.clock.advance(Duration.ofMinutes(2));
        rig.answer(rig.lease(), 202, INVALID);

        assertThat(rig.count("select count(*) from charge where refusal_claimed and unanswered"))
                .isOne();
    }

    @Test
    void aClaimInTheFirstAnswerIsBelievedOnceTheLookUpBearsItOut() {
        lines.file("file", 2);
        rig.answer(rig.lease(), 202, INVALID);

        assertThat(rig.count("select count(*) from charge where refusal_claimed and not unanswered"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 400, 401, 404, 409, 429})
    void anyAnswerBelow500EndsAnOutage(int status) {
        lines.file("file", 2);
        rig.answer(rig.lease(), 500, "");
        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().outageSince())
                .isPresent();
        rig.clock.advance(Duration.ofMinutes(2));

        rig.answer(rig.lease(), status, status == 202 ? INVALID : "");

        assertThat(rig.salesUnits.standing(SendingRig.MSN).orElseThrow().outageSince())
                .isEmpty();
    }
}
