package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciliationReportsTest {

    private static final String[] SUMS = {
        "lines", "asked", "collected", "open", "not_collected", "api", "settled", "under_way", "unexplained"
    };

    private final SettlementRig rig =
            new SettlementRig(channel().settlement(settlement().build()).build());

    @BeforeEach
    void lines() {
        rig.lines.due("2026-12-01").file("demo", 4);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void charge(int position, String status, long captured, long refunded, String changedAt) {
        rig.database
                .jdbc()
                .sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, due, retry_days, status,
                            amount_captured, amount_refunded, changed_at, transaction_id)
                        select file_id, position, order_id, msn, 'demo', agreement_id, effective_due, retry_days, :status,
                            :captured, :refunded, cast(:at as timestamptz), 'T' || position
                        from instruction where position = :position
                        """)
                .param("status", status)
                .param("captured", captured)
                .param("refunded", refunded)
                .param("at", changedAt)
                .param("position", position)
                .update();
    }

    private List<String> sums() {
        rig.reconciliations.write("demo");
        return rig.columnsOf("reconciliation-demo-2026-12-03-day.csv", SUMS);
    }

    @Test
    void onAGoodDayAllFourSidesAgreeAndNothingIsUnexplained() {
        charge(1, "CHARGED", 10_000, 0, "2026-12-01T09:20:00Z");
        charge(2, "REFUNDED", 10_000, 10_000, "2026-12-01T10:00:00Z");
        charge(3, "FAILED", 0, 0, "2026-12-01T10:00:00Z");
        rig.ledgers
                .entry("2026-12-01", "capture", 10_000, "T1", "demo-00000001")
                .entry("2026-12-01", "capture", 10_000, "T2", "demo-00000002")
                .entry("2026-12-01", "refund", -10_000, "R2", "demo-00000002")
                .fetch();

        assertThat(sums()).containsExactly("4|400.00|200.00|100.00|100.00|100.00|100.00|0.00|0.00");
        assertThat(rig.text("select unexplained_minor::text from reconciliation where kind = 'DAY'"))
                .isEqualTo("0");
    }

    private List<String> sumsWhenNothingIsUnderWay() {
        rig.ledgers.fetch();
        rig.clock.advance(Duration.ofDays(4));
        rig.reconciliations.write("demo");
        return rig.columnsOf("reconciliation-demo-2026-12-07-day.csv", SUMS);
    }

    /** Paid, paid back, paid back in part, and captured in part with the rest released. */
    @Test
    void allFourSidesAgreeOnceNothingIsUnderWayAnyMore() {
        charge(1, "CHARGED", 10_000, 0, "2026-11-20T09:20:00Z");
        charge(2, "REFUNDED", 10_000, 10_000, "2026-11-20T09:20:00Z");
        charge(3, "PARTIALLY_REFUNDED", 10_000, 3_000, "2026-11-20T09:20:00Z");
        charge(4, "CHARGED", 6_000, 0, "2026-11-20T09:20:00Z");
        rig.database
                .jdbc()
                .sql("update charge set amount_cancelled = 4000 where position = 4")
                .update();
        rig.ledgers
                .entry("2026-12-01", "capture", 10_000, "T1", "demo-00000001")
                .entry("2026-12-01", "capture", 10_000, "T2", "demo-00000002")
                .entry("2026-12-01", "refund", -10_000, "R2", "demo-00000002")
                .entry("2026-12-01", "capture", 10_000, "T3", "demo-00000003")
                .entry("2026-12-01", "refund", -3_000, "R3", "demo-00000003")
                .entry("2026-12-01", "capture", 6_000, "T4", "demo-00000004");

        assertThat(sumsWhenNothingIsUnderWay()).containsExactly("4|400.00|360.00|0.00|40.00|230.00|230.00|0.00|0.00");
    }

    @Test
    void whatWillNotBeCollectedIsToldApartFromWhatMayBeStill() {
        charge(1, "CANCELLED", 0, 0, "2026-11-20T09:20:00Z");
        charge(2, "REFUSED", 0, 0, "2026-11-20T09:20:00Z");
        charge(3, "FAILED", 0, 0, "2026-11-20T09:20:00Z");
        charge(4, "RESERVED", 0, 0, "2026-11-20T09:20:00Z");

        assertThat(sumsWhenNothingIsUnderWay()).containsExactly("4|400.00|0.00|100.00|300.00|0.00|0.00|0.00|0.00");
    }

    @Test
    void neitherDisputesNorLinesOfOtherChannelsAreHeldAgainstIt() {
        charge(1, "CHARGED", 10_000, 0, "2026-11-20T09:20:00Z");
        rig.lines.channel("other").file("other", 2);
        rig.ledgers
                .entry("2026-12-01", "capture", 10_000, "T1", "demo-00000001")
                .entry("2026-12-02", "retained-disputed-capture", -10_000, "D1", "demo-00000001");

        assertThat(sumsWhenNothingIsUnderWay()).containsExactly("4|400.00|100.00|300.00|0.00|100.00|100.00|0.00|0.00");
    }

    @Test
    void whatWasPaidADayAgoIsUnderWayAndAfterSomeDaysItIsMissed() {
        charge(1, "CHARGED", 10_000, 0, "2026-12-02T09:20:00Z");
        assertThat(sums()).containsExactly("4|400.00|100.00|300.00|0.00|100.00|0.00|100.00|0.00");

        rig.clock.advance(Duration.ofDays(4));
        rig.reconciliations.write("demo");
        assertThat(rig.columnsOf(
                        "reconciliation-demo-2026-12-07-day.csv", "row", "order_id", "unexplained", "reason_code"))
                .containsExactly("total||100.00|", "difference|demo-00000001|100.00|NOT_SETTLED");
    }

    @Test
    void whatWasSettledAndNeverShownIsNamed() {
        charge(1, "CHARGED", 10_000, 0, "2026-11-20T09:20:00Z");
        rig.ledgers
                .entry("2026-12-01", "capture", 10_000, "T1", "demo-00000001")
                .entry("2026-12-02", "refund", -3_000, "R1", "demo-00000001")
                .entry("2026-12-02", "capture", 777, "X", "of another system")
                .fetch();
        rig.reconciliations.write("demo");
        assertThat(rig.columnsOf("reconciliation-demo-2026-12-03-day.csv", "row", "reason_code"))
                .as("a look-up may show it yet")
                .containsExactly("total|", "difference|SETTLED_FOR_OTHERS");
        rig.clock.advance(Duration.ofDays(4));
        rig.reconciliations.write("demo");

        assertThat(rig.columnsOf(
                        "reconciliation-demo-2026-12-07-day.csv",
                        "row",
                        "psp_reference",
                        "reference",
                        "unexplained",
                        "reason_code"))
                .containsExactly(
                        "total|||37.77|",
                        "difference|T1||30.00|SETTLED_UNSEEN",
                        "difference|X|of another system|7.77|SETTLED_FOR_OTHERS");
    }

    @ParameterizedTest
    @CsvSource({
        "CHARGED,            10000,     0,     0,    0, 100.00, NOT_SETTLED",
        "PARTIALLY_REFUNDED, 10000,  3000,     0,    0,  70.00, NOT_SETTLED",
        "PARTIALLY_REFUNDED, 10000,  3000, 10000,    0,  30.00, REFUND_NOT_SETTLED",
        "PARTIALLY_REFUNDED, 10000,  3000, 10000, 1000,  20.00, REFUND_NOT_SETTLED",
        "CHARGED,            10000,     0, 10000, 3000,  30.00, SETTLED_UNSEEN",
        "CANCELLED,              0,     0, 10000,    0, 100.00, SETTLED_UNSEEN",
        "CHARGED,            10000,     0,  9999,    0,   0.01, SETTLED_ANOTHER_SUM",
        "CHARGED,            10000,     0, 10001,    0,   0.01, SETTLED_ANOTHER_SUM"
    })
    void whatDoesNotAgreeIsNamedByWhatIsMissingWhere(
            String status,
            long captured,
            long refunded,
            long settledCaptured,
            long settledRefunded,
            String difference,
            String reason) {
        charge(1, status, captured, refunded, "2026-11-20T09:20:00Z");
        if (settledCaptured > 0) {
            rig.ledgers.entry("2026-12-01", "capture", settledCaptured, "T1", "demo-00000001");
        }
        if (settledRefunded > 0) {
            rig.ledgers.entry("2026-12-02", "refund", -settledRefunded, "R1", "demo-00000001");
        }
        rig.ledgers.fetch();
        rig.clock.advance(Duration.ofDays(4));
        rig.reconciliations.write("demo");

        assertThat(rig.columnsOf("reconciliation-demo-2026-12-07-day.csv", "row", "unexplained", "reason_code"))
                .containsExactly("total|" + difference + "|", "difference|" + difference + "|" + reason);
    }

    /** The look-up that shows the API's id of a charge may come after the page of the feed. */
    @Test
    void anEntryThatOnlyTheApisIdTiesToItsChargeIsNoneOfOthersOnceThatIsKnown() {
        rig.ledgers.entry("2026-12-01", "capture", 10_000, "T1", "").fetch();
        charge(1, "CHARGED", 10_000, 0, "2026-12-02T09:20:00Z");

        assertThat(sums()).containsExactly("4|400.00|100.00|300.00|0.00|100.00|100.00|0.00|0.00");
    }

    @Test
    void aChargeHeldForPaidOfWhichTheApiShowedAnotherSumIsNamed() {
        charge(1, "CHARGED", 9_000, 0, "2026-12-02T09:20:00Z");
        rig.reconciliations.write("demo");
        assertThat(rig.columnsOf("reconciliation-demo-2026-12-03-day.csv", "row", "unexplained", "reason_code"))
                .contains("difference|10.00|API_SHOWS_ANOTHER_SUM");
    }

    @Test
    void thereIsOneForEachDayAndOneForEachMonthHoweverOftenItIsWokenUp() {
        rig.reconciliations.write("demo");
        rig.reconciliations.write("demo");
        rig.clock.advance(Duration.ofDays(1));
        rig.reconciliations.write("demo");
        rig.reconciliations.write("demo");

        assertThat(rig.names())
                .containsExactly(
                        "demo/in/info/reconciliation-demo-2026-12-03-day.csv",
                        "demo/in/info/reconciliation-demo-2026-12-04-day.csv",
                        "demo/in/info/reconciliation-demo-2026-11-30-month.csv");
    }
}
