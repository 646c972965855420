package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureRemindersTest {

    private static final String RESERVED =
            ",\"summary\":{\"captured\":0,\"refunded\":0,\"cancelled\":0},\"history\":[{\"occurred\":"
                    + "\"2026-12-01T07:00:00Z\",\"event\":\"RESERVE\",\"amount\":10000,\"idempotencyKey\":\"x\","
                    + "\"success\":true}]";

    @Test
    void theReportRemindsOnceOfAReservationWhoseDeadlineComes() {
        try (TrackingRig rig = new TrackingRig()) {
            rig.acknowledged("demo-reserved", 1, "2026-12-01");
            for (String day : List.of("2026-12-02", "2027-01-02", "2027-05-24", "2027-05-25", "2027-05-26")) {
                rig.clock.moveTo(day + "T09:00:00Z");
                Lookup lookup = rig.plan.next(TrackingRig.MSN).get(0);
                rig.found(lookup, "RESERVED", RESERVED);
            }

            assertThat(rig.jdbc
                            .sql(
                                    "select status || ' ' || coalesce(array_to_string(reason_code || reason_arguments, ' '), '-')"
                                            + " from event where reportable and status = 'RESERVED' order by id")
                            .query(String.class)
                            .list())
                    .containsExactly("RESERVED ", "RESERVED CAPTURE_SOON 2027-05-30 100.00");
        }
    }

    @Test
    void aReservationOfAChannelThatIsSetUpNoMoreIsFollowedAllTheSame() {
        try (TrackingRig rig = new TrackingRig()) {
            rig.lines.channel("former");
            rig.acknowledged("former-reserved", 1, "2026-12-01");
            rig.clock.moveTo("2026-12-02T09:00:00Z");
            rig.found(rig.plan.next(TrackingRig.MSN).get(0), "RESERVED", RESERVED);

            assertThat(rig.jdbc
                            .sql("select status from charge where channel = 'former'")
                            .query(String.class)
                            .list())
                    .containsExactly("RESERVED");
        }
    }
}
