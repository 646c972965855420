package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.ledger.Attempts;
import org.chargebridge.ledger.QueuedLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Later charges of an invoice, and when there may be one (MR7, MR8). */
class AttemptsTest extends OperationRig {

    private static final String FIRST = "inv-00000001";
    private static final LocalDate DUE = LocalDate.parse("2026-12-05");

    private final Attempts attempts = new Attempts(jdbc, clock);

    /** The invoice's first charge failed, and another of 60.00 was made in its place; the file of both. */
    private long chargedAnew() {
        long file = charge("inv", "FAILED");
        jdbc.sql("update instruction set external_id = 'INV1', transaction_type = 'RESERVE_CAPTURE', retry_days = 3")
                .update();
        operation(file, Action.RETRY, 0);
        create(file);
        return file;
    }

    private String create(long file) {
        QueuedLine before = targets.of(operation(file)).orElseThrow().line();
        return attempts.create(operation(file), before, 6_000, DUE, "again");
    }

    private void second(ChargeStatus status) {
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                            retry_days, changed_at)
                        select file_id, position, order_id, msn, 'demo', agreement_id, :status, effective_due,
                            retry_days, now()
                        from instruction where attempt = 2
                        """)
                .param("status", status.name())
                .update();
    }

    /** No report was made of the states that a test gave it. */
    @AfterEach
    void forgetSecond() {
        jdbc.sql("delete from charge where position = 100").update();
    }

    @Test
    void anotherChargeHasTheNextSuffixAndNoExternalIdAndIsOtherwiseLikeTheOneBefore() {
        chargedAnew();

        assertThat(jdbc.sql(
                                """
                                select order_id || ' ' || amount_minor || ' ' || effective_due || ' ' || agreement_id || ' '
                                    || retry_days || ' ' || transaction_type || ' ' || coalesce(external_id, '-')
                                from instruction where attempt_of = :first
                                """)
                        .param("first", FIRST)
                        .query(String.class)
                        .list())
                .containsExactly(FIRST + "-2 6000 2026-12-05 agr_demo0001 3 RESERVE_CAPTURE -");
        assertThat(jdbc.sql("select line_count from block where dispatch_id is null")
                        .query(Integer.class)
                        .list())
                .containsExactly(1);
    }

    @Test
    void itKeepsTheDateThatItsLineAsksForBesideTheOneItIsDueOnAndWithoutOneThatIsKept() {
        long file = charge("inv", "FAILED");
        operation(file, Action.RETRY, 0);
        jdbc.sql("update operation set requested_due = '2026-11-30'").update();
        create(file);
        long another = charge("another", "FAILED");
        operation(another, Action.RETRY, 0);
        create(another);

        assertThat(jdbc.sql("select requested_due || ' ' || effective_due from instruction where attempt = 2"
                                + " order by file_id")
                        .query(String.class)
                        .list())
                .containsExactly("2026-11-30 2026-12-05", "2026-12-05 2026-12-05");
    }

    @Test
    void aRetryAsksForWhatTheLatestChargeAskedFor() {
        charge("other", "FAILED");
        long file = charge("inv", "FAILED");
        assertThat(attempts.latestAmount(FIRST)).isEqualTo(10_000);

        operation(file, Action.RETRY, 0);
        create(file);
        assertThat(attempts.latestAmount(FIRST)).isEqualTo(6_000);
    }

    /** What the ledger knows nothing of yet may be paid. */
    @Test
    void aChargeThatWasNotLookedUpYetIsOpen() {
        chargedAnew();

        assertThat(attempts.openOrPaid(FIRST, FIRST)).hasValueSatisfying(attempt -> assertThat(attempt)
                .isEqualTo(new Attempts.Attempt(FIRST + "-2", ChargeStatus.UNCONFIRMED, DUE)));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChargeStatus.class,
            names = {"FAILED", "CANCELLED", "REFUSED"})
    void aChargeThatCollectsNothingMoreIsNeitherOpenNorPaid(ChargeStatus status) {
        chargedAnew();
        second(status);

        assertThat(attempts.openOrPaid(FIRST, FIRST)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ChargeStatus.class,
            names = {"FAILED", "CANCELLED", "REFUSED"},
            mode = Mode.EXCLUDE)
    void anyOtherIsAndKeepsTheInvoiceFromBeingChargedAgain(ChargeStatus status) {
        chargedAnew();
        second(status);

        assertThat(attempts.openOrPaid(FIRST, FIRST))
                .map(Attempts.Attempt::status)
                .contains(status);
        assertThat(attempts.openOrPaid(FIRST, FIRST + "-2"))
                .as("the first one failed")
                .isEmpty();
        assertThat(attempts.openOrPaid("other-00000001", FIRST)).isEmpty();
    }
}
