package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private final ReportingRig rig =
            new ReportingRig(channel().language("nb"), channel().name("other").language("en"));

    @AfterEach
    void close() {
        rig.close();
    }

    private static Reason reason(ReasonCode code, Object... arguments) {
        return Reason.of(code, arguments);
    }

    private long sample(String name) {
        long file = rig.fileReadAs("demo", name, "CSV", "UTF-8", ";", "Fakturanr", "Kundenr", "Beløp", "Forfall");
        rig.accepted(file, 2, "1001", 19900, Optional.empty());
        rig.accepted(file, 3, "1002", 45050, Optional.of(reason(ReasonCode.DUE_SHIFTED, "2026-11-19", "2026-12-01")));
        rig.exception(
                file,
                4,
                Answer.REFUSED,
                reason(ReasonCode.AMOUNT_INVALID, "Beløp", "tolv"),
                null,
                "NOK",
                "1003",
                "1003",
                "C4",
                "tolv",
                "01.12.2026");
        rig.exception(
                file,
                5,
                Answer.DUPLICATE,
                reason(ReasonCode.ALREADY_RECORDED, "november.csv", 7),
                5000L,
                "NOK",
                "1004",
                "1004",
                "C5",
                "50,00",
                "01.12.2026");
        rig.exception(
                file,
                6,
                Answer.HELD,
                reason(ReasonCode.ABOVE_MAX_PER_CHARGE, "250000.00", "100000.00"),
                25_000_000L,
                "NOK",
                "=1005",
                "=1005",
                "-C6;\"x\"",
                "250 000,00",
                "01.12.2026");
        rig.instruction(file, 7, "KNOWN", "1006", 12000, Optional.of(reason(ReasonCode.REGISTERED_AS_KNOWN)), "x");
        rig.exception(
                file,
                8,
                Answer.REFUSED,
                reason(ReasonCode.CURRENCY_MISMATCH, "EUR", "NOK"),
                1000L,
                "EUR",
                "1007",
                "1007",
                "C8",
                "10,00",
                "01.12.2026");
        return file;
    }

    @Test
    void receiptAndErrorsFileLookLikeTheSamples() throws IOException {
        long file = sample("invoices.csv");
        rig.sha256(file, ReportingRig.SHA);
        rig.requests.request(file, "invoices");

        rig.writeReceipts();

        assertThat(rig.names()).containsExactly("receipt-invoices-9f86d081.csv", "errors-invoices-9f86d081.csv");
        GoldenFile.assertSame("receipt-invoices-9f86d081.csv", rig.bytes("receipt-invoices-9f86d081.csv"));
        GoldenFile.assertSame("errors-invoices-9f86d081.csv", rig.bytes("errors-invoices-9f86d081.csv"));
        assertThat(rig.jdbc()
                        .sql("select distinct directory from outbound_file")
                        .query(String.class)
                        .single())
                .isEqualTo("demo/in");
    }

    @Test
    void jsonLinesAreAnsweredInJsonLines() throws IOException {
        long file = rig.fileReadAs("demo", "invoices.jsonl", "JSON_LINES", "UTF-8", null);
        rig.sha256(file, ReportingRig.SHA);
        rig.accepted(file, 1, "1001", 19900, Optional.empty());
        rig.exception(
                file,
                2,
                Answer.REFUSED,
                reason(ReasonCode.FIELD_MISSING, "dueDate"),
                45050L,
                "NOK",
                "1002",
                "{\"invoiceNumber\": \"1002\", \"amount\": 450.50, \"note\": \"=1+1\"}");
        rig.exception(
                file,
                3,
                Answer.REFUSED,
                reason(ReasonCode.RECORD_MALFORMED, 3, "no closing brace"),
                null,
                "NOK",
                "",
                "{\"invoiceNumber\": \"10");
        rig.requests.request(file, "invoices");

        rig.writeReceipts();

        GoldenFile.assertSame("receipt-invoices-9f86d081.jsonl", rig.bytes("receipt-invoices-9f86d081.jsonl"));
        GoldenFile.assertSame("errors-invoices-9f86d081.jsonl", rig.bytes("errors-invoices-9f86d081.jsonl"));
    }

    @Test
    void anErrorsFileHasTheInputsOwnCharactersAndDelimiter() {
        long file = rig.fileReadAs("demo", "win.csv", "CSV", "windows-1252", ",", "Fakturanr", "Beløp", "reason_code");
        rig.exception(
                file,
                2,
                Answer.HELD,
                reason(ReasonCode.FINAL_LINE_UNFINISHED),
                100L,
                "NOK",
                "7",
                "7",
                "1,00 – Ærlig",
                "OLD_REASON");
        rig.requests.request(file, "win");

        rig.writeReceipts();

        String text = new String(rig.bytes(rig.names().get(1)), Charset.forName("windows-1252"));
        assertThat(text)
                .startsWith("Fakturanr,Beløp,reason_code,reason_text\r\n7,\"1,00 – Ærlig\",FINAL_LINE_UNFINISHED,")
                .doesNotContain("OLD_REASON")
                .contains("linjeslutt, så filen kan være avkortet");
    }

    @Test
    void everyArrivalGetsTheSameReceiptUnderItsOwnName() {
        long file = sample("invoices.csv");
        rig.sha256(file, ReportingRig.SHA);
        rig.requests.request(file, "invoices");
        rig.requests.request(file, "invoices");
        rig.requests.request(file, "invoices (copy)");
        rig.writeReceipts();

        assertThat(rig.names().stream().filter(name -> name.startsWith("receipt")))
                .containsExactly(
                        "receipt-invoices-9f86d081.csv",
                        "receipt-invoices-9f86d081-2.csv",
                        "receipt-invoices (copy)-9f86d081.csv");
        assertThat(rig.bytes("receipt-invoices-9f86d081-2.csv")).isEqualTo(rig.bytes("receipt-invoices-9f86d081.csv"));
        assertThat(rig.bytes("receipt-invoices (copy)-9f86d081.csv"))
                .isEqualTo(rig.bytes("receipt-invoices-9f86d081.csv"));
    }

    @Test
    void linesRefusedAfterSendingComeBackInAnErrorsFileOfTheirOwn() {
        rig.withoutEvents();
        long file = rig.file("demo", "invoices.csv", "Fakturanr", "Beløp");
        rig.sha256(file, ReportingRig.SHA);
        rig.instruction(file, 2, "CHARGE", "1001", 19900, Optional.empty(), "1001", "199,00");
        rig.instruction(file, 3, "CHARGE", "1002", 20000, Optional.empty(), "1002", "200,00");
        rig.requests.request(file, "invoices");
        rig.writeReceipts();
        long request = rig.jdbc()
                .sql(
                        """
                        insert into receipt_request (file_id, kind, number, stem, requested_at)
                        values (?, 'ERRORS', 2, 'invoices', now()) returning id
                        """)
                .param(file)
                .query(Long.class)
                .single();
        rig.jdbc()
                .sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status,
                            reason_code, reason_arguments, due, retry_days, changed_at, errors_request_id)
                        select ?, 3, 'demo-1002', '123456', 'demo', 'agr_demo0001', 'REFUSED', 'REFUSED_BY_API',
                            array['400', 'Agreement is not active'], '2026-12-01', 5, now(), ?
                        """)
                .params(file, request)
                .update();

        rig.writeReceipts();

        assertThat(rig.names()).containsExactly("receipt-invoices-9f86d081.csv", "errors-invoices-9f86d081-2.csv");
        assertThat(rig.text("errors-invoices-9f86d081-2.csv"))
                .startsWith("Fakturanr;Beløp;reason_code;reason_text\r\n1002;200,00;REFUSED_BY_API;")
                .contains("Agreement is not active")
                .hasLineCount(2);
    }

    @Test
    void twoNodesAtOnceRenderAReceiptOnce() throws Exception {
        long file = sample("invoices.csv");
        rig.requests.request(file, "invoices");
        long request = rig.receipts.next("demo").orElseThrow();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> writes = List.of(
                    nodes.submit(() -> rig.receipts.write(request)), nodes.submit(() -> rig.receipts.write(request)));
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(rig.names()).hasSize(2);
        assertThat(rig.receipts.next("demo")).isEmpty();
    }
}
