package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.chargebridge.charge.Action;
import org.chargebridge.ledger.CountedRefunds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts against a channel's ceiling of a day (MR24). */
class RefundCeilingTest extends OperationRig {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

    private final CountedRefunds refunds = new CountedRefunds(jdbc);
    private long one;
    private long other;

    @BeforeEach
    void twoRefundsOfToday() {
        one = refundOf("A", 4_000);
        other = refundOf("B", 2_500);
    }

    private long refundOf(String prefix, long amountMinor) {
        long file = charge(prefix, "CHARGED");
        operation(file, Action.REFUND, amountMinor);
        refunds.count(operation(file), TODAY);
        return file;
    }

    private long beside(long file, LocalDate day) {
        return database.transactions().execute(tx -> refunds.beside(operation(file), day));
    }

    private void changeOther(String what) {
        jdbc.sql("update operation set " + what + " where file_id = :file")
                .param("file", other)
                .update();
    }

    @Test
    void theOtherRefundsOfTheDayCountAndARefundNeverBesideItself() {
        assertThat(beside(one, TODAY)).isEqualTo(2_500);
        assertThat(beside(other, TODAY)).isEqualTo(4_000);
    }

    @Test
    void oneOfAFilesRefundsCountsByItself() {
        long file = charge("C", "CHARGED");
        operation(file, Action.REFUND, 1_000);
        jdbc.sql("update operation set position = 101, identity = identity || ' 2' where file_id = :file")
                .param("file", file)
                .update();
        operation(file, Action.REFUND, 3_000);

        refunds.count(operation(file), TODAY);

        assertThat(beside(one, TODAY)).isEqualTo(2_500 + 3_000);
        assertThat(beside(file, TODAY)).isEqualTo(2_500 + 4_000);
    }

    @Test
    void anotherDayCountsAnew() {
        assertThat(beside(one, TODAY.plusDays(1))).isZero();
    }

    @Test
    void anotherChannelHasACeilingOfItsOwn() {
        changeOther("channel = 'elsewhere'");

        assertThat(beside(one, TODAY)).isZero();
    }

    @Test
    void whatWasMadeCountsAndWhatWasRefusedDoesNot() {
        changeOther("state = 'DONE', next_attempt_at = null");
        assertThat(beside(one, TODAY)).isEqualTo(2_500);

        changeOther("state = 'REFUSED', next_attempt_at = null");
        assertThat(beside(one, TODAY)).isZero();
        changeOther("state = 'OPEN', next_attempt_at = recorded_at");
    }

    @Test
    void whatIsHeldCountsWhereItsRequestMayHaveBeenDone() {
        changeOther("state = 'HELD', next_attempt_at = null, body = '{\"amount\":2500}'");
        assertThat(beside(one, TODAY)).isEqualTo(2_500);

        changeOther("body = null");
        assertThat(beside(one, TODAY)).isZero();
        changeOther("state = 'OPEN', next_attempt_at = recorded_at");
    }

    @Test
    void aCreditNoteCountsWithWhatIsPaidBackAndNotWithWhatItSays() {
        changeOther("amount_minor = -9900, body = '{\"amount\":1200}'");
        assertThat(beside(one, TODAY)).isEqualTo(1_200);

        changeOther("body = null");
        assertThat(beside(one, TODAY)).isEqualTo(9_900);
    }
}
