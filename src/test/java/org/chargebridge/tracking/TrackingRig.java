package org.chargebridge.tracking;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Currency;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LateErrors;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.recurring.ApiSettings;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tracker over a real ledger, with the answers of the API given by the test. */
final class TrackingRig implements AutoCloseable {

    static final String MSN = "123456";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T08:00:10Z");
    final JdbcClient jdbc = database.jdbc();
    final RecordedLines lines = new RecordedLines(database);
    final LookupPlan plan;
    final LookupAnswers answers;

    final WebhookStandings standings = new WebhookStandings(jdbc, clock);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    TrackingRig() {
        this(6_000_000);
    }

    TrackingRig(int getsPerMinute) {
        Channels channels = new Channels(
                List.of(ChannelBuilder.channel().build()),
                List.of(new SalesUnit(MSN, Currency.NOK, "id", "secret", "key")));
        Charges charges = new Charges(jdbc, clock);
        Events events = new Events(jdbc, clock);
        Lookups lookups = new Lookups(jdbc, clock);
        SalesUnits salesUnits = new SalesUnits(jdbc);
        Pacing pacing = new Pacing(jdbc);
        DeadLetters deadLetters = new DeadLetters(jdbc, clock);
        TrackingSettings settings = UsualSettings.of(TrackingSettings.class, Map.of("gets-per-minute", getsPerMinute));
        SendingSettings sending = UsualSettings.of(SendingSettings.class);
        Findings findings = new Findings(meters);
        ToldChanges toldChanges = new ToldChanges(standings, lookups, clock);
        plan = new LookupPlan(
                lookups,
                charges,
                events,
                salesUnits,
                new LateErrors(jdbc, clock),
                pacing,
                channels,
                settings,
                findings,
                new ConfirmationBacklog(lookups, channels, settings, clock, meters),
                toldChanges,
                database.transactions(),
                clock,
                sending);
        LookupOutages outages = new LookupOutages();
        answers = new LookupAnswers(
                new FoundCharges(
                        charges,
                        events,
                        deadLetters,
                        new OperationTargets(
                                jdbc,
                                charges,
                                events,
                                new OperationCourse(jdbc, clock),
                                new IntakeLetters(jdbc, clock),
                                clock),
                        channels,
                        findings,
                        toldChanges,
                        new CaptureReminders(charges, events, channels, clock),
                        settings,
                        clock),
                new MissingCharges(
                        salesUnits,
                        charges,
                        new Blocks(jdbc),
                        lookups,
                        events,
                        deadLetters,
                        channels,
                        findings,
                        outages,
                        clock,
                        sending),
                salesUnits,
                new SalesUnitHalts(salesUnits, clock),
                outages,
                pacing,
                ApiSettings.of(URI.create("http://127.0.0.1:1")),
                settings,
                findings,
                database.transactions(),
                clock,
                sending);
    }

    /** A file whose lines a 202 acknowledged, to be looked up now. */
    long acknowledged(String prefix, int count, String due) {
        long file = lines.due(due).file(prefix, count);
        jdbc.sql(
                        """
                        with sent as (
                            insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count,
                                earliest_due, answered_at, next_check_at, created_at)
                            values ('123456', 'BATCH', 'ACCEPTED', :prefix, '/', '', :count, :due::date, now(),
                                '2026-11-20T08:00:00Z', now())
                            returning id)
                        update block set dispatch_id = sent.id from sent where block.file_id = :file
                        """)
                .param("prefix", prefix)
                .param("count", count)
                .param("due", due)
                .param("file", file)
                .update();
        return file;
    }

    void found(Lookup lookup, String status, String more) {
        answers.record(lookup, 200, Map.of(), body(lookup, status, more));
    }

    /** An answer that is not recorded yet. */
    void noteFound(Lookup lookup, String status) {
        answers.note(lookup, 200, Map.of(), body(lookup, status, ""));
    }

    private static byte[] body(Lookup lookup, String status, String more) {
        String body =
                "{\"id\":\"%s\",\"agreementId\":\"%s\",\"amount\":%d,\"due\":\"%sT00:00:00Z\",\"status\":\"%s\"%s}"
                        .formatted(
                                lookup.line().orderId(),
                                lookup.line().agreementId(),
                                lookup.line().amountMinor(),
                                lookup.line().effectiveDue(),
                                status,
                                more);
        return body.getBytes(StandardCharsets.UTF_8);
    }

    void missing(Lookup lookup) {
        answers.record(
                lookup, 404, Map.of(), "{\"title\":\"Not Found\",\"status\":404}".getBytes(StandardCharsets.UTF_8));
    }

    String status(long file, int position) {
        return jdbc.sql("select status from charge where file_id = :file and position = :position")
                .param("file", file)
                .param("position", position)
                .query(String.class)
                .optional()
                .orElse("-");
    }

    List<String> reported() {
        return jdbc.sql("select status from event where reportable order by id")
                .query(String.class)
                .list();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        try {
            InvariantsHold.in(database.dataSource(), clock);
        } finally {
            database.close();
        }
    }
}
