package org.chargebridge.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InitialCharges;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ApiSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drafts on a real ledger, whose calls the test makes and answers one by one. */
abstract class DraftRig {

    static final String MSN = "123456";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T11:00:00Z");
    final JdbcClient jdbc = database.jdbc();
    final NextDraft next;
    final DraftAnswers answers;

    DraftRig() {
        Channels channels = new Channels(
                List.of(ChannelBuilder.channel()
                        .agreements(any -> new Channel.Agreements(
                                false,
                                Channel.DraftWay.DIRECT,
                                Optional.empty(),
                                Optional.of("https://www.example.com/thanks"),
                                Optional.of("https://www.example.com/agreements"),
                                "Example"))
                        .build()),
                List.of(new SalesUnit(MSN, Currency.NOK, "id", "secret", "key")));
        Drafts drafts = new Drafts(jdbc, clock);
        SalesUnits salesUnits = new SalesUnits(jdbc);
        Pacing pacing = new Pacing(jdbc);
        ApiSettings api = ApiSettings.of(URI.create("http://127.0.0.1:1"));
        DraftOutcomes outcomes = new DraftOutcomes(
                drafts,
                new KnownAgreements(jdbc, clock),
                new InitialCharges(jdbc, clock),
                new Events(jdbc, clock),
                clock);
        next = new NextDraft(
                drafts,
                outcomes,
                salesUnits,
                pacing,
                channels,
                api,
                database.transactions(),
                clock,
                UsualSettings.of(GatewaySettings.class));
        answers = new DraftAnswers(
                drafts,
                outcomes,
                new SalesUnitHalts(salesUnits, clock),
                pacing,
                api,
                database.transactions(),
                UsualSettings.of(SendingSettings.class),
                clock);
    }

    @BeforeEach
    void offer() {
        offer("1");
    }

    void offer(String number) {
        long file = new RecordedLines(database).file("demo-offer" + number, 1);
        jdbc.sql(
                        """
                        insert into operation (file_id, position, channel, msn, action, identity, target, order_id,
                            exact, agreement_id, invoice_number, customer_number, kid, amount_minor, currency,
                            description, external_id, terms, digest, correction, cells, recorded_at, next_attempt_at)
                        values (:file, 100, 'demo', :msn, 'DRAFT_AGREEMENT', :offer, :offer, '', false, '', :offer, :customer,
                            '', 49900, 'NOK', '', :customer,
                            '{"way": "DIRECT", "product_name": "Gold", "pricing_type": "LEGACY"}', '\\x00', 0, '',
                            now(), now())
                        """)
                .param("file", file)
                .param("msn", MSN)
                .param("offer", "O" + number)
                .param("customer", "C" + number)
                .update();
        database.transactions().executeWithoutResult(tx -> new Drafts(jdbc, clock).open(file));
    }

    @AfterEach
    void close() {
        try {
            InvariantsHold.in(database.dataSource(), clock);
        } finally {
            database.close();
        }
    }

    DraftCall readyCall() {
        return next.next(MSN).stream().filter(DraftCall::drafts).findFirst().orElseThrow();
    }

    static String agreement(String id, String externalId) {
        return "{\"id\":\"" + id + "\",\"status\":\"PENDING\",\"externalId\":\"" + externalId
                + "\",\"productName\":\"Gold\","
                + "\"pricing\":{\"type\":\"LEGACY\",\"amount\":49900,\"currency\":\"NOK\"}}";
    }

    List<String> states() {
        return jdbc.sql("select state || coalesce(' ' || agreement_id, '') from draft order by 1")
                .query(String.class)
                .list();
    }

    DraftCall call() {
        jdbc.sql("update pacing set tokens = 1").update();
        List<DraftCall> calls = next.next(MSN);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    void searchedInVain() {
        answer(call(), 200, "[]");
        answer(call(), 200, "[]");
    }

    void answer(DraftCall call, int status, String body) {
        answers.record(call, status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    void leaseRunsOut() {
        jdbc.sql("update draft set lease_until = clock_timestamp() - interval '1 second'")
                .update();
    }

    String state() {
        return jdbc.sql("select state from draft").query(String.class).single();
    }
}
