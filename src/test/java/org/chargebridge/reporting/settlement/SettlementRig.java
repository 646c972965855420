package org.chargebridge.reporting.settlement;

import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SettlementBuilder;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.Reconciliations;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SettlementEntries;
import org.chargebridge.ledger.SettlementGaps;
import org.chargebridge.ledger.SettlementLines;
import org.chargebridge.ledger.SettlementPeriods;
import org.chargebridge.ledger.Settlements;
import org.chargebridge.reporting.ReportingSettings;
import org.chargebridge.settlement.Ledgers;

/** Settlements that were fetched into a real ledger, and the reports made of them. */
final class SettlementRig implements AutoCloseable {

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-12-03T06:00:00Z");
    final RecordedLines lines = new RecordedLines(database);
    final SettlementGaps gaps = new SettlementGaps(database.jdbc(), clock);
    final Ledgers ledgers;
    final SettlementReports reports;
    final ReconciliationReports reconciliations;
    private final OutboundFiles outboundFiles = new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry());
    private final List<Channel> channels;

    SettlementRig(Channel... channels) {
        this.channels = List.of(channels);
        Channels configured = new Channels(this.channels, List.of());
        ledgers = new Ledgers(database, clock, channels);
        reports = reports(configured);
        reconciliations = new ReconciliationReports(
                new Reconciliations(database.dataSource(), clock),
                new Settlements(database.dataSource(), clock),
                new SettlementEntries(database.dataSource(), clock),
                outboundFiles,
                configured,
                limited(),
                clock);
    }

    private LimitedTransactions limited() {
        return new LimitedTransactions(
                database.transactions().getTransactionManager(),
                new ReportingSettings(Duration.ofSeconds(1), Duration.ofMinutes(15)));
    }

    private SettlementReports reports(Channels configured) {
        return new SettlementReports(
                new Settlements(database.dataSource(), clock),
                new SettlementPeriods(database.jdbc()),
                new SettlementEntries(database.dataSource(), clock),
                new SettlementTellers(configured),
                new SettlementFiles(new SettlementLines(database.dataSource()), outboundFiles),
                configured,
                limited(),
                clock);
    }

    /** The same after somebody has set another first day. */
    SettlementReports reportsFrom(String date) {
        return reports(new Channels(
                List.of(channel().settlement(settlement().from(date).build()).build()), List.of()));
    }

    /** Checks what a start with other settings would check. */
    void startWith(SettlementBuilder settings) {
        Channels other =
                new Channels(List.of(channel().settlement(settings.build()).build()), List.of());
        new PostedPeriodCheck(other, new Settlements(database.dataSource(), clock)).afterSingletonsInstantiated();
    }

    /** An hour passes, what is new is fetched, and every channel gets the reports that are due. */
    void writeAll() {
        ledgers.fetchAfter(Duration.ofHours(1));
        channels.forEach(channel -> reports.write(channel.name()));
    }

    /** The files made so far, with their directories, in their order. */
    List<String> names() {
        return database.jdbc()
                .sql("select directory || '/' || name from outbound_file order by id")
                .query(String.class)
                .list();
    }

    /** Some columns of the last CSV file, without its header. */
    List<String> columns(String... columns) {
        String name = database.jdbc()
                .sql("select name from outbound_file where name like '%.csv' order by id desc limit 1")
                .query(String.class)
                .single();
        return columnsOf(name, columns);
    }

    List<String> columnsOf(String name, String... columns) {
        List<String> rows = content(name).lines().toList();
        List<String> header = List.of(rows.get(0).split(";", -1));
        List<String> picked = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(";", -1);
            List<String> some = new ArrayList<>();
            for (String column : columns) {
                some.add(cells[header.indexOf(column)]);
            }
            picked.add(String.join("|", some));
        }
        return picked;
    }

    String content(String name) {
        OutboundFile file = database.jdbc()
                .sql("select id, channel, directory from outbound_file where name = ?")
                .param(name)
                .query((row, number) -> new OutboundFile(
                        row.getLong("id"),
                        row.getString("channel"),
                        OutboundFile.Kind.SETTLEMENT,
                        row.getString("directory"),
                        name,
                        0,
                        "",
                        OutboundFile.State.RENDERED,
                        0,
                        0))
                .single();
        try (InputStream in = outboundFiles.content(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String sql) {
        return database.jdbc().sql(sql).query(String.class).single();
    }

    @Override
    public void close() {
        try {
            InvariantsHold.in(database.dataSource(), clock, Invariant.I7);
        } finally {
            database.close();
        }
    }
}
