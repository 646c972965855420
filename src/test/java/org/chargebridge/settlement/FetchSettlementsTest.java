package org.chargebridge.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;
import static org.chargebridge.settlement.Ledgers.LEDGER;
import static org.chargebridge.settlement.Ledgers.MSN;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.chargebridge.ledger.SettlementGaps;
import org.chargebridge.ledger.SettlementPeriods;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchSettlementsTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-12-03T06:00:00Z");
    private final Ledgers ledgers = new Ledgers(
            database, clock, channel().settlement(settlement().build()).build());

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> texts(String sql) {
        return database.jdbc().sql(sql).query(String.class).list();
    }

    private String text(String sql) {
        return database.jdbc().sql(sql).query(String.class).single();
    }

    @Test
    void everyEntryIsWrittenOnceInTheOrderOfTheFeedWhateverThePageSize() {
        for (int i = 1; i <= 25; i++) {
            ledgers.entry("2026-12-01", "capture", 100 + i, "P" + i, "I" + i);
        }
        ledgers.pageSize(4).fetch();
        ledgers.entry("2026-12-02", "capture", 900, "P26", "I26").fetchAfter(Duration.ofHours(1));
        ledgers.fetchAfter(Duration.ofHours(1));

        assertThat(texts("select psp_reference from settlement_entry order by number"))
                .hasSize(26)
                .startsWith("P1", "P2")
                .endsWith("P25", "P26");
        assertThat(text("select last_number || ' ' || balance_minor from settlement_feed where topic = 'FUNDS'"))
                .isEqualTo("26 3725");
    }

    @Test
    void aPageThatTwoNodesReadIsWrittenOnce() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        ledgers.answers()
                .record(
                        ledgers.next().orElseThrow(),
                        200,
                        Map.of(),
                        bytes(ledgers.next().orElseThrow()));
        SettlementCall page = ledgers.next().orElseThrow();
        ledgers.answers().record(page, 200, Map.of(), bytes(page));
        ledgers.answers().record(page, 200, Map.of(), bytes(page));

        assertThat(texts("select psp_reference from settlement_entry")).containsExactly("P1");
    }

    private byte[] bytes(SettlementCall call) {
        return ledgers.body(call).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aChargeIsFoundByTheApisIdThenByExternalIdThenByOrderId() {
        long file = new RecordedLines(database).file("demo", 4);
        database.jdbc()
                .sql("update instruction set external_id = 'EXT-' || position where position in (1, 2)")
                .update();
        database.jdbc()
                .sql(
                        "insert into charge (file_id, position, order_id, msn, channel, agreement_id, due, retry_days, status, transaction_id,"
                                + " changed_at) select file_id, position, order_id || '-2', msn, 'demo', agreement_id, effective_due,"
                                + " retry_days, 'CHARGED', 'PSP-1',"
                                + " now() from instruction where position = 1")
                .update();
        ledgers.entry("2026-12-01", "capture", 10_000, "PSP-1", "EXT-2")
                .entry("2026-12-01", "capture", 10_000, "PSP-2", "EXT-2")
                .entry("2026-12-01", "capture", 10_000, "PSP-3", "demo-00000003")
                .entry("2026-12-01", "capture", 10_000, "PSP-4", "demo-00000004", "999999")
                .entry("2026-12-01", "capture", 10_000, "PSP-5", "elsewhere")
                .entry("2026-12-01", "refund", -500, "PSP-6", "demo-00000001-2")
                .fetch();

        assertThat(texts("select coalesce(position || ' ' || matched_by || ' ' || channel, '-') from settlement_entry"
                        + " where coalesce(file_id, " + file + ") = " + file + " order by number"))
                .as("an entry of another sales unit is never taken for ours, and a second charge of an invoice is")
                .containsExactly(
                        "1 PSP_REFERENCE demo", "2 EXTERNAL_ID demo", "3 ORDER_ID demo", "-", "-", "1 ORDER_ID demo");
    }

    /** Of a recipient the API says that it may be missing; of the text of a payout nobody says that it is no order id. */
    @Test
    void aMovementOfAChargeThatNamesNoSalesUnitIsOneOfThoseThatSettleOnTheLedger() {
        new RecordedLines(database).file("demo", 4);
        database.jdbc()
                .sql("update instruction set external_id = 'EXT-' || position where position <= 3")
                .update();
        database.jdbc()
                .sql("update instruction set msn = '654321', external_id = 'EXT-2' where position = 3")
                .update();
        ledgers.handles(MSN, "654321")
                .entry("2026-12-01", "capture", 10_000, "PSP-1", "EXT-1", "")
                .entry("2026-12-01", "capture", 10_000, "PSP-2", "EXT-2", "")
                .entry("2026-12-01", "refund", -10_000, "PSP-3", "demo-00000003", "")
                .entry("2026-12-01", "payout-scheduled", -10_000, "302321-1", "demo-00000004", "")
                .fetch();

        assertThat(texts("select coalesce(position || ' ' || matched_by, '-') || ' ' || msn from settlement_entry"
                        + " order by number"))
                .as("an external id that two of the sales units have says nothing")
                .containsExactly("1 EXTERNAL_ID " + MSN, "- ", "3 ORDER_ID 654321", "- ");
    }

    @Test
    void aGapInTheBalanceIsKeptAndOnlyTheFirstOne() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1")
                .gap(5)
                .entry("2026-12-01", "capture", 100, "P2", "I2")
                .gap(5)
                .entry("2026-12-01", "capture", 100, "P3", "I3")
                .fetch();

        assertThat(text("select gap_at::text from settlement_ledger")).isEqualTo("2");
        assertThat(texts("select psp_reference from settlement_entry")).hasSize(3);
    }

    @Test
    void aGapBehindOneThatIsLetGoOfHoldsReportsTooUntilItIsExplained() {
        ledgers.pageSize(2)
                .entry("2026-12-01", "capture", 100, "P1", "I1")
                .gap(5)
                .entry("2026-12-01", "capture", 100, "P2", "I2")
                .entry("2026-12-01", "capture", 100, "P3", "I3")
                .gap(-7)
                .entry("2026-12-01", "capture", 100, "P4", "I4")
                .entry("2026-12-01", "capture", 100, "P5", "I5")
                .gap(1)
                .entry("2026-12-01", "capture", 100, "P6", "I6")
                .entry("2026-12-01", "capture", 100, "P7", "I7")
                .fetch();
        GapRelease release = new GapRelease(
                new SettlementFeeds(database.jdbc(), clock),
                new SettlementGaps(database.jdbc(), clock),
                new SettlementDates(database.jdbc(), clock),
                new AuditTrail(database.jdbc(), clock),
                database.transactions());

        for (long gap : List.of(2L, 4L, 6L)) {
            assertThat(release.gap(LEDGER)).hasValue(gap);
            assertThat(release.letGo(LEDGER, gap, "olga", "explained")).isTrue();
        }

        assertThat(release.gap(LEDGER)).isEmpty();
        assertThat(release.letGo(LEDGER, 2, "olga", "again")).isFalse();
    }

    @Test
    void aDayIsClosedOnlyWhenTheApiSaysSoAndItsCountIsOurs() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1")
                .datesStayOpen(true)
                .fetch();
        assertThat(texts("select closed_at::text from settlement_date where closed_at is not null"))
                .isEmpty();
        ledgers.datesStayOpen(false).fetchAfter(Duration.ofMinutes(10));
        assertThat(texts("select closed_at::text from settlement_date where closed_at is not null"))
                .as("asked again after half an hour at the earliest")
                .isEmpty();
        ledgers.fetchAfter(Duration.ofMinutes(21));
        assertThat(texts("select ledger_date::text from settlement_date where closed_at is not null"))
                .containsExactly("2026-12-01");
    }

    @Test
    void aDayWhoseCountIsNotOursStaysOpenAndSaysWhy() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        SettlementCall call = ledgers.next().orElseThrow();
        while (!(call.about() instanceof SettlementCall.Day)) {
            ledgers.answers().record(call, 200, Map.of(), bytes(call));
            call = ledgers.next().orElseThrow();
        }
        ledgers.entry("2026-12-01", "capture", 7, "P2", "I2");
        ledgers.answers().record(call, 200, Map.of(), bytes(call));

        assertThat(text("select trouble from settlement_date")).contains("of 2026-12-01 the API counts 2 entries");
        ledgers.fetchAfter(Duration.ofHours(1));
        ledgers.fetchAfter(Duration.ofHours(1));
        assertThat(text("select coalesce(trouble, 'none') || ' ' || (closed_at is not null) from settlement_date"))
                .isEqualTo("none true");
    }

    @Test
    void aDayThatDiffersForGoodIsReportedOnceAPersonLetsGoOfIt() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        SettlementCall call = ledgers.next().orElseThrow();
        while (!(call.about() instanceof SettlementCall.Day)) {
            record200(call);
            call = ledgers.next().orElseThrow();
        }
        ledgers.entry("2026-12-01", "capture", 7, "P2", "I2");
        record200(call);
        LocalDate day = LocalDate.parse("2026-12-01");
        SettlementPeriods periods = new SettlementPeriods(database.jdbc());
        GapRelease release = new GapRelease(
                new SettlementFeeds(database.jdbc(), clock),
                new SettlementGaps(database.jdbc(), clock),
                new SettlementDates(database.jdbc(), clock),
                new AuditTrail(database.jdbc(), clock),
                database.transactions());

        assertThat(release.letGoOfDay(LEDGER, day.plusDays(1), "kari", "explained"))
                .isFalse();
        assertThat(periods.nextDay("demo", LEDGER, day, day.plusDays(2))).isEmpty();
        assertThat(release.letGoOfDay(LEDGER, day, "kari", "explained")).isTrue();
        assertThat(periods.nextDay("demo", LEDGER, day, day.plusDays(2))).isPresent();
        assertThat(text("select actor || ' ' || action || ' ' || reason from audit_event"))
                .isEqualTo("kari let go of day explained");
    }

    @Test
    void aDayThatDiffersHoldsThePayoutThatItIsPartOf() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1").payout("2026-12-02", 1, 0);
        LocalDate day = LocalDate.parse("2026-12-01");
        boolean missing = true;
        for (Optional<SettlementCall> call = ledgers.next(); call.isPresent(); call = ledgers.next()) {
            if (missing && call.get().about() instanceof SettlementCall.Day) {
                ledgers.entry("2026-12-01", "capture", 7, "P2", "I2");
                missing = false;
            }
            record200(call.get());
        }
        assertThat(texts("select ledger_date::text from settlement_date where closed_at is not null"))
                .containsExactly("2026-12-02");
        SettlementPeriods periods = new SettlementPeriods(database.jdbc());

        assertThat(periods.nextPayout("demo", LEDGER, day)).isEmpty();
        new SettlementDates(database.jdbc(), clock).letGoOfDifference(LEDGER, day);
        assertThat(periods.nextPayout("demo", LEDGER, day)).isPresent();
    }

    @Test
    void aDayOfFeesIsCountedLikeOneOfFundsAndReportsDoNotWaitForIt() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1").fee("2026-12-01", "capture-fee", -3, "P1", "I1", MSN);
        SettlementCall call = ledgers.next().orElseThrow();
        while (!(call.about() instanceof SettlementCall.Day day && day.date().topic() == Topic.FEES)) {
            record200(call);
            call = ledgers.next().orElseThrow();
        }
        assertThat(call.path()).contains("/fees/dates/2026-12-01");
        ledgers.fee("2026-12-01", "capture-fee", -4, "P2", "I2", MSN);
        record200(call);

        assertThat(text("select trouble from settlement_date where topic = 'FEES'"))
                .contains("of 2026-12-01 the API counts 2 entries of fees");
        assertThat(text("select closed_at is not null from settlement_date where topic = 'FUNDS'"))
                .isEqualTo("t");
        ledgers.fetchAfter(Duration.ofHours(1));
        ledgers.fetchAfter(Duration.ofHours(1));
        assertThat(text("select coalesce(trouble, 'none') || ' ' || (closed_at is not null) from settlement_date"
                        + " where topic = 'FEES'"))
                .isEqualTo("none true");
    }

    @Test
    void aFeedGoesOnFromItsCursorAfterAFailure() {
        for (int i = 1; i <= 6; i++) {
            ledgers.entry("2026-12-01", "capture", 100, "P" + i, "I" + i);
        }
        ledgers.pageSize(3);
        record200(ledgers.next().orElseThrow());
        record200(ledgers.next().orElseThrow());
        SettlementCall second = ledgers.next().orElseThrow();
        ledgers.answers().record(second, 500, Map.of(), new byte[0]);
        assertThat(ledgers.next().map(SettlementCall::path)).as("it rests").isNotEqualTo(Optional.of(second.path()));
        ledgers.fetchAfter(Duration.ofMinutes(11));

        assertThat(texts("select psp_reference from settlement_entry order by number"))
                .containsExactly("P1", "P2", "P3", "P4", "P5", "P6");
    }

    @Test
    void afterA429NothingIsAskedWithTheSameKeysForAsLongAsItSays() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        ledgers.datesStayOpen(true).fetch();
        clock.advance(Duration.ofHours(1));
        record200(ledgers.next().orElseThrow());
        SettlementCall feed = ledgers.next().orElseThrow();
        ledgers.answers().record(feed, 429, Map.of("Retry-After", "3300"), new byte[0]);

        assertThat(ledgers.next()).isEmpty();
        clock.advance(Duration.ofMinutes(54));
        assertThat(ledgers.next()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(ledgers.next()).isPresent();
    }

    @Test
    void aTokenThatIsOverIsReplacedAtOnceAndKeysThatAreRefusedAreTold() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        record200(ledgers.next().orElseThrow());
        SettlementCall feed = ledgers.next().orElseThrow();
        ledgers.answers().record(feed, 401, Map.of(), new byte[0]);

        assertThat(ledgers.next()).as("asked once more, with a new token").contains(feed);
        ledgers.answers().record(feed, 401, Map.of(), new byte[0]);
        assertThat(text("select trouble from settlement_feed where topic = 'FUNDS'"))
                .startsWith("HTTP 401");
        SettlementCall next = ledgers.next().orElseThrow();
        ledgers.answers().record(next, 401, Map.of(), new byte[0]);
        assertThat(ledgers.next()).as("no other one is asked twice").isNotEqualTo(Optional.of(next));
    }

    private void record200(SettlementCall call) {
        ledgers.answers().record(call, 200, Map.of(), bytes(call));
    }

    @Test
    void nothingOfAPageIsTakenThatCannotBeReadWhole() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        record200(ledgers.next().orElseThrow());
        SettlementCall page = ledgers.next().orElseThrow();
        String body = ledgers.body(page);
        for (String broken : List.of(
                body.substring(0, body.length() - 3),
                body.replace("\"amount\":100", "\"amount\":1.5"),
                body.replace("\"ledgerDate\":\"2026-12-01\"", "\"ledgerDate\":\"soon\""),
                "<html>")) {
            ledgers.answers().record(page, 200, Map.of(), broken.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(texts("select psp_reference from settlement_entry")).isEmpty();
        assertThat(text("select trouble from settlement_feed where topic = 'FUNDS'"))
                .startsWith("200, but");
        ledgers.fetchAfter(Duration.ofHours(1));
        assertThat(texts("select psp_reference from settlement_entry")).containsExactly("P1");
    }

    @Test
    void nothingIsAskedOnTheTestHostOrWhereNoChannelWantsSettlements() {
        assertThat(new Ledgers(
                                database,
                                clock,
                                "https://apitest.vipps.no",
                                channel().settlement(settlement().build()).build())
                        .next())
                .isEmpty();
        assertThat(new Ledgers(database, clock, channel().build()).next()).isEmpty();
    }

    @Test
    void aYoungDayThatIsNotThereIsAskedAgainAndAnOldOneIsTold() {
        ledgers.entry("2026-12-01", "capture", 100, "P1", "I1");
        ledgers.datesStayOpen(true).fetch();
        ledgers.datesStayOpen(false);
        clock.advance(Duration.ofMinutes(31));
        SettlementCall day = ledgers.next().orElseThrow();
        ledgers.answers().record(day, 404, Map.of(), new byte[0]);
        assertThat(text("select coalesce(trouble, 'none') from settlement_date"))
                .isEqualTo("none");
        clock.advance(Duration.ofDays(10));
        ledgers.answers().record(day, 404, Map.of(), new byte[0]);
        assertThat(text("select trouble from settlement_date")).startsWith("HTTP 404");
    }
}
