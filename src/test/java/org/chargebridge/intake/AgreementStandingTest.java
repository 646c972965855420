package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an agreement stands at the API decides whether a line on it is taken. */
class AgreementStandingTest {

    private static final String INVOICES = "invoice_number;agreement_id;customer_number;amount;due_date\n";

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    private void agreement(String id, String status, boolean imported) {
        rig.jdbc
                .sql(
                        """
                        insert into agreement (msn, agreement_id, status, imported, changed_at)
                        values ('123456', :id, :status, :imported, now())
                        on conflict (msn, agreement_id) do update set status = excluded.status
                        """)
                .param("id", id)
                .param("status", status)
                .param("imported", imported)
                .update();
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,ACCEPTED -",
        "PENDING,REFUSED AGREEMENT_NOT_ACTIVE",
        "STOPPED,REFUSED AGREEMENT_NOT_ACTIVE",
        "EXPIRED,REFUSED AGREEMENT_NOT_ACTIVE",
        "MISSING,ACCEPTED -",
        "PAUSED,ACCEPTED -"
    })
    void onlyWhatIsKnownNotToBeActiveIsRefused(String status, String answer) {
        agreement("agr_one1", status, false);
        rig.receive("invoices.csv", INVOICES + "1;agr_one1;;100;2026-12-01\n");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 " + answer);
    }

    @Test
    void aLineThatFindsAnEndedAgreementByCustomerIsJudgedAgainWhenTheCustomerHasANewOne() {
        agreement("agr_old1", "STOPPED", false);
        String mapping = "key_type;key;agreement_id;valid_from;valid_to\n";
        rig.receive("agreements.csv", mapping + "CUSTOMER_NO;C1;agr_old1;;2026-11-30\n");
        rig.receive("invoices.csv", INVOICES + "1;;C1;100;2026-11-30\n2;;C1;100;2026-12-02\n");
        assertThat(rig.answers("invoices.csv"))
                .containsExactly("2 REFUSED AGREEMENT_NOT_ACTIVE", "3 REFUSED AGREEMENT_UNKNOWN");
        rig.receive(
                "agreements-2.csv", mapping + "ORG_NO;C1;agr_new1;2026-12-01;\nCUSTOMER_NO;C1;agr_old1;;2026-11-29\n");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 REFUSED AGREEMENT_UNKNOWN", "3 ACCEPTED -");
        rig.receive("agreements-3.csv", mapping + "ORG_NO;C1;agr_new1;2026-11-30;\n");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
    }

    @Test
    void blocksWithLinesOnImportedAgreementsWaitUntilTheirChargesAreKnown() {
        agreement("agr_one1", "ACTIVE", true);
        agreement("agr_two2", "ACTIVE", false);
        rig.receive("a.csv", INVOICES + "1;agr_one1;;100;2026-12-01\n");
        rig.receive("b.csv", INVOICES + "2;agr_two2;;100;2026-12-01\n");
        assertThat(waiting()).isEqualTo(1);
        rig.jdbc.sql("update block set check_agreements = false").update();
        rig.jdbc.sql("update agreement set charges_listed_at = now()").update();
        rig.receive("c.csv", INVOICES + "3;agr_one1;;100;2026-12-01\n");
        assertThat(waiting()).isZero();
        rig.jdbc
                .sql("insert into foreign_charge (msn, agreement_id, charge_id, amount_minor, status)"
                        + " values ('123456', 'agr_one1', 'chr-1', 100, 'DUE')")
                .update();
        rig.receive("d.csv", INVOICES + "4;agr_one1;;100;2026-12-01\n");
        assertThat(waiting()).isEqualTo(1);
    }

    private long waiting() {
        return rig.jdbc
                .sql("select count(*) from block where check_agreements")
                .query(Long.class)
                .single();
    }
}
