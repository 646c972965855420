package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How lines that act on a charge are answered, and what becomes of them before anything is sent. */
class OperationLinesTest {

    private static final String ROW =
            "action;invoice_number;original_invoice_number;order_id;agreement_id;amount;due_date\n";
    private static final String INVOICES = "action;invoice_number;agreement_id;amount;due_date\n";

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    private void invoices(String... numbers) {
        StringBuilder text = new StringBuilder(INVOICES);
        for (String number : numbers) {
            text.append("charge;").append(number).append(";agr_abc1;100,00;2026-12-01\n");
        }
        rig.receive("invoices.csv", text.toString());
    }

    @Test
    void theSameActionUnderTheSameNumberIsDoneOnceWhateverTheFile() {
        invoices("1001");
        rig.receive("a.csv", ROW + "refund;K1;1001;;;50,00;\n" + "refund;K2;1001;;;50,00;\n");
        rig.receive("b.csv", ROW + "refund;K1;1001;;;50,00;\n" + "refund;K2;1001;;;60,00;\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        assertThat(rig.answers("b.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED", "3 HELD CONFLICT");
    }

    /** Else a credit that is exported again, with the blank that another program writes, is paid out twice (MR1). */
    @Test
    void aNumberOfItsOwnIsTheSameWithABlankOfAnotherKindOrWithTwo() {
        invoices("1001");
        rig.receive("a.csv", ROW + "refund;K 1;1001;;;50,00;\n");
        rig.receive("b.csv", ROW + "refund;K\u00A01;1001;;;50,00;\n" + "refund;K  1;1001;;;50,00;\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -");
        assertThat(rig.answers("b.csv"))
                .containsExactly("2 DUPLICATE ALREADY_RECORDED", "3 DUPLICATE ALREADY_RECORDED");
    }

    @Test
    void theSameRefundIsOneWhicheverChargeOfItsInvoiceItNames() {
        invoices("1001");
        rig.receive("first.csv", ROW + "refund;K1;1001;;;50,00;\n");
        String later = collectedAgain("1001");
        rig.receive(
                "again.csv",
                ROW + "refund;K1;;" + later + ";;50,00;\n" + "refund;K2;;" + later + ";;50,00;\n"
                        + "refund;K2;1001;;;50,00;\n" + "refund;K3;1001;;;50,00;\n");
        rig.receive("once-more.csv", ROW + "refund;K2;;" + later + ";;50,00;\n");

        assertThat(rig.answers("again.csv"))
                .containsExactly(
                        "2 DUPLICATE ALREADY_RECORDED", "3 ACCEPTED -", "4 DUPLICATE ALREADY_RECORDED", "5 ACCEPTED -");
        assertThat(rig.answers("once-more.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED");
    }

    /** An invoice that failed may be called off at one time and its later charge at another. */
    @Test
    void otherActionsAreWantedOfEachChargeOfAnInvoice() {
        invoices("1001");
        rig.receive("a.csv", ROW + "cancel;1001;;;;;\n");
        rig.receive("b.csv", ROW + "cancel;;;" + collectedAgain("1001") + ";;;\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -");
        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -");
    }

    /** @return the order id of the charge that a retry made */
    private String collectedAgain(String number) {
        rig.receive("retry.csv", ROW + "retry;" + number + ";;;;;\n");
        return rig.jdbc
                .sql(
                        """
                        with attempt as (
                            insert into instruction (file_id, position, action, msn, order_id, invoice_number,
                                customer_number, kid, agreement_id, amount_minor, currency, requested_due,
                                effective_due, retry_days, description, digest, correction, cells, attempt_of, attempt)
                            select o.file_id, o.position, i.action, i.msn, o.target || '-2', i.invoice_number,
                                i.customer_number, i.kid, i.agreement_id, i.amount_minor, i.currency, i.requested_due,
                                i.effective_due, i.retry_days, i.description, o.digest, 0, o.cells, o.target, 2
                            from operation o join instruction i on i.order_id = o.target
                            where o.action = 'RETRY'
                            returning *), queued as (
                            insert into block (file_id, first_position, last_position, line_count, msn, channel,
                                earliest_due, recorded_at)
                            select file_id, position, position, 1, msn, 'demo', effective_due, now() from attempt)
                        select order_id from attempt
                        """)
                .query(String.class)
                .single();
    }

    @Test
    void whatWasRefusedLaterGivesItsNumberFree() {
        invoices("1001");
        rig.receive("a.csv", ROW + "refund;K1;1001;;;50,00;\n");
        rig.jdbc
                .sql("update operation set state = 'REFUSED', next_attempt_at = null")
                .update();
        rig.jdbc
                .sql("insert into event (occurred_at, channel, msn, file_id, position, status, reportable)"
                        + " select now(), channel, msn, file_id, position, 'REFUSED', true from operation")
                .update();
        rig.receive("b.csv", ROW + "refund;K1;1001;;;40,00;\n");

        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -");
        assertThat(rig.jdbc
                        .sql("select correction || ' ' || replaced from operation order by file_id")
                        .query(String.class)
                        .list())
                .containsExactly("0 true", "1 false");
    }

    @Test
    void aCancellationInTheSameFileMeansTheInvoiceIsNeverSent() {
        rig.receive(
                "a.csv",
                ROW + "charge;1001;;;agr_abc1;100,00;2026-12-01\n" + "charge;1002;;;agr_abc1;100,00;2026-12-01\n"
                        + "cancel;1001;;;;;\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 ACCEPTED -");
        assertThat(rig.jdbc
                        .sql("select status || ' ' || reason_code from charge")
                        .query(String.class)
                        .list())
                .containsExactly("CANCELLED CANCELLED_BEFORE_SENDING");
        assertThat(states()).containsExactly("CANCEL DONE");
    }

    @Test
    void whatALineNeedsIsAskedForAndWhatIsNotOursIsRefused() {
        invoices("1001");
        rig.receive("known.csv", INVOICES + "known;2001;agr_abc1;100,00;2026-11-01\n");
        rig.receive(
                "a.csv",
                ROW + "refund;1001;;;;50,00;\n" + "refund;;1001;;;50,00;\n" + "capture;C1;1001;;;;\n"
                        + "refund;K1;1001;;;0,50;\n" + "change;1001;;;;50,00;\n" + "cancel;2001;;;;;\n"
                        + "cancel;3001;;;;;\n" + "change;1001;;;;900000,00;2026-12-01\n");

        assertThat(rig.answers("a.csv"))
                .containsExactly(
                        "2 REFUSED FIELD_MISSING",
                        "3 REFUSED FIELD_MISSING",
                        "4 REFUSED FIELD_MISSING",
                        "5 REFUSED AMOUNT_BELOW_MINIMUM",
                        "6 REFUSED FIELD_MISSING",
                        "7 REFUSED TARGET_NOT_OURS",
                        "8 REFUSED TARGET_UNKNOWN",
                        "9 HELD ABOVE_MAX_PER_CHARGE");
        assertThat(states()).isEmpty();
    }

    @Test
    void aChargeThatWasMadeOnTheSalesUnitThatTheChannelHadBeforeIsNamedAsThat() {
        invoices("1001");
        rig.jdbc.sql("update instruction set msn = '654321'").update();
        rig.receive("a.csv", ROW + "cancel;1001;;;;;\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED TARGET_ON_OTHER_SALES_UNIT");
    }

    @Test
    void aRefusedLineIsJudgedAgainWhenItsFileComesAgain() {
        String text = ROW + "refund;K1;1001;;;50,00;\n";
        rig.receive("a.csv", text);
        assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED TARGET_UNKNOWN");
        invoices("1001");
        rig.receive("a.csv", text);

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -");
        rig.receive("a.csv", text);
        assertThat(states()).containsExactly("REFUND OPEN");
    }

    private List<String> states() {
        return rig.jdbc
                .sql("select action || ' ' || state from operation order by file_id, position")
                .query(String.class)
                .list();
    }
}
