package org.chargebridge.agreement;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Currency;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.AcceptedDrafts;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.ImportedAgreements;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Queries;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.chargebridge.ledger.WebhookEvents;
import org.chargebridge.recurring.ApiSettings;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What follows agreements over a real ledger, with the answers of the API given by the test. */
final class AgreementRig implements AutoCloseable {

    static final String MSN = "123456";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T00:10:00Z");
    final JdbcClient jdbc = database.jdbc();
    final RecordedLines lines = new RecordedLines(database);
    final KnownAgreements known = new KnownAgreements(jdbc, clock);
    final AgreementScans scans = new AgreementScans(jdbc, clock);
    final AgreementPlan plan;
    final AgreementAnswers answers;
    final AgreementImports imports;
    final ImportRequests requests;

    AgreementRig() {
        this(ChannelBuilder.channel().build());
    }

    AgreementRig(Channel channel) {
        Channels channels =
                new Channels(List.of(channel), List.of(new SalesUnit(MSN, Currency.NOK, "id", "secret", "key")));
        SalesUnits salesUnits = new SalesUnits(jdbc);
        Charges charges = new Charges(jdbc, clock);
        Events events = new Events(jdbc, clock);
        Pacing pacing = new Pacing(jdbc);
        ImportedAgreements imported = new ImportedAgreements(jdbc, clock);
        AgreementSettings settings =
                new AgreementSettings(AgreementSettings.SCHEDULE, LocalTime.of(2, 30), Duration.ofMinutes(1));
        SendingSettings sending = UsualSettings.of(SendingSettings.class, Map.of());
        plan = new AgreementPlan(
                known,
                scans,
                imported,
                new ImportCheck(imported, salesUnits, charges, events, new DeadLetters(jdbc, clock)),
                new AgreementSignals(new WebhookEvents(jdbc, clock), known),
                new Queries(jdbc, clock),
                salesUnits,
                pacing,
                channels,
                settings,
                database.transactions(),
                clock,
                UsualSettings.of(TrackingSettings.class, Map.of("gets-per-minute", 1_000_000)),
                new Lookups(jdbc, clock),
                sending);
        answers = new AgreementAnswers(
                known,
                scans,
                imported,
                new Queries(jdbc, clock),
                new AgreementChanges(
                        known, salesUnits, new UnsentLines(jdbc, clock), charges, events, List.of(), clock),
                new UnitRefusals(salesUnits, new SalesUnitHalts(salesUnits, clock), sending, database.transactions()),
                pacing,
                ApiSettings.of(URI.create("http://127.0.0.1:1")),
                settings,
                database.transactions(),
                clock);
        imports = new AgreementImports(scans, new AcceptedDrafts(jdbc), channels, database.transactions(), clock);
        requests = new ImportRequests(scans, new AuditTrail(jdbc, clock), channels, database.transactions());
    }

    /** The only call there is. */
    AgreementCall call() {
        List<AgreementCall> calls = plan.next(MSN);
        if (calls.size() != 1) {
            throw new AssertionError("not one call: " + calls);
        }
        return calls.get(0);
    }

    void answer(AgreementCall call, int status, String body) {
        answer(call, status, Map.of(), body);
    }

    void answer(AgreementCall call, int status, Map<String, Object> headers, String body) {
        answers.record(call, status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    static String agreement(String id, String status) {
        return "{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"externalId\":\"K-" + id
                + "\",\"pricing\":{\"type\":\"LEGACY\",\"amount\":100,\"currency\":\"NOK\"}}";
    }

    static String page(String... agreements) {
        return "[" + String.join(",", agreements) + "]";
    }

    /** A full page: another one follows. */
    static String fullPage(String prefix) {
        return page(2_000, prefix);
    }

    static String page(int agreements, String prefix) {
        return "["
                + IntStream.range(0, agreements)
                        .mapToObj(n -> agreement(prefix + n, "ACTIVE"))
                        .collect(Collectors.joining(","))
                + "]";
    }

    /** The tokens of five minutes have come. */
    void waitForLists() {
        jdbc.sql("update pacing set tokens = 1 where limit_class = 'LIST_AGREEMENTS'")
                .update();
    }

    List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
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
