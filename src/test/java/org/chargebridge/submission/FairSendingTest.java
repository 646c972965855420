package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.Test;

class FairSendingTest {

    private static String body(Lease lease) {
        return new String(lease.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aSmallFileGoesWithTheNextRequestThoughALargeOneOfTheSameSalesUnitHasWaitedLonger() {
        try (SendingRig rig = new SendingRig()) {
            new RecordedLines(rig.database).file("large", 8_000);
            rig.acknowledge(rig.lease());
            new RecordedLines(rig.database).file("small", 100);

            Lease next = rig.lease();

            assertThat(next.lineCount()).isEqualTo(2_000);
            assertThat(body(next)).contains("small-00000001", "small-00000100", "large-00002001");
            rig.acknowledge(next);
            assertThat(rig.linesOutsideExactlyOneBlock()).isZero();
        }
    }

    @Test
    void twoLargeFilesTakeTurns() {
        try (SendingRig rig = new SendingRig()) {
            new RecordedLines(rig.database).file("one", 6_000);
            new RecordedLines(rig.database).file("two", 6_000);

            for (String turn : new String[] {"one", "two", "one", "two", "one", "two"}) {
                Lease lease = rig.lease();
                assertThat(body(lease)).contains(turn + "-");
                rig.acknowledge(lease);
            }
            assertThat(rig.nothingMayGo()).isTrue();
        }
    }
}
