package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chargebridge.intake.IntakeRig.HEADER;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    private static String line(String number, String amount) {
        return number + ";C1;agr_abc1;;" + amount + ";2026-12-01;Text\n";
    }

    @Test
    void aFileBecomesInstructionsBlocksAReceiptAndKeptBytes() {
        IntakeResult result = rig.receive("invoices.csv", HEADER + line("1001", "100,00") + line("1002", "1.250,50"));

        assertThat(result.archiveDirectory()).isEqualTo(".done");
        assertThat(result.archiveName()).matches("20261120T110000000Z-[0-9a-f]{8}-invoices\\.csv");
        assertThat(rig.answers("invoices.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        assertThat(rig.recorded())
                .containsExactly("demo-1001 10000 2026-12-01 agr_abc1", "demo-1002 125050 2026-12-01 agr_abc1");
        assertThat(rig.blocks()).containsExactly("2-3 2");
        assertThat(rig.receipts()).containsExactly("invoices 1");
        assertThat(rig.meters
                        .counter("chargebridge.lines", "channel", "demo", "answer", "ACCEPTED")
                        .count())
                .isEqualTo(2);
        assertThat(rig.meters
                        .counter("chargebridge.lines.read", "channel", "demo", "pass", "RECORDED")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void theSameArrivalGetsOneReceiptAndANewOneItsOwn() {
        byte[] bytes = (HEADER + line("1001", "100,00")).getBytes(StandardCharsets.UTF_8);
        Instant modified = Instant.parse("2026-11-20T10:00:00Z");

        rig.receive("demo", "a.csv", bytes, modified);
        rig.receive("demo", "a.csv", bytes, modified);
        rig.receive("demo", "a.csv", bytes, modified.plusSeconds(60));
        rig.receive("demo", "renamed.csv", bytes, modified.plusSeconds(60));

        assertThat(rig.recorded()).hasSize(1);
        assertThat(rig.receipts()).containsExactly("a 1", "a 2", "renamed 1");
        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -");
    }

    @Test
    void aDocumentInAnotherFileIsADuplicateAlsoWhenItsDueDateHasPassed() {
        rig.receive("a.csv", HEADER + line("1001", "100,00"));
        // What was seen is remembered for longer than a year.
        rig.clock.moveTo("2027-12-27T11:00:00Z");
        rig.receive("b.csv", HEADER + line("1001", "100,00") + line("1001", "150,00"));

        assertThat(rig.answers("b.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED", "3 HELD CONFLICT");
    }

    @Test
    void concatenatedFilesHarmNothing() {
        String first = HEADER + line("1001", "100,00") + "TRAILER;1;100,00\n";
        String second = HEADER + line("1002", "200,00") + "TRAILER;1;200,00\n";
        rig.receive("first.csv", first);
        rig.receive("joined.csv", first + second);

        assertThat(rig.answers("joined.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED", "5 ACCEPTED -");
    }

    @Test
    void aRefusedFileGoesToFailedWithItsReasonAndIsReadAnewWhenItComesAgain() {
        byte[] bytes = "name;town\nA;B\n".getBytes(StandardCharsets.UTF_8);
        IntakeResult result = rig.receive("demo", "list.csv", bytes);

        assertThat(result.archiveDirectory()).isEqualTo(".failed");
        assertThat(rig.fileState("list.csv")).isEqualTo("REFUSED FILE_LAYOUT_UNKNOWN");
        assertThat(rig.letters()).containsExactly("FILE FILE_LAYOUT_UNKNOWN");
        assertThat(rig.receipts()).isEmpty();
        assertThat(rig.jdbc
                        .sql("select directory || '/' || name from outbound_file")
                        .query(String.class)
                        .list())
                .containsExactly("demo/out/.failed/" + result.archiveName() + ".reason.txt");

        rig.receive("demo", "list.csv", bytes);
        assertThat(rig.letters()).containsExactly("FILE FILE_LAYOUT_UNKNOWN");
        assertThat(rig.letterStates()).containsEntry("RESOLVED", 1L);
    }

    @Test
    void aCorrectedLineSettlesTheDeadLetterOfTheHeldOne() {
        rig.receive("a.csv", HEADER + line("1001", "2000000") + line("1002", "1.234"));
        assertThat(rig.letters()).containsExactly("LINE ABOVE_MAX_PER_CHARGE");

        rig.receive(
                "errors-a-12345678.csv",
                HEADER.strip() + ";reason_code;reason_text\n"
                        + line("1001", "200,00").strip() + ";ABOVE_MAX_PER_CHARGE;too much\n"
                        + line("1002", "1234,00").strip() + ";AMOUNT_AMBIGUOUS;?\n");

        assertThat(rig.answers("errors-a-12345678.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        assertThat(rig.letters()).isEmpty();
        assertThat(rig.letterStates()).containsEntry("RESOLVED", 1L);
    }

    @Test
    void aNumberThatASpreadsheetTookTheZerosOfIsNoOtherDocument() {
        rig.receive("a.csv", HEADER + line("00777", "1.234") + line("0778", "abc") + line("778", "abc"));
        String errors = "errors-a-"
                + rig.jdbc
                        .sql("select left(sha256, 8) from inbound_file")
                        .query(String.class)
                        .single();

        rig.receive(errors + " (1).csv", HEADER + line("777", "1234,00") + line("778", "10,00") + line("9", "5,00"));

        assertThat(rig.answers(errors + " (1).csv"))
                .containsExactly("2 REFUSED NUMBER_DAMAGED", "3 ACCEPTED -", "4 ACCEPTED -");
        assertThat(rig.jdbc
                        .sql("select reason_arguments[2] from intake_exception where reason_code = 'NUMBER_DAMAGED'")
                        .query(String.class)
                        .single())
                .isEqualTo("777 (00777)");
        rig.receive(errors + "-2.csv", HEADER + line("00777", "1234,00"));
        assertThat(rig.answers(errors + "-2.csv")).containsExactly("2 ACCEPTED -");
    }

    @Test
    void whatTheErpSaysIsNoOpenInvoiceIsNotCharged() {
        rig.receive(
                "a.csv",
                HEADER.strip() + ";Bilagstype;Type;Status\n"
                        + line("1", "100,00").strip() + ";Kreditnota;;\n"
                        + line("2", "100,00").strip() + ";;Credit memo;\n"
                        + line("3", "100,00").strip() + ";Betaling;;\n"
                        + line("4", "100,00").strip() + ";Faktura;;Betalt\n"
                        + line("5", "100,00").strip() + ";;;Draft\n"
                        + line("6", "0,00").strip() + ";;;Paid\n"
                        + line("7", "100,00").strip() + ";Faktura;Salg;Delvis betalt\n");

        assertThat(rig.answers("a.csv"))
                .containsExactly(
                        "2 HELD CREDIT_NOTE",
                        "3 HELD CREDIT_NOTE",
                        "4 REFUSED TEXT_INVALID",
                        "5 REFUSED DOCUMENT_NOT_OPEN",
                        "6 REFUSED DOCUMENT_NOT_OPEN",
                        "7 IGNORED NOTHING_TO_COLLECT",
                        "8 ACCEPTED -");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Voided",
                "Fully paid",
                "Settled",
                "Written-off",
                "Slettet",
                "Utlignet",
                "Udlignet",
                "Betalt.",
                "Fullt\u00A0betalt",
                "Makulerad",
                "On hold",
                "In Review",
                "På vent",
                "Mita\u0308to\u0308ity"
            })
    void aDocumentThatIsDoneWithIsNotChargedWhateverTheWord(String status) {
        rig.receive("a.csv", HEADER.strip() + ";Status\n" + line("1", "100,00").strip() + ";" + status + "\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED DOCUMENT_NOT_OPEN");
    }

    @ParameterizedTest
    @CsvSource({
        "Betalt,Ja,Nei",
        "Kreditert,x,Nei",
        "isPaid,TRUE,Nei",
        "Cancelled,1,Nei",
        "Maksettu,Kyllä,Ei",
        "Er betalt,Sann,Usann",
        "Bokført,Nei,Ja",
        "Bogført,nej,ja",
        "Posted,FALSE,TRUE",
        "Booked,0,1",
        "Kirjattu,Ei,Kyllä",
        "Released,n,y",
        "Godkjent,Nei,Ja",
        "Hyväksytty,ei,kyllä"
    })
    void aColumnThatSaysThatNothingIsToBeCollectedIsHeard(String heading, String closed, String open) {
        rig.receive(
                "a.csv",
                HEADER.strip() + ";" + heading + "\n" + line("1", "100,00").strip() + ";" + closed + "\n"
                        + line("2", "100,00").strip() + ";" + open + "\n"
                        + line("3", "100,00").strip() + ";\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED DOCUMENT_NOT_OPEN", "3 ACCEPTED -", "4 ACCEPTED -");
        assertThat(rig.jdbc
                        .sql("select reason_arguments[1] || ' ' || reason_arguments[2] from intake_exception")
                        .query(String.class)
                        .single())
                .isEqualTo(heading + " " + closed);
    }

    @Test
    void aKeyOfJsonThatSaysSoIsHeardToo() {
        rig.receive(
                "a.jsonl",
                """
                {"invoiceNumber":"1","agreementId":"agr_abc1","amount":1,"dueDate":"2026-12-01","isCredited":true}
                {"invoiceNumber":"2","agreementId":"agr_abc1","amount":1,"dueDate":"2026-12-01","isCredited":false}
                {"invoiceNumber":"3","agreementId":"agr_abc1","amount":1,"dueDate":"2026-12-01","isCredited":null}
                {"invoiceNumber":"4","agreementId":"agr_abc1","amount":1,"dueDate":"2026-12-01","booked":false}
                {"invoiceNumber":"5","agreementId":"agr_abc1","amount":1,"dueDate":"2026-12-01","booked":true}
                {"invoiceNumber":"6","agreementId":"agr_abc1","amount":1,"dueDate":"2026-12-01","status":"Booked"}
                """);

        assertThat(rig.answers("a.jsonl"))
                .containsExactly(
                        "1 REFUSED DOCUMENT_NOT_OPEN",
                        "2 ACCEPTED -",
                        "3 ACCEPTED -",
                        "4 REFUSED DOCUMENT_NOT_OPEN",
                        "5 ACCEPTED -",
                        "6 ACCEPTED -");
    }

    @Test
    void aKindOfDocumentMayBeWrittenInPartsOfLetters() {
        rig.receive(
                "a.csv", HEADER.strip() + ";Bilagstype\n" + line("1", "100,00").strip() + ";Utga\u030Aende faktura\n");

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -");
    }

    @Test
    void aReasonNamesTheColumnAsTheFileDoes() {
        rig.receive("a.csv", "Fakturanr;agr;Restbeløp;Forfall\n1;agr_abc1;abc;2026-12-01\n2;agr_abc1;1;12/13/2026\n");

        assertThat(rig.jdbc
                        .sql("select reason_code || ' ' || reason_arguments[1] from intake_exception order by position")
                        .query(String.class)
                        .list())
                .containsExactly("AMOUNT_INVALID Restbeløp", "DATE_INVALID Forfall");
    }

    @Test
    void anAmountInJsonIsReadAsNothingThatItMayNotMean() {
        rig.receive(
                "a.jsonl",
                Stream.of("\"1,500\"", "\"1.250\"", "\"199,00\"", "\"1.250,50\"", "1.250", "1.234", "12")
                        .map(amount -> "{\"invoiceNumber\":\"A" + amount.replace("\"", "")
                                + "\",\"agreementId\":\"agr_abc1\",\"dueDate\":\"2026-12-01\",\"amount\":" + amount
                                + "}\n")
                        .collect(Collectors.joining()));

        assertThat(rig.answers("a.jsonl"))
                .containsExactly(
                        "1 REFUSED AMOUNT_AMBIGUOUS",
                        "2 REFUSED AMOUNT_AMBIGUOUS",
                        "3 ACCEPTED -",
                        "4 ACCEPTED -",
                        "5 ACCEPTED -",
                        "6 REFUSED AMOUNT_AMBIGUOUS",
                        "7 ACCEPTED -");
        assertThat(rig.jdbc
                        .sql("select amount_minor from instruction order by position")
                        .query(Long.class)
                        .list())
                .containsExactly(19_900L, 125_050L, 125L, 1_200L);
    }

    @Test
    void discardDropsAHeldLineAndIsAudited() {
        rig.receive("a.csv", HEADER + line("1001", "2000000"));
        String discard = HEADER.strip() + ";action\n" + line("1001", "2000000").strip() + ";discard\n";
        rig.receive("errors-a.csv", discard + line("7777", "1").strip() + ";discard\n");

        assertThat(rig.answers("errors-a.csv"))
                .containsExactly("2 IGNORED DISCARDED", "3 REFUSED DISCARD_NOT_POSSIBLE");
        assertThat(rig.letterStates()).containsEntry("DISCARDED", 1L);
        assertThat(rig.jdbc
                        .sql("select actor || ' ' || action from audit_event")
                        .query(String.class)
                        .list())
                .containsExactly("file:errors-a.csv discard");
        assertThat(rig.answers("a.csv")).containsExactly("2 IGNORED DISCARDED");

        rig.receive("errors-a-again.csv", discard);
        assertThat(rig.answers("errors-a-again.csv")).containsExactly("2 IGNORED DISCARDED");
        assertThat(rig.recorded()).isEmpty();
    }

    @Test
    void discardOfAnInvoiceThatIsChargedSinceItWasHeldOrRefusedIsRefused() {
        rig.receive("a.csv", HEADER + line("1001", "2000000") + line("1002", "x"));
        rig.receive("errors-a.csv", HEADER + line("1001", "100,00") + line("1002", "100,00"));

        rig.receive("b.csv", "invoice_number;action\n1001;discard\n1002;discard\n");

        assertThat(rig.answers("b.csv"))
                .containsExactly("2 REFUSED DISCARD_NOT_POSSIBLE", "3 REFUSED DISCARD_NOT_POSSIBLE");
        assertThat(rig.recorded()).hasSize(2);
        assertThat(rig.answers("a.csv")).allMatch(answer -> !answer.contains("DISCARDED"));
    }

    @Test
    void discardOfAnInvoiceThatIsChargedSinceItWasDiscardedIsRefused() {
        rig.receive("a.csv", HEADER + line("1001", "2000000"));
        rig.receive("b.csv", "invoice_number;action\n1001;discard\n");
        rig.receive("c.csv", HEADER + line("1001", "100,00"));

        rig.receive("d.csv", "invoice_number;action\n1001;discard\n\n");

        assertThat(rig.answers("d.csv")).containsExactly("2 REFUSED DISCARD_NOT_POSSIBLE");
        assertThat(rig.recorded()).hasSize(1);
    }

    @Test
    void aKnownDocumentIsRegisteredAndNeverCharged() {
        String header = HEADER.strip() + ";action\n";
        rig.receive("known.csv", header + line("1001", "100,00").strip() + ";known\n");
        rig.receive("a.csv", HEADER + line("1001", "100,00") + line("1001", "150,00"));
        rig.receive("later.csv", header + line("2001", "100,00").strip() + ";\n");
        rig.receive("known2.csv", header + line("2001", "100,00").strip() + ";known\n");

        assertThat(rig.answers("known.csv")).containsExactly("2 IGNORED REGISTERED_AS_KNOWN");
        assertThat(rig.answers("a.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED", "3 HELD CONFLICT");
        assertThat(rig.answers("known2.csv")).containsExactly("2 HELD CONFLICT");
        assertThat(rig.blocks()).containsExactly("2-2 1");
    }

    @Test
    void aCreditNoteActsOnWhatIsRecordedAndHoldsWhatComesWithItOrAfterIt() throws Exception {
        rig.receive("a.csv", HEADER + line("1001", "100,00"));
        rig.receive(
                "b.csv",
                HEADER.strip() + ";original_invoice_number;document_type\n"
                        + line("2001", "100,00").strip() + ";;invoice\n"
                        + line("K1", "-100,00").strip() + ";2001;\n"
                        + line("K2", "100,00").strip() + ";1001;Kreditnota\n"
                        + line("K3", "-5,00").strip() + ";3001;\n"
                        + line("R1", "100,00").strip() + ";;Purring\n");
        rig.receive("c.csv", HEADER + line("3001", "100,00"));

        assertThat(rig.answers("b.csv"))
                .containsExactly(
                        "2 HELD CREDITED_IN_FILE",
                        "3 HELD CREDIT_NOTE",
                        "4 ACCEPTED -",
                        "5 HELD CREDIT_NOTE",
                        "6 REFUSED TEXT_INVALID");
        assertThat(rig.answers("c.csv")).containsExactly("2 HELD CREDITED_IN_FILE");
        assertThat(rig.jdbc
                        .sql("select action || ' ' || amount_minor || ' ' || terms from operation")
                        .query(String.class)
                        .list())
                .containsExactly("REFUND 10000 {\"credit\": \"true\"}");

        assertThatThrownBy(() -> rig.redrive("CREDIT_NOTE")).hasMessageContaining("not recorded");
        rig.redrive("CREDITED_IN_FILE");
        rig.redrive("CREDITED_IN_FILE");
        assertThat(rig.jdbc.sql("select count(*) from charge").query(Long.class).single())
                .isZero();
        assertThat(rig.answers("b.csv")).startsWith("2 ACCEPTED -");
    }

    @Test
    void aSourceIdOnceUsedCannotChange() {
        rig.receive("a.csv", HEADER + line("1001", "100,00"));
        rig.jdbc.sql("update channel_source set source_id = 'other'").update();

        assertThatThrownBy(() -> rig.receive("b.csv", HEADER + line("1002", "100,00")))
                .hasMessageContaining("chargebridge.channels.demo.source-id")
                .hasMessageContaining("Set it back to other");
        assertThat(rig.recorded()).hasSize(1);
    }

    @Test
    void aLineRefusedByTheApiIsReplacedByTheNextOneUnderARaisedCorrectionAndAnUnknownOneIsNot() {
        rig.receive("a.csv", HEADER + line("1001", "100,00") + line("1002", "100,00"));
        for (String status : List.of("REFUSED", "UNCONFIRMED")) {
            rig.jdbc
                    .sql(
                            """
                            insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                                retry_days, changed_at)
                            select file_id, position, order_id, msn, 'demo', agreement_id, :status, effective_due,
                                retry_days, now() from instruction where position = :position
                            """)
                    .param("status", status)
                    .param("position", status.equals("REFUSED") ? 2 : 3)
                    .update();
        }
        rig.receive("b.csv", HEADER + line("1001", "100,00") + line("1002", "150,00"));

        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -", "3 HELD CONFLICT");
        assertThat(rig.jdbc
                        .sql(
                                """
                                select correction || ' ' || replaced || ' ' || coalesce(external_id, '-')
                                from instruction order by file_id, position
                                """)
                        .query(String.class)
                        .list())
                .containsExactly("0 true 1001", "0 false 1002", "1 false 1001");
        assertThat(rig.jdbc
                        .sql("select correction from block order by id")
                        .query(Integer.class)
                        .list())
                .containsExactly(0, 1);
    }

    @Test
    void anExternalIdIsGivenOnce() {
        rig.receive(
                "a.csv",
                HEADER.strip() + ";instalment\n"
                        + line("1001", "100,00").strip() + ";1\n"
                        + line("1001", "100,00").strip() + ";2\n");

        assertThat(rig.jdbc
                        .sql("select coalesce(external_id, '-') from instruction order by position")
                        .query(String.class)
                        .list())
                .containsExactly("1001", "-");
    }

    @Test
    void aFileThatComesAgainAsksAgainForChargesTheApiRefused() {
        String content = HEADER + line("1001", "100,00") + line("1002", "100,00") + line("1003", "100,00");
        rig.receive("a.csv", content);
        rig.jdbc
                .sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                            retry_days, changed_at)
                        select file_id, position, order_id, msn, 'demo', agreement_id, 'REFUSED', effective_due,
                            retry_days, now() from instruction where position = 3
                        """)
                .update();
        rig.jdbc.sql("update block set correction = 4").update();
        rig.receive("a.csv", content);

        assertThat(rig.blocks()).containsExactly("2-2 1", "3-3 1", "4-4 1");
        assertThat(rig.jdbc
                        .sql("select correction from block order by first_position")
                        .query(Integer.class)
                        .list())
                .containsExactly(4, 5, 4);
        assertThat(rig.jdbc
                        .sql("select count(*) from charge")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theGatewayDoesNotStartWithASourceIdThatWasChangedAfterUse() {
        rig.receive("a.csv", HEADER + line("1001", "100,00"));
        org.chargebridge.ledger.InboundFiles files = new org.chargebridge.ledger.InboundFiles(rig.jdbc, rig.clock);

        new SourceIdCheck(channels("demo"), files).afterSingletonsInstantiated();
        assertThatThrownBy(() -> new SourceIdCheck(channels("visma"), files).afterSingletonsInstantiated())
                .hasMessageContaining("chargebridge.channels.demo.source-id = visma")
                .hasMessageContaining("Set it back to demo");
    }

    @Test
    void theGatewayDoesNotStartWithACurrencyThatWasChangedAfterUse() {
        rig.receive("a.csv", HEADER + line("1001", "100,00"));
        org.chargebridge.ledger.InboundFiles files = new org.chargebridge.ledger.InboundFiles(rig.jdbc, rig.clock);

        new UsedCurrencyCheck(salesUnit(Currency.NOK), files).afterSingletonsInstantiated();
        assertThatThrownBy(() -> new UsedCurrencyCheck(salesUnit(Currency.EUR), files).afterSingletonsInstantiated())
                .hasMessageContaining("currency of sales unit 123456")
                .hasMessageContaining("Set it back to NOK");
    }

    private static org.chargebridge.channel.Channels salesUnit(Currency currency) {
        return new org.chargebridge.channel.Channels(
                List.of(ChannelBuilder.channel().build()),
                List.of(new SalesUnit("123456", currency, "id", "secret", "key")));
    }

    private static org.chargebridge.channel.Channels channels(String sourceId) {
        return new org.chargebridge.channel.Channels(
                List.of(ChannelBuilder.channel().sourceId(sourceId).build()), List.of());
    }
}
