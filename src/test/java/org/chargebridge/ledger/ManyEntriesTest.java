package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Reconciliations.Kind;
import org.chargebridge.ledger.Reconciliations.Scope;
import org.chargebridge.ledger.Reconciliations.Totals;
import org.chargebridge.ledger.SettlementPeriods.Complete;
import org.chargebridge.ledger.Settlements.Tellers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A first month of settlements was read a moment ago, and nobody has counted yet what the tables hold. Its reports are made
 * all the same: no statement looks for each of many entries among all of them, which would take hours.
 */
class ManyEntriesTest {

    private static final int MANY = 60_000;
    private static final int EACH_PAYOUT = 2_000;
    private static final LocalDate FIRST = LocalDate.parse("2026-11-01");
    private static final LocalDate LAST = LocalDate.parse("2026-11-30");

    private static LedgerDatabase database;
    private final TestClock clock = new TestClock("2026-12-03T06:00:00Z");
    private final Settlements settlements = new Settlements(database.dataSource(), clock);
    private final SettlementLines lines = new SettlementLines(database.dataSource());
    private final Reconciliations reconciliations = new Reconciliations(database.dataSource(), clock);

    @BeforeAll
    static void fill() {
        database = LedgerDatabase.create();
        JdbcClient jdbc = database.jdbc();
        for (String table : List.of(
                "settlement_entry",
                "settlement_report_entry",
                "settlement_report",
                "settlement_payout",
                "instruction",
                "inbound_file",
                "charge")) {
            jdbc.sql("alter table " + table + " set (autovacuum_enabled = false)")
                    .update();
        }
        new RecordedLines(database).file("A", MANY);
        jdbc.sql(
                        """
                        insert into settlement_ledger (ledger_id, msn, currency, handles, names, seen_at)
                        values ('302321', '123456', 'NOK', array['123456'], array['Demo'], now())
                        """)
                .update();
        jdbc.sql(
                        """
                        insert into settlement_feed (ledger_id, topic, last_number, next_attempt_at, complete_at)
                        select '302321', topic, :many, now(), now() from unnest(array['FUNDS', 'FEES']) topic
                        """)
                .param("many", MANY)
                .update();
        jdbc.sql(
                        """
                        insert into settlement_entry (ledger_id, topic, number, ledger_date, occurred_at, entry_type,
                            psp_reference, reference, currency, amount_minor, recipient_handle, msn, read_at)
                        select '302321', topic, n, date '2026-11-01' + n / 2001, now(),
                            case when topic = 'FEES' then 'capture'
                                 when n % :eachPayout = 0 then 'payout-scheduled' else 'capture' end,
                            'p' || n, 'A-' || lpad(n::text, 8, '0'), 'NOK', 100, 'api:123456',
                            case when n % :eachPayout = 0 then '' else '123456' end, now()
                        from unnest(array['FUNDS', 'FEES']) topic, generate_series(1, :many) n
                        """)
                .param("many", MANY)
                .param("eachPayout", EACH_PAYOUT)
                .update();
        jdbc.sql(
                        """
                        insert into settlement_payout (ledger_id, payout_id, first_number, number, ledger_date, bank_date,
                            bank_text, amount_minor)
                        select '302321', 'p' || n, n - :eachPayout + 1, n, date '2026-11-01' + n / 2001, date '2026-12-01',
                            '', 100
                        from generate_series(:eachPayout, :many, :eachPayout) n
                        """)
                .param("many", MANY)
                .param("eachPayout", EACH_PAYOUT)
                .update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aReportOfManyEntriesIsMadeBeforeTheTablesAreAnalyzed() {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger fees = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        database.transactions().executeWithoutResult(tx -> {
            givesUpAfterAMinute();
            settlements.lock("demo", "302321");
            new SettlementEntries(database.dataSource(), clock).matchLate("302321", FIRST);
            SettlementReport report = settlements.make(
                    "demo",
                    "302321",
                    "MONTH",
                    new Complete(FIRST, LAST, OptionalLong.empty()),
                    FIRST,
                    new Tellers("demo", Set.of("demo"), Map.of()),
                    true);
            assertThat(report.lines()).isEqualTo(MANY);
            assertThat(report.sumMinor()).isEqualTo(100L * MANY);
            assertThat(lines.groups(report)).isNotEmpty();
            read(() ->
                    lines.forEach(report, line -> told.addAndGet(line.payoutId().isPresent() ? 1 : 0)));
            read(() -> lines.forEachFee(report, line -> fees.incrementAndGet()));
            read(() -> lines.forEachEntry(report, line -> all.incrementAndGet()));
            tx.setRollbackOnly();
        });
        assertThat(List.of(told.get(), fees.get(), all.get())).containsOnly(MANY);
    }

    @Test
    void manyLinesAreReconciledWithManyEntriesBeforeTheTablesAreAnalyzed() {
        Scope scope =
                new Scope("demo", Kind.DAY, FIRST, LocalDate.parse("2026-12-03"), clock.instant(), List.of("123456"));
        AtomicInteger differences = new AtomicInteger();
        database.transactions().executeWithoutResult(tx -> {
            givesUpAfterAMinute();
            new SettlementEntries(database.dataSource(), clock).matchLate("302321", FIRST);
            assertThat(reconciliations.begin(scope)).isTrue();
            assertThat(reconciliations.totals(scope)).extracting(Totals::lines).containsExactly((long) MANY);
            read(() -> reconciliations.forEachDifference(scope, difference -> differences.incrementAndGet()));
            tx.setRollbackOnly();
        });
        assertThat(differences).hasValue(0);
    }

    /** Not how fast it is: read all once for each entry, it would take many times as long. */
    private static void givesUpAfterAMinute() {
        database.jdbc().sql("set local statement_timeout = '60s'").update();
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void read(Reading reading) {
        try {
            reading.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
