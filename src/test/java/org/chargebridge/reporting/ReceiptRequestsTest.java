package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.chargebridge.channel.ChannelBuilder.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.BulkOrder;
import org.chargebridge.ledger.BulkOrders;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.ReceiptRequest;
import org.chargebridge.ledger.WaitingLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiptRequestsTest {

    private final ReportingRig rig =
            new ReportingRig(channel().language("nb"), channel().name("other").language("en"));

    @AfterEach
    void close() {
        rig.close();
    }

    private static Reason reason(ReasonCode code, Object... arguments) {
        return Reason.of(code, arguments);
    }

    @Test
    void aFileRefusedAsAWholeGetsAReceiptThatSaysWhyAndAddsUpToNothing() {
        long file = rig.file("other", "broken.csv");
        rig.wholeFile(file, "REFUSED", reason(ReasonCode.FILE_TRAILER_MISSING));
        rig.requests.request(file, "broken");

        rig.writeReceipts();

        assertThat(rig.names()).hasSize(1);
        List<List<String>> rows = rig.rows(rig.names().get(0));
        assertThat(rows.get(1)).startsWith("broken.csv", "0").contains("file", "REFUSED", "FILE_TRAILER_MISSING");
        assertThat(rows.subList(2, rows.size()))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row).startsWith("broken.csv", "0").contains("control", "0.00", "NOK"));
    }

    @Test
    void aReceiptThatCannotBeRenderedLetsTheOthersGoFirst() {
        long broken = rig.file("demo", "broken.csv", "A");
        rig.exception(broken, 2, Answer.REFUSED, reason(ReasonCode.FIELD_MISSING, "A"), 1L, "NOK", "1", "1");
        rig.jdbc()
                .sql("update intake_exception set reason_code = 'OF_A_LATER_VERSION'")
                .update();
        rig.requests.request(broken, "broken");
        long good = rig.file("demo", "good.csv", "A");
        rig.requests.request(good, "good");

        long first = rig.receipts.next("demo").orElseThrow();
        assertThatThrownBy(() -> rig.receipts.write(first)).hasMessageContaining("OF_A_LATER_VERSION");
        rig.writeReceipts();

        assertThat(rig.names()).hasSize(1).first().asString().startsWith("receipt-good-");
        rig.tick(Duration.ofMinutes(1));
        rig.jdbc()
                .sql("update intake_exception set reason_code = 'FIELD_MISSING'")
                .update();
        rig.writeReceipts();
        assertThat(rig.names()).hasSize(3);
    }

    @Test
    void linesThatChangeOneAfterTheOtherMakeOneReceipt() {
        long file = rig.file("demo", "invoices.csv", "A");
        rig.requests.request(file, "invoices");
        rig.writeReceipts();

        rig.requests.requestAnew(file, "invoices");
        rig.requests.requestAnew(file, "invoices");
        rig.requests.requestAnew(file, "invoices");
        rig.writeReceipts();
        assertThat(rig.names()).hasSize(2);

        rig.requests.requestAnew(file, "invoices");
        rig.writeReceipts();
        assertThat(rig.names()).hasSize(3);
    }

    @Test
    void anOrderAboutManyLinesOfAFileMakesOneReceiptAtItsEnd() {
        long file = rig.file("demo", "invoices.csv", "A");
        rig.requests.request(file, "invoices");
        rig.writeReceipts();
        new DeadLetters(rig.jdbc(), rig.clock)
                .open(DeadLetter.ofLine("demo", "123456", file, 2, "demo-1", reason(ReasonCode.FIELD_MISSING, "A")));
        BulkOrders orders = new BulkOrders(rig.jdbc(), rig.clock);
        long order = orders.open(Decision.DISCARD, "ann", Set.of("OPERATOR"), "because", "all", Locale.ENGLISH);
        orders.choose(
                order,
                new DeadLetterFilter(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        orders.lease("node-1", Duration.ofMinutes(1));

        rig.requests.requestAnew(file, "invoices");
        rig.writeReceipts();
        assertThat(rig.names()).hasSize(1);

        orders.end(order, BulkOrder.State.STOPPED);
        rig.writeReceipts();
        assertThat(rig.names()).hasSize(2);
    }

    @Test
    void eachArrivalIsAnsweredByItself() {
        long file = rig.file("demo", "invoices.csv", "A");
        rig.requests.request(file, "invoices");
        rig.requests.request(file, "invoices");

        rig.writeReceipts();

        assertThat(rig.names()).hasSize(2);
    }

    @Test
    void answersOfAFileStandStillWhileItsReceiptAndErrorsFileAreRendered() throws Exception {
        long file = rig.file("demo", "invoices.csv", "A");
        rig.exception(file, 2, Answer.HELD, reason(ReasonCode.FIELD_MISSING, "A"), 1L, "NOK", "1", "1");
        rig.requests.request(file, "invoices");
        WaitingLines waiting = new WaitingLines(rig.jdbc());
        long owed = rig.receipts.next("demo").orElseThrow();

        CompletableFuture<Integer> dropped = rig.database.transactions().execute(status -> {
            ReceiptRequest rendered = rig.requests.lock(owed).orElseThrow();
            CompletableFuture<Integer> other = CompletableFuture.supplyAsync(
                    () -> rig.database.transactions().execute(ignored -> waiting.drop("demo-1")));
            await().until(this::somebodyWaits);
            assertThat(rig.requests.hasErrors(rendered)).isTrue();
            return other;
        });

        assertThat(dropped.get(2, TimeUnit.MINUTES)).isEqualTo(1);
        rig.writeReceipts();
        assertThat(rig.names()).hasSize(1).first().asString().startsWith("receipt-");
    }

    private boolean somebodyWaits() {
        return rig.jdbc()
                .sql("select exists (select 1 from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    @Test
    void receiptsOfChannelsThatAreNoLongerConfiguredWait() {
        long file = rig.file("gone", "invoices.csv", "A");
        rig.requests.request(file, "invoices");

        assertThat(rig.receipts.next("demo")).isEmpty();
    }

    @Test
    void aLongReceiptIsStreamedInParts() {
        long file = rig.file("demo", "long.csv", "A");
        rig.jdbc()
                .sql(
                        """
                        insert into instruction (file_id, position, action, msn, order_id, invoice_number,
                            customer_number, kid, agreement_id, amount_minor, currency, requested_due, effective_due,
                            retry_days, description, digest, correction, cells)
                        select ?, n, 'CHARGE', '123456', 'demo-' || n, n, '', '', 'agr_1', 100, 'NOK', '2026-12-01',
                            '2026-12-01', 5, '', '\\x00', 0, '' from generate_series(1, 30000) n
                        """)
                .param(file)
                .update();
        rig.requests.request(file, "long");

        rig.writeReceipts();

        String name = rig.names().get(0);
        assertThat(rig.jdbc()
                        .sql("select count(*) from outbound_file_part")
                        .query(Integer.class)
                        .single())
                .isGreaterThan(1);
        assertThat(rig.text(name).lines().count()).isEqualTo(1 + 30000 + 6);
        assertThat(rig.bytes(name))
                .hasSize(rig.jdbc()
                        .sql("select size from outbound_file")
                        .query(Integer.class)
                        .single());
        assertThat(new String(rig.bytes(name), StandardCharsets.UTF_8))
                .contains("30000;;;;;;control;READ;;;30000.00;NOK");
    }
}
