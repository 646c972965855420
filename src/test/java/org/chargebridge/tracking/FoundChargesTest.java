package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A charge that is found, though the ledger holds it for something else. */
class FoundChargesTest {

    private final TrackingRig rig = new TrackingRig();
    private final long file = rig.acknowledged("file", 1, "2026-12-01");

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    private Lookup next() {
        return rig.plan.next(TrackingRig.MSN).get(0);
    }

    private long told(String reason) {
        return rig.count("select count(*) from event where reportable and anomaly and reason_code = '" + reason + "'");
    }

    /** The ERP was told that nothing was collected: it must hear that something was before it bills again. */
    @Test
    void whatWasRefusedAndIsFoundAfterAllIsTold() {
        rig.missing(next());
        rig.jdbc
                .sql("update charge set refusal_claimed = true, reason_code = 'REFUSED_BY_API',"
                        + " reason_arguments = '{400,too low}', next_check_at = now() - interval '1 year'")
                .update();
        rig.missing(next());
        assertThat(rig.status(file, 1)).isEqualTo("REFUSED");
        rig.jdbc
                .sql("update charge set next_check_at = now() - interval '1 year'")
                .update();

        rig.found(next(), "DUE", "");

        assertThat(rig.status(file, 1)).isEqualTo("DUE");
        assertThat(rig.reported()).containsExactly("REFUSED", "DUE");
        assertThat(told("FOUND_AFTER_REFUSAL")).isOne();
    }

    @Test
    void aChargeThatMovesBackIsLookedAtAgainOnceADay() {
        rig.found(next(), "RESERVED", "");
        rig.clock.advance(Duration.ofDays(1));

        rig.found(next(), "DUE", "");

        assertThat(rig.status(file, 1)).isEqualTo("RESERVED");
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofHours(23));
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofHours(2));
        assertThat(rig.plan.next(TrackingRig.MSN)).hasSize(1);
    }
}
