package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to a look-up that say nothing of its charge, but of the keys, the sales unit or how much is asked. */
class LookupTroublesTest {

    private final TrackingRig rig = new TrackingRig();
    private List<Lookup> round;

    @BeforeEach
    void aRoundOfThree() {
        rig.acknowledged("file", 3, "2026-12-01");
        round = rig.plan.next(TrackingRig.MSN);
    }

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    private void answer(int index, int status, String body) {
        rig.answers.record(
                round.get(index), status, Map.of("Retry-After", "600"), body.getBytes(StandardCharsets.UTF_8));
    }

    private long halted() {
        return rig.count("select count(*) from sales_unit where halted_at is not null");
    }

    private boolean isBlocked(String atLeast) {
        return rig.count("select count(*) from pacing where limit_class = 'FETCH_CHARGE'"
                        + " and blocked_until > clock_timestamp() + interval '" + atLeast + "'")
                == 1;
    }

    @Test
    void afterTooManyLookUpsNoneIsMadeForAsLongAsTheApiAsks() {
        answer(0, 429, "");

        assertThat(round.get(1).begins()).isFalse();
        assertThat(isBlocked("9 minutes")).isTrue();
        assertThat(isBlocked("11 minutes")).isFalse();
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        assertThat(halted()).isZero();
    }

    @Test
    void aFreshTokenThatIsRefusedTooHaltsTheSalesUnit() {
        answer(0, 401, "");
        assertThat(halted()).isZero();

        round.get(1).begins();
        answer(1, 401, "");

        assertThat(round.get(2).begins()).isFalse();
        assertThat(halted()).isOne();
    }

    @Test
    void aRefusedSalesUnitHaltsAndAChargeThatMayNotBeSeenDoesNot() {
        answer(0, 403, "{\"type\":\"https://example.com/problems#not-yours\"}");
        assertThat(halted()).isZero();

        answer(1, 403, "{\"type\":\"https://example.com/problems#invalid-sale-unit\"}");
        assertThat(round.get(2).begins()).isFalse();
        assertThat(halted()).isOne();
    }

    /** With nothing to send, no request of a sender would find out. */
    @Test
    void aHaltedSalesUnitIsTriedByOneLookUpEveryWhileAndGoesOnOnceThatIsAnswered() {
        answer(0, 403, "{\"type\":\"https://example.com/problems#invalid-sale-unit\"}");
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();

        rig.clock.advance(Duration.ofMinutes(16));
        List<Lookup> probe = rig.plan.next(TrackingRig.MSN);
        assertThat(probe).hasSize(1);
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        rig.missing(probe.get(0));

        assertThat(halted()).isZero();
        assertThat(rig.plan.next(TrackingRig.MSN)).isNotEmpty();
    }
}
