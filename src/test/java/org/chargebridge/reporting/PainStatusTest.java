package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chargebridge.channel.ChannelBuilder.channel;

import com.prowidesoftware.swift.model.mx.MxPain00200103;
import com.prowidesoftware.swift.model.mx.dic.CustomerPaymentStatusReportV03;
import com.prowidesoftware.swift.model.mx.dic.OriginalPaymentInformation1;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransactionInformation25;
import com.prowidesoftware.swift.model.mx.dic.StatusReasonInformation8;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.Events;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PainStatusTest {

    private static final String NAME = "status-sap-1-20261121T050000Z.pain002.xml";

    private final ReportingRig rig = new ReportingRig(channel()
            .name("sap")
            .language("da")
            .reports(r -> new Channel.Reports(List.of("0 0 6 * * ?"), Channel.StatusFormat.PAIN_002, true)));

    @AfterEach
    void close() {
        rig.close();
    }

    private void write() {
        rig.clock.moveTo("2026-11-21T05:00:00Z");
        rig.statusReports.write("sap");
    }

    private long sample() {
        long file = rig.file("sap", "a-name-that-is-longer-than-a-reference-may-be.csv");
        long second = rig.file("sap", "second.csv");
        for (int position = 2; position <= 7; position++) {
            rig.accepted(file, position, "100" + position, 10_000L + position, Optional.empty());
        }
        rig.accepted(second, 2, "a number of a document that is longer than 35", 50_000, Optional.empty());
        rig.change(file, 2, "sap", "CHARGED", Map.of("amount_captured", 10_002L, "transaction_id", "5001419121"));
        rig.change(second, 2, "sap", "CHARGED", Map.of("amount_captured", 50_000L));
        rig.change(file, 3, "sap", "FAILED", Map.of("failure_reason", "insufficient_funds"));
        rig.change(file, 4, "sap", "UNCONFIRMED", Map.of());
        rig.change(
                file,
                5,
                "sap",
                "REFUSED",
                Map.of("reason_code", "AGREEMENT_NOT_ACTIVE", "reason_arguments", new String[] {
                    "agr_demo0001", "STOPPED"
                }));
        rig.change(file, 6, "sap", "FAILED", Map.of("failure_reason", "a_new_word"));
        rig.change(file, 2, "sap", "PARTIALLY_REFUNDED", Map.of("amount_captured", 10_002L, "amount_refunded", 2L));
        rig.change(file, 7, "sap", "PENDING", Map.of("reportable", false));
        new Events(rig.jdbc(), rig.clock).recordAgreement("sap", "123456", "agr_demo0009", "STOPPED");
        return file;
    }

    private CustomerPaymentStatusReportV03 read() {
        return MxPain00200103.parse(rig.text(NAME)).getCstmrPmtStsRpt();
    }

    @Test
    void aReportLooksLikeTheSample() throws IOException {
        sample();

        write();

        assertThat(rig.names()).containsExactly(NAME);
        IsoSchema.assertValid(rig.bytes(NAME), MxPain00200103.class);
        GoldenFile.assertSame(NAME, rig.bytes(NAME));
    }

    @Test
    void eachFileIsTheOriginalOfItsLines() {
        sample();

        write();

        assertThat(read().getOrgnlPmtInfAndSts())
                .extracting(OriginalPaymentInformation1::getOrgnlPmtInfId)
                .satisfiesExactly(
                        first -> assertThat(first).hasSize(35).startsWith("a-name-that-is-longer"),
                        second -> assertThat(second).isEqualTo("second.csv"),
                        agreements -> assertThat(agreements).isEqualTo("NOTPROVIDED"));
    }

    @Test
    void moneyPaidBackIsNeitherAnotherCollectionNorAFailedOne() {
        sample();

        write();

        List<PaymentTransactionInformation25> transactions =
                read().getOrgnlPmtInfAndSts().get(0).getTxInfAndSts();
        assertThat(transactions)
                .extracting(PaymentTransactionInformation25::getOrgnlEndToEndId)
                .containsExactly("1002", "1003", "1004", "1005", "1006", "1002");
        assertThat(transactions)
                .extracting(each ->
                        Optional.ofNullable(each.getTxSts()).map(Enum::name).orElse("none"))
                .containsExactly("ACSC", "RJCT", "PDNG", "RJCT", "RJCT", "none");
        assertThat(words(transactions.get(5))).contains("PARTIALLY_REFUNDED").contains("refunded 0.02");
    }

    private static String words(PaymentTransactionInformation25 transaction) {
        return transaction.getStsRsnInf().stream()
                .filter(each -> each.getRsn() == null)
                .map(StatusReasonInformation8::getAddtlInf)
                .map(lines -> String.join(" ", lines))
                .reduce("", String::concat);
    }

    @Test
    void aReasonHasIsosCodeWhereThereIsOneAndOursAlways() {
        sample();

        write();

        List<PaymentTransactionInformation25> transactions =
                read().getOrgnlPmtInfAndSts().get(0).getTxInfAndSts();
        assertThat(codes(transactions.get(1))).containsExactly("AM04", "USER_ACTION_REQUIRED");
        assertThat(codes(transactions.get(2))).containsExactly("OUTCOME_UNKNOWN");
        assertThat(codes(transactions.get(3))).containsExactly("MD01", "AGREEMENT_NOT_ACTIVE");
        assertThat(codes(transactions.get(4))).containsExactly("MS03", "FAILED_WITHOUT_REASON");
    }

    private static List<String> codes(PaymentTransactionInformation25 transaction) {
        return transaction.getStsRsnInf().stream()
                .filter(each -> each.getRsn() != null)
                .map(each -> Optional.ofNullable(each.getRsn().getCd())
                        .orElse(each.getRsn().getPrtry()))
                .toList();
    }

    @Test
    void theStatusesAreCountedAndAddedUpBeforeTheLines() {
        sample();

        write();

        assertThat(read().getOrgnlGrpInfAndSts().getNbOfTxsPerSts())
                .extracting(
                        each -> each.getDtldSts().name(), each -> each.getDtldNbOfTxs(), each -> each.getDtldCtrlSum())
                .containsExactly(
                        tuple("ACSC", "2", new BigDecimal("600.02")),
                        tuple("PDNG", "1", new BigDecimal("100.04")),
                        tuple("RJCT", "3", new BigDecimal("300.14")));
    }

    @Test
    void aReportWithoutChangesNamesTheOneBefore() {
        sample();
        write();
        rig.clock.moveTo("2026-11-22T05:00:00Z");

        rig.statusReports.write("sap");

        String second = "status-sap-2-20261122T050000Z.pain002.xml";
        IsoSchema.assertValid(rig.bytes(second), MxPain00200103.class);
        assertThat(rig.text(second)).contains("report 2, the one before is 1");
    }
}
