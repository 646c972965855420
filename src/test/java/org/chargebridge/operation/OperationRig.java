package org.chargebridge.operation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Currency;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Attempts;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.CountedRefunds;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.StoredDeadLetter;
import org.chargebridge.recurring.ApiSettings;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operations on a real ledger, whose calls the test makes and answers one by one. */
abstract class OperationRig {

    static final String MSN = "123456";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T11:00:00Z");
    final JdbcClient jdbc = database.jdbc();
    final OperationTargets targets;
    final NextOperation next;
    final OperationAnswers answers;

    OperationRig() {
        Channels channels = new Channels(
                List.of(ChannelBuilder.channel()
                        .refunds(Channel.RefundPolicy.AUTO, 1_000_000_00)
                        .build()),
                List.of(new SalesUnit(MSN, Currency.NOK, "id", "secret", "key")));
        OperationCourse course = new OperationCourse(jdbc, clock);
        Charges charges = new Charges(jdbc, clock);
        Events events = new Events(jdbc, clock);
        Attempts attempts = new Attempts(jdbc, clock);
        SalesUnits salesUnits = new SalesUnits(jdbc);
        Pacing pacing = new Pacing(jdbc);
        targets = new OperationTargets(jdbc, charges, events, course, new IntakeLetters(jdbc, clock), clock);
        OperationSettings settings =
                new OperationSettings(OperationSettings.SCHEDULE, Duration.ofSeconds(30), Duration.ofHours(24));
        SendingSettings sending = UsualSettings.of(SendingSettings.class);
        ApiSettings api = ApiSettings.of(URI.create("http://127.0.0.1:1"));
        Verdicts verdicts =
                new Verdicts(course, targets, attempts, salesUnits, events, new DeadLetters(jdbc, clock), clock);
        next = new NextOperation(
                course,
                salesUnits,
                pacing,
                verdicts,
                api,
                database.transactions(),
                clock,
                List.of(new ChargeConduct(
                        course,
                        new CountedRefunds(jdbc),
                        targets,
                        attempts,
                        charges,
                        channels,
                        settings,
                        clock,
                        sending)),
                UsualSettings.of(GatewaySettings.class),
                UsualSettings.of(TrackingSettings.class, Map.of("gets-per-minute", 6_000_000)));
        answers = new OperationAnswers(
                course,
                next,
                verdicts,
                new SalesUnitHalts(salesUnits, clock),
                pacing,
                api,
                settings,
                database.transactions(),
                clock,
                sending);
    }

    @AfterEach
    void close() {
        try {
            InvariantsHold.in(database.dataSource(), clock);
        } finally {
            database.close();
        }
    }

    void record(Step step, ApiStandIn.Answer answer) {
        answers.record(step, answer.status(), ApiStandIn.noHeaders(), answer.body());
    }

    ApiStandIn api(long file, String status) {
        return jdbc.sql("select order_id, agreement_id, amount_minor, effective_due from instruction"
                        + " where file_id = :file and attempt_of is null")
                .param("file", file)
                .query((row, n) -> new ApiStandIn(
                        row.getString("order_id"),
                        row.getString("agreement_id"),
                        row.getLong("amount_minor"),
                        row.getString("effective_due"),
                        status))
                .single();
    }

    long charge(String prefix, String status) {
        long file = new RecordedLines(database).file(prefix, 1);
        jdbc.sql(
                        """
                        with sent as (
                            insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count,
                                earliest_due, answered_at, created_at)
                            values ('123456', 'BATCH', 'ACCEPTED', :prefix, '/', '', 1, '2026-12-01', now(), now())
                            returning id),
                        taken as (update block set dispatch_id = sent.id from sent where block.file_id = :file),
                        told as (
                            insert into event (occurred_at, channel, msn, file_id, position, order_id, status,
                                reportable, amount_captured)
                            select now(), 'demo', msn, file_id, position, order_id, :status, true, 0
                            from instruction where file_id = :file)
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                            retry_days, seen_at, next_check_at, changed_at)
                        select file_id, position, order_id, msn, 'demo', agreement_id, :status, effective_due,
                            retry_days, :now, :now, :now
                        from instruction where file_id = :file
                        """)
                .param("prefix", prefix)
                .param("file", file)
                .param("status", status)
                .param("now", java.time.OffsetDateTime.ofInstant(clock.instant(), java.time.ZoneOffset.UTC))
                .update();
        return file;
    }

    void operation(long file, Action action, long amount) {
        jdbc.sql(
                        """
                        insert into operation (file_id, position, channel, msn, action, identity, target, order_id,
                            exact, agreement_id, invoice_number, customer_number, kid, amount_minor, currency,
                            description, terms, digest, correction, cells, recorded_at, next_attempt_at)
                        select file_id, 100, 'demo', msn, :action, :action || order_id, order_id, order_id, false,
                            agreement_id, 'K1', '', '', nullif(:amount, 0), 'NOK', 'back', '{}', '\\x00', 0, '', :now, :now
                        from instruction where file_id = :file and attempt_of is null
                        """)
                .param("action", action.name())
                .param("amount", amount)
                .param("file", file)
                .param("now", java.time.OffsetDateTime.ofInstant(clock.instant(), java.time.ZoneOffset.UTC))
                .update();
    }

    /** A refund whose call the API took in, and did not carry out yet. */
    Step refundTakenIn(long file, ApiStandIn api) {
        operation(file, Action.REFUND, 4_000);
        Step look = next.lease(MSN).orElseThrow();
        record(look, api.answer(look));
        Step call = next.lease(MSN).orElseThrow();
        answers.record(call, 202, ApiStandIn.noHeaders(), new byte[0]);
        return call;
    }

    Operation operation(long file) {
        return new OperationCourse(jdbc, clock).find(file, 100).orElseThrow();
    }

    List<DeadLetter> openLetters() {
        DeadLetterFilter open = new DeadLetterFilter(
                Optional.of(DeadLetter.State.OPEN),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new DeadLetters(jdbc, clock)
                .find(open, Long.MAX_VALUE, 10).stream()
                        .map(StoredDeadLetter::letter)
                        .toList();
    }

    long open() {
        return jdbc.sql("select count(*) from operation where state = 'OPEN'")
                .query(Long.class)
                .single();
    }

    String state(long file) {
        return jdbc.sql("select state from operation where file_id = :file")
                .param("file", file)
                .query(String.class)
                .single();
    }

    List<String> told(long file) {
        return jdbc.sql("select status from event where file_id = :file and position = 100 and reportable order by id")
                .param("file", file)
                .query(String.class)
                .list();
    }
}
