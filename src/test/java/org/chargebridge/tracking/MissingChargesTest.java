package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is concluded from a charge that is not found, and what is not (MR4). */
class MissingChargesTest {

    private final TrackingRig rig = new TrackingRig();

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    /** A charge that was looked up once and not found, of which the ledger knows more than that. */
    private long missingOnce(String due, String known) {
        long file = rig.acknowledged("file", 1, due);
        look();
        rig.jdbc
                .sql("update charge set " + known + ", next_check_at = now() - interval '1 year'")
                .update();
        return file;
    }

    private void look() {
        rig.missing(rig.plan.next(TrackingRig.MSN).get(0));
    }

    private long sentSingly() {
        return rig.count("select count(*) from block where single");
    }

    @Test
    void anOrderIdThatIsTakenThoughNotOnThisAgreementIsForAPersonAndNeverSentAgain() {
        long file = missingOnce("2026-12-01", "refusal_claimed = true, http_status = 409");

        look();

        assertThat(rig.status(file, 1)).isEqualTo("HELD");
        assertThat(rig.reported()).containsExactly("HELD");
        assertThat(rig.count(
                        "select count(*) from dead_letter where state = 'OPEN' and reason_code = 'ORDER_ID_TAKEN'"))
                .isOne();
        assertThat(sentSingly()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // The earliest due date is the next day, and after 22:00 in the market the one after.
        "2026-11-20T12:00:00Z, 2026-11-21, 1",
        "2026-11-20T21:30:00Z, 2026-11-21, 0",
        "2026-11-20T21:30:00Z, 2026-11-22, 1"
    })
    void whatWasNeverAnsweredIsSentAgainOnlyWhileItsDueDateCanBeMet(String now, String due, long sent) {
        long file = missingOnce(due, "unanswered = true");
        rig.clock.moveTo(now);

        look();

        assertThat(sentSingly()).isEqualTo(sent);
        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 0"})
    void whatIsNeverAnsweredIsSentAgainAFewTimesOnly(int singleSends, long sent) {
        missingOnce("2026-12-01", "unanswered = true, single_sends = " + singleSends);
        rig.clock.advance(Duration.ofHours(2));

        look();

        assertThat(sentSingly()).isEqualTo(sent);
        assertThat(rig.count("select single_sends from charge")).isEqualTo(3);
    }

    @Test
    void nothingIsSentAgainWithinTheGracePeriod() {
        missingOnce("2026-12-01", "unanswered = true");

        look();
        assertThat(sentSingly()).isZero();
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();

        rig.clock.advance(Duration.ofMinutes(61));
        look();
        assertThat(sentSingly()).isOne();
        assertThat(rig.plan.next(TrackingRig.MSN))
                .as("its answer is waited for")
                .isEmpty();
    }

    @Test
    void anAcknowledgedChargeIsNeverSentAgain() {
        missingOnce("2026-12-01", "unanswered = false");
        rig.clock.advance(Duration.ofDays(2));

        look();

        assertThat(sentSingly()).isZero();
    }

    @Test
    void aRefusalOfARequestThatWasNotAnsweredBeforeIsNotBelieved() {
        long file = missingOnce("2026-12-01", "refusal_claimed = true, http_status = 400, unanswered = true");
        rig.clock.advance(Duration.ofHours(2));

        look();

        assertThat(rig.status(file, 1)).isEqualTo("UNCONFIRMED");
        assertThat(sentSingly()).isOne();
    }

    @Test
    void nothingIsConcludedFromAChargeThatWasThereAndIsGone() {
        long file = rig.acknowledged("file", 1, "2026-12-01");
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "DUE", "");
        rig.clock.moveTo("2026-12-01T12:00:00Z");

        look();

        assertThat(rig.status(file, 1)).isEqualTo("DUE");
        assertThat(rig.reported()).isEmpty();
        assertThat(sentSingly()).isZero();
        rig.clock.advance(Duration.ofHours(23));
        assertThat(rig.plan.next(TrackingRig.MSN)).isEmpty();
        rig.clock.advance(Duration.ofHours(2));
        rig.found(rig.plan.next(TrackingRig.MSN).get(0), "CHARGED", "");
        assertThat(rig.reported()).containsExactly("CHARGED");
    }
}
