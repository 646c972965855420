package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.channel.DueDates;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.QueuedLine;
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

    /** What could miss the next cut-off would not be collected on its date. */
    @Test
    void whatCouldMissItsDateGoesBeforeAllThatCouldNot() {
        try (SendingRig rig = new SendingRig()) {
            new RecordedLines(rig.database).file("waiting", 4_000);
            long urgent = new RecordedLines(rig.database).file("urgent", 4_000);
            LocalDate earliest = DueDates.earliest(rig.channels.named("demo"), rig.clock.instant());
            rig.jdbc
                    .sql("update instruction set requested_due = :due, effective_due = :due where file_id = :file")
                    .param("due", earliest)
                    .param("file", urgent)
                    .update();
            rig.jdbc
                    .sql("update block set earliest_due = :due where file_id = :file")
                    .param("due", earliest)
                    .param("file", urgent)
                    .update();

            for (String turn : new String[] {"urgent", "urgent", "waiting", "waiting"}) {
                Lease lease = rig.lease();
                assertThat(body(lease)).contains(turn + "-");
                rig.acknowledge(lease);
            }
        }
    }

    @Test
    void whatWasCancelledBeforeItWasSentIsNotSent() {
        try (SendingRig rig = new SendingRig()) {
            new RecordedLines(rig.database).file("inv", 3);
            QueuedLine second = rig.blocks
                    .lines(rig.blocks
                            .waiting(SendingRig.MSN, LocalDate.EPOCH, false, 1)
                            .get(0))
                    .get(1);
            Reason reason = Reason.of(ReasonCode.CANCELLED_BEFORE_SENDING, second.orderId());
            rig.charges.notSeen(
                    second,
                    SendingRig.MSN,
                    Optional.empty(),
                    ChargeStatus.CANCELLED,
                    Optional.of(reason),
                    false,
                    Optional.empty());
            new Events(rig.jdbc, rig.clock)
                    .notAtApi(second, SendingRig.MSN, Optional.empty(), ChargeStatus.CANCELLED, reason);
            rig.clock.advance(Duration.ofMinutes(1));

            Lease lease = rig.lease();

            assertThat(lease.lineCount()).isEqualTo(2);
            assertThat(body(lease)).contains("inv-00000001", "inv-00000003").doesNotContain("inv-00000002");
        }
    }
}
