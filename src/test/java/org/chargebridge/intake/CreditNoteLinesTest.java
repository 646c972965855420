package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways out for an invoice that came with its credit note (MR19). */
class CreditNoteLinesTest {

    private static final String ROW = "action;invoice_number;original_invoice_number;agreement_id;amount;due_date\n";

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @BeforeEach
    void bothAreHeld() {
        rig.receive("a.csv", ROW + ";1001;;agr_abc1;100,00;2026-12-01\n" + ";K1;1001;;-40,00;\n");
        assertThat(rig.answers("a.csv")).containsExactly("2 HELD CREDITED_IN_FILE", "3 HELD CREDIT_NOTE");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void anOperatorReleasesTheInvoiceAndThenTheCreditNote() throws Exception {
        rig.redrive("CREDITED_IN_FILE");
        rig.redrive("CREDIT_NOTE");

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        assertThat(rig.letters()).isEmpty();
    }

    @Test
    void aCreditNoteThatNamesNoInvoiceIsToldSo() throws Exception {
        rig.receive("b.csv", ROW + ";K2;;;-40,00;\n");

        assertThat(rig.answers("b.csv")).containsExactly("2 HELD CREDIT_NOTE");
        String invoice = rig.jdbc
                .sql("select reason_arguments[1] from intake_exception where invoice_number = 'K2'")
                .query(String.class)
                .single();
        assertThat(ReasonTexts.text(Reason.of(ReasonCode.CREDIT_NOTE, invoice), Locale.ENGLISH))
                .contains("(for an invoice that it does not name)");
    }

    @Test
    void theErpDropsTheCreditNoteAndSendsTheInvoiceWithWhatIsLeft() {
        rig.receive("errors-a.csv", ROW + "discard;K1;1001;;-40,00;\n" + ";1001;;agr_abc1;60,00;2026-12-01\n");

        assertThat(rig.answers("errors-a.csv")).containsExactly("2 IGNORED DISCARDED", "3 ACCEPTED -");
        assertThat(rig.recorded()).singleElement().asString().contains(" 6000 ");
        assertThat(rig.letters()).isEmpty();
    }

    @Test
    void theErpDropsBoth() {
        rig.receive("errors-a.csv", ROW + "discard;1001;;agr_abc1;100,00;2026-12-01\n" + "discard;K1;1001;;-40,00;\n");

        assertThat(rig.answers("errors-a.csv")).containsExactly("2 IGNORED DISCARDED", "3 IGNORED DISCARDED");
        assertThat(rig.recorded()).isEmpty();
        assertThat(rig.letters()).isEmpty();
    }
}
