package org.chargebridge.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.ChargeSignals;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.WebhookEvents;
import org.chargebridge.ledger.WebhookRegistrations;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.sealing.Seal;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks over a real ledger: received as bytes and headers, and worked on when the test says so. */
final class SignalRig implements AutoCloseable {

    static final String MSN = "123456";
    static final URI URL = URI.create("https://payments.example.com/webhooks/recurring");
    static final String SECRET = "c2VjcmV0LW9mLXJlZ2lzdHJhdGlvbg==";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-12-01T08:00:00Z");
    final JdbcClient jdbc = database.jdbc();
    final RecordedLines lines = new RecordedLines(database);
    final Seal seal = new Seal(List.of(new byte[32]));
    final WebhookRegistrations registrations = new WebhookRegistrations(jdbc, clock);
    final WebhookEvents events = new WebhookEvents(jdbc, clock);
    final io.micrometer.core.instrument.simple.SimpleMeterRegistry meters =
            new io.micrometer.core.instrument.simple.SimpleMeterRegistry();
    final WebhookReceiver receiver;
    final WebhookSignals signals;

    SignalRig() {
        registered("reg-1", MSN, SECRET);
        receiver = new WebhookReceiver(
                new RegisteredSecrets(registrations, seal),
                events,
                new WebhookStandings(jdbc, clock),
                database.transactions(),
                meters);
        signals = new WebhookSignals(
                events, new ChargeSignals(jdbc, clock), new Charges(jdbc, clock), database.transactions(), clock);
    }

    void registered(String id, String msn, String secret) {
        registrations.made(id, msn, URL, List.of(), seal.seal(id, secret));
    }

    /** The status of the answer to a signed delivery. */
    int deliver(String body) {
        return deliver(SECRET, body);
    }

    int deliver(String secret, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return deliver(new SignedSender(URL, secret).headers(bytes), bytes);
    }

    int deliver(Map<String, String> headers, byte[] body) {
        return receiver.receive(receiver.delivery(Map.copyOf(headers), body));
    }

    void apply() {
        boolean more = signals.next();
        while (more) {
            more = signals.next();
        }
    }

    /** A file whose lines were asked for in one request of that state. */
    long sent(String prefix, int count, String state) {
        long file = lines.due("2026-12-01").file(prefix, count);
        jdbc.sql(
                        """
                        with sent as (
                            insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count,
                                earliest_due, next_attempt_at, lease_until, next_check_at, created_at)
                            values ('123456', 'BATCH', :state, :prefix, '/', '', :count, '2026-12-01',
                                '2026-12-01T08:00:00Z', clock_timestamp(),
                                case when :state = 'ACCEPTED' then timestamptz '2026-12-01T08:00:00Z' end, now())
                            returning id)
                        update block set dispatch_id = sent.id from sent where block.file_id = :file
                        """)
                .param("state", state)
                .param("prefix", prefix)
                .param("count", count)
                .param("file", file)
                .update();
        return file;
    }

    /** A charge's row: status, whether a refusal is claimed, and its next look-up; a hyphen where there is none. */
    String charge(long file, int position) {
        return jdbc.sql(
                        """
                        select status || case when refusal_claimed then ' claimed' else '' end || ' '
                            || coalesce(to_char(next_check_at at time zone 'UTC', 'MM-DD HH24:MI'), 'never')
                        from charge where file_id = :file and position = :position
                        """)
                .param("file", file)
                .param("position", position)
                .query(String.class)
                .optional()
                .orElse("-");
    }

    /** What is written down, in order: kind and state. */
    List<String> written() {
        return jdbc.sql("select kind || ' ' || state from webhook_event order by id")
                .query(String.class)
                .list();
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
