package org.chargebridge.submission;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Currency;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LateErrors;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.chargebridge.recurring.ApiSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The sender over a real ledger, with the answers of the API given by the test. */
final class SendingRig implements AutoCloseable {

    static final String MSN = "123456";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T08:00:10Z");
    final Channels channels;
    final SalesUnits salesUnits;
    final Charges charges;
    final Blocks blocks;
    final NextDispatch nextDispatch;
    final DispatchAnswers answers;
    final ChargeRedrive redrive;
    final JdbcClient jdbc;
    final TransactionTemplate transactions;

    SendingRig() {
        this(ChannelBuilder.channel().build());
    }

    SendingRig(Channel... channel) {
        channels = new Channels(List.of(channel), List.of(new SalesUnit(MSN, Currency.NOK, "id", "secret", "key")));
        jdbc = database.jdbc();
        transactions = database.transactions();
        salesUnits = new SalesUnits(jdbc);
        charges = new Charges(jdbc, clock);
        blocks = new Blocks(jdbc);
        Dispatches dispatches = new Dispatches(jdbc, clock);
        Events events = new Events(jdbc, clock);
        Pacing pacing = new Pacing(jdbc);
        SendingSettings settings = UsualSettings.of(
                SendingSettings.class, Map.of("creates-per-minute", 1_000_000, "unscheduled-per-minute", 1_000_000));
        ApiSettings api = ApiSettings.of(URI.create("http://127.0.0.1:1"))
                .withTimeouts(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(10));
        LateLines late = new LateLines(charges, events, new DeadLetters(jdbc, clock), channels, clock);
        DispatchJoiner joiner = new DispatchJoiner(blocks, dispatches, late, channels, settings, clock);
        UnansweredDispatches unanswered =
                new UnansweredDispatches(dispatches, blocks, charges, events, settings, clock);
        nextDispatch = new NextDispatch(
                salesUnits,
                dispatches,
                joiner,
                unanswered,
                pacing,
                settings,
                api,
                transactions,
                clock,
                UsualSettings.of(GatewaySettings.class));
        answers = new DispatchAnswers(
                new Outcomes(api, clock),
                salesUnits,
                dispatches,
                blocks,
                joiner,
                unanswered,
                new RefusedLines(blocks, charges),
                new Lookups(jdbc, clock),
                new LateErrors(jdbc, clock),
                events,
                new DispatchRetries(
                        salesUnits, new SalesUnitHalts(salesUnits, clock), dispatches, blocks, pacing, settings, clock),
                settings,
                transactions,
                clock,
                new SimpleMeterRegistry());
        redrive = new ChargeRedrive(
                new InboundFiles(jdbc, clock),
                salesUnits,
                blocks,
                charges,
                new UnsentLines(jdbc, clock),
                events,
                clock);
    }

    /** Leases what must be there. */
    Lease lease() {
        return nextDispatch.lease(MSN).orElseThrow(() -> new AssertionError("nothing may go"));
    }

    boolean nothingMayGo() {
        return nextDispatch.lease(MSN).isEmpty();
    }

    void answer(Lease lease, int status, String body) {
        answers.record(lease, status, Map.of(), body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The answer 202 that lists every order id of the request as valid. */
    void acknowledge(Lease lease) {
        answer(lease, 202, "{\"validCharges\":[],\"invalidCharges\":[]}");
    }

    String dispatchState(long id) {
        return jdbc.sql("select state from dispatch where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    Optional<String> chargeStatus(long fileId, int position) {
        return jdbc.sql("select status from charge where file_id = :fileId and position = :position")
                .param("fileId", fileId)
                .param("position", position)
                .query(String.class)
                .optional();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    /** Every accepted line is in exactly one block, and in at most one dispatch that may still be sent or was taken in. */
    long linesOutsideExactlyOneBlock() {
        return count(
                """
                select count(*) from (
                    select i.file_id, i.position, count(b.id) as blocks
                    from instruction i left join block b on b.file_id = i.file_id
                        and i.position between b.first_position and b.last_position
                    where i.action = 'CHARGE' group by 1, 2) lines
                where blocks <> 1
                """);
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
