package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.Test;

class RefusedTokensTest {

    @Test
    void tokensRefusedNotInARowAreExpiredOnesAndHaltNothing() {
        try (SendingRig rig = new SendingRig()) {
            new RecordedLines(rig.database).file("file", 3);
            rig.answer(rig.lease(), 401, "");
            rig.answer(rig.lease(), 500, "");
            rig.clock.advance(Duration.ofSeconds(6));
            rig.answer(rig.lease(), 401, "");
            Lease last = rig.lease();
            rig.acknowledge(last);
            assertThat(rig.dispatchState(last.dispatchId())).isEqualTo("ACCEPTED");
        }
    }
}
