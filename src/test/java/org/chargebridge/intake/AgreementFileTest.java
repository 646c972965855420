package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgreementFileTest {

    private static final String MAPPING = "key_type;key;agreement_id;currency;retry_days;valid_from;valid_to\n";
    private static final String INVOICES = "fakturanr;kundenr;kid;beløp;forfall\n";

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theErrorsFileOfAMappingTableIsTakenBackCorrected() {
        rig.receive("agreements-2.csv", MAPPING + "CUSTOMER_NO;C1;one;NOK;;;\n");
        rig.receive(
                "errors-agreements-2-12345678.csv",
                MAPPING.strip() + ";reason_code;reason_text\n"
                        + "CUSTOMER_NO;C1;agr_one1;NOK;;;;AGREEMENT_ID_MALFORMED;The agreement id one\n");
        rig.receive("invoices.csv", INVOICES + "1;C1;;100;2026-12-01\n");

        assertThat(rig.answers("agreements-2.csv")).containsExactly("2 REFUSED AGREEMENT_ID_MALFORMED");
        assertThat(rig.answers("errors-agreements-2-12345678.csv")).containsExactly("2 ACCEPTED MAPPING_RECORDED");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 ACCEPTED -");
        assertThat(FileNames.isAgreements("errors-errors-agreements.csv")).isTrue();
        assertThat(FileNames.isAgreements("errors-invoices.csv")).isFalse();
    }

    @Test
    void linesFindTheirAgreementByCustomerOrKid() {
        rig.receive(
                "agreements.csv",
                MAPPING
                        + "CUSTOMER_NO;C1;agr_one1;NOK;7;;\n"
                        + "KID;0012345;agr_two2;;;;\n"
                        + "KID_CUSTOMER_PART;3-6=4711;agr_three3;;;;\n"
                        + "kid-customer-part;99;agr_four4;;;;\n"
                        + "ORG_NO;987654321;agr_five5;;;;\n");
        rig.receive(
                "invoices.csv",
                INVOICES
                        + "1;C1;;100;2026-12-01\n"
                        + "2;;00 123 45;100;2026-12-01\n"
                        + "3;;00471100017;100;2026-12-01\n"
                        + "4;;9900017;100;2026-12-01\n"
                        + "5;987654321;;100;2026-12-01\n"
                        + "6;C1;9900017;100;2026-12-01\n"
                        + "7;C2;;100;2026-12-01\n");

        assertThat(rig.answers("agreements.csv"))
                .containsExactly(
                        "2 ACCEPTED MAPPING_RECORDED",
                        "3 ACCEPTED MAPPING_RECORDED",
                        "4 ACCEPTED MAPPING_RECORDED",
                        "5 ACCEPTED MAPPING_RECORDED",
                        "6 ACCEPTED MAPPING_RECORDED");
        assertThat(rig.answers("invoices.csv"))
                .containsExactly(
                        "2 ACCEPTED -",
                        "3 ACCEPTED -",
                        "4 ACCEPTED -",
                        "5 ACCEPTED -",
                        "6 ACCEPTED -",
                        "7 REFUSED AGREEMENT_AMBIGUOUS",
                        "8 REFUSED AGREEMENT_UNKNOWN");
        assertThat(rig.recorded())
                .containsExactly(
                        "demo-1 10000 2026-12-01 agr_one1",
                        "demo-2 10000 2026-12-01 agr_two2",
                        "demo-3 10000 2026-12-01 agr_three3",
                        "demo-4 10000 2026-12-01 agr_four4",
                        "demo-5 10000 2026-12-01 agr_five5");
        assertThat(rig.jdbc
                        .sql("select retry_days from instruction order by position limit 2")
                        .query(Integer.class)
                        .list())
                .containsExactly(7, 5);
        assertThat(rig.receipts()).containsExactly("agreements 1", "invoices 1");
    }

    @Test
    void linesThatWaitForAnAgreementAreJudgedAgainAndGetAReceiptAndBlocksOfTheirOwn() {
        rig.receive(
                "invoices.csv",
                INVOICES
                        + "1;C1;;100;2026-12-01\n"
                        + "2;C2;;100;2026-12-01\n"
                        + "3;C1;;100;2026-12-01\n"
                        + "4;C3;;100;2026-12-01\n");
        rig.writeReceipts();
        rig.receive("agreements-1.csv", MAPPING + "CUSTOMER_NO;C2;agr_two2;;;;\n");
        rig.writeReceipts();
        rig.receive("agreements-2.csv", MAPPING + "CUSTOMER_NO;C1;agr_one1;;;;\n");

        assertThat(rig.answers("invoices.csv"))
                .containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 ACCEPTED -", "5 REFUSED AGREEMENT_UNKNOWN");
        assertThat(rig.blocks()).containsExactly("2-2 1", "3-3 1", "4-4 1");
        assertThat(rig.receipts())
                .containsExactly("invoices 1", "invoices 2", "agreements-1 1", "invoices 3", "agreements-2 1");
    }

    @Test
    void rowsThatOverlapInOneFileAreBothRefusedAndRepeatedOnesAreDuplicates() {
        rig.receive(
                "agreements.csv",
                MAPPING
                        + "CUSTOMER_NO;C1;agr_one1;;;;2026-12-31\n"
                        + "CUSTOMER_NO;C1;agr_two2;;;2026-12-31;\n"
                        + "CUSTOMER_NO;C2;agr_one1;;;;2026-12-31\n"
                        + "CUSTOMER_NO;C2;agr_two2;;;2027-01-01;\n"
                        + "CUSTOMER_NO;C3;agr_three3;;;;\n"
                        + "CUSTOMER_NO;C3;agr_three3;;;;\n"
                        + "WHAT;C3;agr_three3;;;;\n"
                        + "CUSTOMER_NO;C4;three;;;;\n"
                        + "CUSTOMER_NO;C4;agr_four4;SEK;;;\n"
                        + "CUSTOMER_NO;C4;agr_four4;;;2027-01-01;2026-01-01\n"
                        + "KID_CUSTOMER_PART;1-3=12;agr_four4;;;;\n");

        assertThat(rig.answers("agreements.csv"))
                .containsExactly(
                        "2 REFUSED MAPPING_OVERLAP",
                        "3 REFUSED MAPPING_OVERLAP",
                        "4 ACCEPTED MAPPING_RECORDED",
                        "5 ACCEPTED MAPPING_RECORDED",
                        "6 ACCEPTED MAPPING_RECORDED",
                        "7 DUPLICATE ALREADY_RECORDED",
                        "8 REFUSED MAPPING_KEY_TYPE_UNKNOWN",
                        "9 REFUSED AGREEMENT_ID_MALFORMED",
                        "10 REFUSED CURRENCY_NOT_SUPPORTED",
                        "11 REFUSED MAPPING_INVALID",
                        "12 REFUSED MAPPING_INVALID");

        rig.receive("invoices.csv", INVOICES + "1;C2;;100;2026-12-31\n2;C2;;100;2027-01-01\n3;C1;;100;2026-12-01\n");
        assertThat(rig.recorded())
                .containsExactly("demo-1 10000 2026-12-31 agr_one1", "demo-2 10000 2027-01-01 agr_two2");
    }

    @Test
    void aRowEndsByItsValidToAndTheSameTableSentAgainChangesNothing() {
        rig.receive("agreements.csv", MAPPING + "CUSTOMER_NO;C1;agr_one1;;;;\n");
        rig.receive("agreements-2.csv", MAPPING + "CUSTOMER_NO;C1;agr_one1;;;;\n\n");
        rig.receive("agreements-3.csv", MAPPING + "CUSTOMER_NO;C1;agr_one1;;;;2026-12-10\n");
        rig.receive("invoices.csv", INVOICES + "1;C1;;100;2026-12-10\n2;C1;;100;2026-12-11\n");

        assertThat(rig.answers("agreements-2.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED");
        assertThat(rig.answers("agreements-3.csv")).containsExactly("2 ACCEPTED MAPPING_RECORDED");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED AGREEMENT_UNKNOWN");
    }

    @Test
    void aKeyPointedToAnotherAgreementWaitsForApprovalAndItsNewChargesAreHeld() throws Exception {
        rig.receive("agreements.csv", MAPPING + "CUSTOMER_NO;C1;agr_one1;;;;\nCUSTOMER_NO;C2;agr_two2;;;;\n");
        rig.receive("agreements-2.csv", MAPPING + "CUSTOMER_NO;C1;agr_new1;;;;\nCUSTOMER_NO;C2;agr_new2;;;;\n");
        rig.receive("invoices.csv", INVOICES + "1;C1;;100;2026-12-01\n2;C2;;100;2026-12-01\n");

        assertThat(rig.answers("agreements-2.csv"))
                .containsExactly("2 HELD MAPPING_WAITS_FOR_APPROVAL", "3 HELD MAPPING_WAITS_FOR_APPROVAL");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 HELD AGREEMENT_CHANGED", "3 HELD AGREEMENT_CHANGED");
        assertThat(rig.letters())
                .containsExactly("MAPPING MAPPING_WAITS_FOR_APPROVAL", "MAPPING MAPPING_WAITS_FOR_APPROVAL");

        assertThat(rig.redrive("MAPPING_WAITS_FOR_APPROVAL")).contains("1 waiting line was judged again");
        rig.discard("MAPPING_WAITS_FOR_APPROVAL");

        assertThat(rig.recorded())
                .containsExactly("demo-1 10000 2026-12-01 agr_new1", "demo-2 10000 2026-12-01 agr_two2");
        assertThat(rig.answers("agreements-2.csv"))
                .containsExactly("2 ACCEPTED MAPPING_RECORDED", "3 IGNORED DISCARDED");
    }

    @Test
    void anAgreementInAnotherCurrencyIsRefused() {
        rig.receive("agreements.csv", MAPPING + "CUSTOMER_NO;C1;agr_one1;DKK;;;\n");
        rig.receive("invoices.csv", INVOICES + "1;C1;;100;2026-12-01\n");

        assertThat(rig.answers("invoices.csv")).containsExactly("2 REFUSED CURRENCY_MISMATCH");
    }

    @Test
    void aFileThatIsNoMappingTableIsRefused() {
        rig.receive("agreements.csv", INVOICES + "1;C1;;100;2026-12-01\n");

        assertThat(rig.fileState("agreements.csv")).isEqualTo("REFUSED FILE_LAYOUT_UNKNOWN");
    }
}
