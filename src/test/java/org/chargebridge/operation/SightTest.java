package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Action;
import org.chargebridge.ledger.Operation;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.UnreadableAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a charge's history is ours, and what may be the effect of a call that nobody answered. */
class SightTest {

    private static final Instant CALLED = Instant.parse("2026-11-20T11:00:00Z");
    private static final String OURS = "r-ours";
    private static final String EARLIER = "r-earlier";

    private static String event(String kind, String time, long amount, String key, boolean success) {
        return "{\"occurred\":\"%s\",\"event\":\"%s\",\"amount\":%d,\"idempotencyKey\":\"%s\",\"success\":%s}"
                .formatted(time, kind, amount, key, success);
    }

    private static Sight sight(long captured, long refunded, Optional<Instant> calledAt, String... events) {
        String view = ("{\"id\":\"demo-1001-000000000000\",\"agreementId\":\"agr_1\",\"amount\":10000,"
                        + "\"status\":\"CHARGED\",\"summary\":{\"captured\":%d,\"refunded\":%d,\"cancelled\":0},"
                        + "\"history\":[%s]}")
                .formatted(captured, refunded, String.join(",", events));
        try {
            ChargeView shown = ChargeView.parse(view.getBytes(StandardCharsets.UTF_8));
            return Sight.of(shown, Optional.of(OURS), List.of(OURS, EARLIER), calledAt);
        } catch (UnreadableAnswer e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasPaidBackUnderNoKeyOfOursWasPaidBackByOthers() {
        Sight sight = sight(
                10_000,
                6_000,
                Optional.empty(),
                event("REFUND", "2026-11-19T11:00:00Z", 1_000, EARLIER, true),
                event("REFUND", "2026-11-19T12:00:00Z", 2_000, "portal", true),
                event("REFUND", "2026-11-19T13:00:00Z", 4_000, EARLIER, false),
                event("CAPTURE", "2026-11-19T10:00:00Z", 10_000, EARLIER, true));

        assertThat(sight.refundedByOthers()).isEqualTo(5_000);
        assertThat(sight.refundable()).isEqualTo(4_000);
        assertThat(sight.since()).isEqualTo(Sight.Since.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({"r-ours, true, true", "r-ours, false, false", "r-earlier, true, false"})
    void aCallIsDoneWhereItsOwnKeyStandsBySomethingThatSucceeded(String key, boolean success, boolean shown) {
        assertThat(sight(0, 0, Optional.of(CALLED), event("REFUND", "2026-11-20T11:00:01Z", 1_000, key, success))
                        .keyShown())
                .isEqualTo(shown);
    }

    /** Clocks may differ by five minutes, and what bears no time may be of any. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:54:59Z, portal, 0",
        "2026-11-20T10:55:00Z, portal, 1000",
        "2026-11-20T11:00:30Z, portal, 1000",
        "soon, portal, 1000",
        "2026-11-20T11:00:30Z, r-earlier, 0"
    })
    void whatOthersMovedAfterACallMayBeItsEffect(String time, String key, long moved) {
        assertThat(sight(0, 1_000, Optional.of(CALLED), event("REFUND", time, 1_000, key, true))
                        .since())
                .isEqualTo(new Sight.Since(0, moved));
        assertThat(sight(1_000, 0, Optional.of(CALLED), event("CAPTURE", time, 1_000, key, true))
                        .since())
                .isEqualTo(new Sight.Since(moved, 0));
    }

    @Test
    void whatTheHistoryDoesNotExplainCountsAsMovedSince() {
        assertThat(sight(700, 300, Optional.of(CALLED)).since()).isEqualTo(new Sight.Since(700, 300));
    }

    @Test
    void theYearOfARefundBeginsWithTheLastCapture() {
        Sight sight = sight(
                10_000,
                0,
                Optional.empty(),
                event("CAPTURE", "2026-11-19T10:00:00Z", 4_000, EARLIER, true),
                event("CAPTURE", "2026-11-19T12:00:00Z", 6_000, EARLIER, true),
                event("CAPTURE", "2026-11-19T13:00:00Z", 6_000, EARLIER, false),
                event("REFUND", "2026-11-19T14:00:00Z", 6_000, EARLIER, true),
                event("CAPTURE", "2026-11-19T11:00:00Z", 6_000, EARLIER, true));

        assertThat(sight.capturedAt()).contains(Instant.parse("2026-11-19T12:00:00Z"));
    }

    private static Progress progress(Operation.Phase phase, int unanswered, Optional<Instant> firstSentAt) {
        Operation operation = new Operation(
                1,
                1,
                "demo",
                "123456",
                Action.REFUND,
                "identity",
                "demo-1001-000000000000",
                "demo-1001-000000000000",
                false,
                false,
                "agr_1",
                "K1",
                OptionalLong.of(1_000),
                "NOK",
                Optional.empty(),
                "a text",
                Optional.empty(),
                Map.of(),
                0,
                Operation.State.OPEN,
                phase,
                Optional.empty(),
                Optional.empty(),
                0,
                unanswered,
                0,
                0,
                firstSentAt,
                Optional.empty(),
                Optional.empty(),
                CALLED,
                Optional.empty(),
                1);
        return Progress.of(operation, CALLED, Duration.ofHours(24), Duration.ofMinutes(60));
    }

    @ParameterizedTest
    @CsvSource({
        "LOOK, 0, , NOT_CALLED",
        // A call that was answered with a refusal had no effect, however long ago that was.
        "LOOK, 0, 2026-11-01T11:00:00Z, NOT_CALLED",
        "LOOK, 1, 2026-11-20T10:00:01Z, UNANSWERED",
        "LOOK, 1, 2026-11-20T10:00:00Z, GRACE_OVER",
        "CONFIRM, 0, 2026-11-19T11:00:01Z, TAKEN_IN",
        "CONFIRM, 1, 2026-11-19T11:00:00Z, OVERDUE"
    })
    void theApiHasItsTimeForACall(Operation.Phase phase, int unanswered, Instant firstSentAt, Progress wanted) {
        assertThat(progress(phase, unanswered, Optional.ofNullable(firstSentAt)))
                .isEqualTo(wanted);
    }
}
