package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A document that was collected elsewhere, between two that are to be charged: it is never sent (MR21). */
class KnownDocumentsTest {

    private final SendingRig rig = new SendingRig();

    @BeforeEach
    void theSecondOfThreeIsKnown() {
        new RecordedLines(rig.database).file("file", 3);
        rig.jdbc
                .sql("update instruction set action = 'KNOWN', reason_code = 'REGISTERED_AS_KNOWN' where position = 2")
                .update();
        rig.jdbc.sql("update block set line_count = 2").update();
    }

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    private static void isWithoutIt(Lease lease) {
        assertThat(new String(lease.body(), StandardCharsets.UTF_8))
                .contains("\"file-0000000")
                .doesNotContain("file-00000002");
    }

    @Test
    void theRequestHoldsTheOthers() {
        Lease lease = rig.lease();

        isWithoutIt(lease);
        assertThat(lease.lineCount()).isEqualTo(2);
    }

    @Test
    void norIsItInAnyPartOfARequestThatWasRefused() {
        rig.answer(rig.lease(), 400, "{\"title\":\"no\"}");
        for (int half = 0; half < 2; half++) {
            Lease lease = rig.lease();
            isWithoutIt(lease);
            assertThat(lease.lineCount()).isEqualTo(1);
            rig.answer(lease, 400, "{\"title\":\"no\"}");
        }

        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.count("select count(*) from charge where position in (1, 3)"))
                .isEqualTo(2);
        assertThat(rig.count("select count(*) from charge where position = 2")).isZero();
    }

    @Test
    void nothingIsToldOfItWhenTheRequestIsNeverAnswered() {
        rig.answer(rig.lease(), 500, "");
        rig.clock.advance(Duration.ofMinutes(16));

        assertThat(rig.nothingMayGo()).isTrue();
        assertThat(rig.count("select count(*) from charge where status = 'UNCONFIRMED'"))
                .isEqualTo(2);
        assertThat(rig.count("select count(*) from charge where position = 2")).isZero();
    }
}
