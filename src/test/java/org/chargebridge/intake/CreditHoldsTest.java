package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An invoice that is recorded and not sent yet waits with a credit note that waits for a person (MR19). */
class CreditHoldsTest {

    private static final String ROW = "action;invoice_number;original_invoice_number;agreement_id;amount;due_date\n";

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    private List<String> charges() {
        return rig.jdbc
                .sql("select position || ' ' || status || ' ' || reason_code from charge order by position")
                .query(String.class)
                .list();
    }

    /** The credit note's line has no end: it may be half of one, and nobody acts on it. */
    @Test
    void onlyTheInvoiceThatIsCreditedWaitsUntilAPersonLetsBothGo() throws Exception {
        rig.receive("a.csv", ROW + ";1001;;agr_abc1;100,00;2026-12-01\n" + ";1002;;agr_abc1;100,00;2026-12-01\n");

        rig.receive("b.csv", ROW + ";K1;1001;;-40,00;");

        assertThat(rig.answers("b.csv")).containsExactly("2 HELD FINAL_LINE_UNFINISHED");
        assertThat(charges()).containsExactly("2 HELD CREDITED_IN_FILE");
        assertThat(rig.letters()).containsExactlyInAnyOrder("LINE FINAL_LINE_UNFINISHED", "LINE CREDITED_IN_FILE");
        rig.redrive("CREDITED_IN_FILE");
        rig.redrive("FINAL_LINE_UNFINISHED");
        assertThat(charges()).isEmpty();
        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -");
        assertThat(rig.letters()).isEmpty();
    }

    @Test
    void aPersonGivesTheInvoiceUpAndThatIsTold() throws Exception {
        rig.receive("a.csv", ROW + ";1001;;agr_abc1;100,00;2026-12-01\n");
        rig.receive("b.csv", ROW + ";K1;1001;;-40,00;");

        rig.discard("CREDITED_IN_FILE");

        assertThat(charges()).containsExactly("2 REFUSED DISCARDED");
        assertThat(rig.jdbc
                        .sql("select status || ' ' || reason_code from event where reportable order by id")
                        .query(String.class)
                        .list())
                .containsExactly("HELD CREDITED_IN_FILE", "REFUSED DISCARDED");
    }
}
