package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.IntakeRig.HEADER;

import java.util.List;
import java.util.Map;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A charge that was recorded, held before it was sent, and given up: it is refused, and only a person asks for it again. */
class DiscardedChargesTest {

    private static final String INVOICE = "1001;C1;agr_abc1;;100,00;2026-12-01;Text\n";

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @BeforeEach
    void anInvoiceIsHeldBeforeItIsSent() {
        rig.receive("a.csv", HEADER + INVOICE);
        String orderId = rig.jdbc
                .sql("select order_id from instruction")
                .query(String.class)
                .single();
        rig.transactions.executeWithoutResult(tx -> new CreditHolds(
                        new UnsentLines(rig.jdbc, rig.clock),
                        new SalesUnits(rig.jdbc),
                        new Events(rig.jdbc, rig.clock),
                        new DeadLetters(rig.jdbc, rig.clock))
                .hold(new InboundFiles(rig.jdbc, rig.clock).byId(1), List.of(orderId), Map.of(orderId, "K1")));
        assertThat(rig.letters()).containsExactly("LINE CREDITED_IN_FILE");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void isToldToBeRefusedAndIsNoLongerOpen() throws Exception {
        rig.discard("CREDITED_IN_FILE");

        assertThat(charges()).containsExactly("REFUSED DISCARDED");
        assertThat(told()).containsExactly("HELD CREDITED_IN_FILE", "REFUSED DISCARDED");
    }

    @Test
    void theSameLineAgainWaitsForAPersonWhoCanReleaseIt() throws Exception {
        rig.discard("CREDITED_IN_FILE");

        rig.receive("b.csv", HEADER + INVOICE + "1002;C1;agr_abc1;;5,00;2026-12-01;Text\n");
        assertThat(rig.answers("b.csv")).containsExactly("2 HELD DISCARDED_BEFORE", "3 ACCEPTED -");
        assertThat(rig.letters()).containsExactly("LINE DISCARDED_BEFORE");

        rig.redrive("DISCARDED_BEFORE");
        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        assertThat(rig.recorded())
                .containsExactly("demo-1001 10000 2026-12-01 agr_abc1", "demo-1002 500 2026-12-01 agr_abc1");
    }

    @Test
    void aCorrectedLineTakesItsPlace() throws Exception {
        rig.discard("CREDITED_IN_FILE");

        rig.receive("b.csv", HEADER + INVOICE.replace("100,00", "60,00"));

        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -");
        assertThat(rig.recorded()).containsExactly("demo-1001 6000 2026-12-01 agr_abc1");
    }

    @Test
    void theSameFileAgainAsksForNothing() throws Exception {
        rig.discard("CREDITED_IN_FILE");

        rig.receive("a-again.csv", HEADER + INVOICE);

        assertThat(charges()).containsExactly("REFUSED DISCARDED");
    }

    @Test
    void theErpDropsItByItsOwnFile() {
        rig.receive(
                "b.csv",
                "action;invoice_number;agreement_id;amount;due_date\ndiscard;1001;agr_abc1;100,00;2026-12-01\n");

        assertThat(rig.answers("b.csv")).containsExactly("2 IGNORED DISCARDED");
        assertThat(charges()).containsExactly("REFUSED DISCARDED");
        assertThat(told()).containsExactly("HELD CREDITED_IN_FILE", "REFUSED DISCARDED");
        assertThat(rig.letters()).isEmpty();
    }

    private List<String> charges() {
        return rig.jdbc
                .sql("select status || ' ' || reason_code from charge")
                .query(String.class)
                .list();
    }

    private List<String> told() {
        return rig.jdbc
                .sql("select status || ' ' || reason_code from event where reportable order by id")
                .query(String.class)
                .list();
    }
}
