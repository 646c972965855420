package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A proxy or server that mixes answers up tells us of a charge that was not asked for. */
class ForeignAnswersTest {

    private final TrackingRig rig = new TrackingRig();

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    @Test
    void whatIsToldOfAnotherChargeIsRecordedOfNone() {
        long file = rig.acknowledged("file", 2, "2026-12-01");
        List<Lookup> lookups = rig.plan.next(TrackingRig.MSN);
        Lookup asked = lookups.get(0);
        String other = lookups.get(1).line().orderId();
        rig.answers.record(
                asked,
                200,
                Map.of(),
                "{\"id\":\"%s\",\"agreementId\":\"%s\",\"amount\":%d,\"due\":\"2026-12-01T00:00:00Z\",\"status\":\"CHARGED\"}"
                        .formatted(
                                other, asked.line().agreementId(), asked.line().amountMinor())
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(rig.status(file, 1)).isNotEqualTo("CHARGED");
        assertThat(rig.reported()).isEmpty();

        rig.jdbc.sql("update pacing set blocked_until = null").update();
        rig.clock.advance(Duration.ofMinutes(20));
        rig.plan.next(TrackingRig.MSN).forEach(lookup -> rig.found(lookup, "DUE", ""));
        assertThat(rig.status(file, 1)).isEqualTo("DUE");
        assertThat(rig.status(file, 2)).isEqualTo("DUE");
    }
}
