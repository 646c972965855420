package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How lines that act on an agreement find it, and whose agreements they may name. */
class AgreementLinesTest {

    private static final String ROW = "action;invoice_number;customer_number;kid;agreement_id;amount;due_date\n";
    private static final String MAPPING = "key_type;key;agreement_id;currency;retry_days;valid_from;valid_to\n";

    private final IntakeRig rig = new IntakeRig(
            ChannelBuilder.channel().build(),
            ChannelBuilder.channel().name("other").sourceId("other").build());

    @AfterEach
    void close() {
        rig.close();
    }

    private void other(String name, String text) {
        rig.receive("other", name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAgreementIsFoundByTheKeysThatInvoicesAreFoundBy() {
        rig.receive(
                "agreements.csv",
                MAPPING + "CUSTOMER_NO;K1;agr_abc1;;;;\n" + "KID;123456;agr_abc2;;;;\n"
                        + "CUSTOMER_NO;K3;agr_old1;;;;\n");
        rig.receive("agreements-2.csv", MAPPING + "CUSTOMER_NO;K3;agr_new1;;;;\n");
        rig.receive(
                "a.csv",
                ROW + "update-agreement;U1;K1;;;50,00;\n" + "stop-agreement;S1;;123456;;;\n" + "query;;K1;;;;\n"
                        + "query;;K2;;;;\n" + "query;;K1;123456;;;\n" + "stop-agreement;;K1;;;;\n"
                        + "query;;K3;;;;\n" + "query;;;;;;\n");

        assertThat(rig.answers("a.csv"))
                .containsExactly(
                        "2 ACCEPTED -",
                        "3 ACCEPTED -",
                        "4 ACCEPTED -",
                        "5 REFUSED TARGET_AGREEMENT_UNKNOWN",
                        "6 REFUSED TARGET_AGREEMENT_UNCLEAR",
                        "7 REFUSED FIELD_MISSING",
                        "8 REFUSED TARGET_AGREEMENT_UNCLEAR",
                        "9 REFUSED FIELD_MISSING");
        assertThat(targets()).containsExactly("UPDATE_AGREEMENT agr_abc1", "STOP_AGREEMENT agr_abc2", "QUERY agr_abc1");
        assertThat(rig.jdbc
                        .sql("select agreement_id from query")
                        .query(String.class)
                        .list())
                .containsExactly("agr_abc1");
    }

    @Test
    void aLineThatFoundNothingIsNotCarriedOutLaterOnAnAgreementThatItNeverMeant() {
        rig.receive("a.csv", ROW + "stop-agreement;S1;K1;;;;\n");
        rig.receive("agreements.csv", MAPPING + "CUSTOMER_NO;K1;agr_abc1;;;;\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED TARGET_AGREEMENT_UNKNOWN");
        rig.receive("errors-a.csv", ROW + "stop-agreement;S1;K1;;;;\n" + "stop-agreement;S1;K1;;;;\n");
        assertThat(rig.answers("errors-a.csv")).containsExactly("2 ACCEPTED -", "3 DUPLICATE ALREADY_RECORDED");
    }

    @Test
    void whatOneLineStoppedStaysTheOnlyOneItStopsWhoeverTheKeyLeadsToLater() {
        rig.receive("agreements.csv", MAPPING + "CUSTOMER_NO;K1;agr_abc1;;;;2026-11-30\n");
        rig.receive("a.csv", ROW + "stop-agreement;S1;K1;;;;\n");
        rig.jdbc.sql("update agreement_mapping set agreement_id = 'agr_new1'").update();
        rig.receive("b.csv", ROW + "stop-agreement;S1;K1;;;;\n" + "stop-agreement;S2;K1;;;;\n");

        assertThat(rig.answers("b.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED", "3 ACCEPTED -");
        assertThat(targets()).containsExactly("STOP_AGREEMENT agr_abc1", "STOP_AGREEMENT agr_new1");
    }

    @Test
    void anAgreementOfAnotherSourceAloneIsUnknown() {
        other("agreements.csv", MAPPING + "CUSTOMER_NO;K1;agr_mapped1;;;;\n" + "CUSTOMER_NO;K2;agr_shared1;;;;\n");
        other("invoices.csv", ROW + "charge;1001;;;agr_charged1;10,00;2026-12-01\n");
        rig.receive("invoices.csv", ROW + "charge;1001;;;agr_shared1;10,00;2026-12-01\n");
        rig.receive(
                "a.csv",
                ROW + "query;;;;agr_mapped1;;\n" + "stop-agreement;;;;agr_charged1;;\n"
                        + "update-agreement;U1;;;agr_mapped1;50,00;\n" + "query;;;;agr_shared1;;\n"
                        + "query;;;;agr_nobody1;;\n");

        assertThat(rig.answers("a.csv"))
                .containsExactly(
                        "2 REFUSED TARGET_AGREEMENT_UNKNOWN",
                        "3 REFUSED TARGET_AGREEMENT_UNKNOWN",
                        "4 REFUSED TARGET_AGREEMENT_UNKNOWN",
                        "5 ACCEPTED -",
                        "6 ACCEPTED -");
        other("b.csv", ROW + "stop-agreement;;;;agr_charged1;;\n" + "query;;;;agr_shared1;;\n");
        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
    }

    private List<String> targets() {
        return rig.jdbc
                .sql("select action || ' ' || target from operation order by file_id, position")
                .query(String.class)
                .list();
    }
}
