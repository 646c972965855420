package org.chargebridge.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node that drafts dies or stands still, and another goes on: a customer is offered one agreement. */
class DraftLeaseTest {

    private static final String MSN = "123456";

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T11:00:00Z");
    private final JdbcClient jdbc = database.jdbc();
    private final NextDraft next;
    private final DraftAnswers answers;

    DraftLeaseTest() {
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

    private void offer(String number) {
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

    @Test
    void whoeverStoodStillLongerThanTheLeaseDraftsNothing() {
        DraftCall late = call();
        assertThat(next.holds(late)).isTrue();
        leaseRunsOut();

        assertThat(next.holds(late)).isFalse();

        searchedInVain();
        DraftCall anew = call();
        assertThat(anew.drafts()).isTrue();
        assertThat(next.holds(late)).isFalse();
        assertThat(next.holds(anew)).isTrue();
    }

    @Test
    void whatWasAnsweredIsLeasedToNobody() {
        answer(call(), 201, "{\"agreementId\":\"agr_1\",\"vippsConfirmationUrl\":\"https://example.com/1\"}");

        assertThat(jdbc.sql("select count(*) from draft where lease_owner is null and lease_until is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void anAnswerThatCameAfterTheLeaseIsFoundByASearchAndNotRecordedTwice() {
        DraftCall dead = call();
        leaseRunsOut();
        DraftCall search = call();
        assertThat(search.drafts()).isFalse();
        assertThat(next.holds(search)).isTrue();

        answer(dead, 201, "{\"agreementId\":\"agr_1\",\"vippsConfirmationUrl\":\"https://example.com/1\"}");
        assertThat(state()).isEqualTo("UNKNOWN");
        answer(search, 200, "[" + agreement("agr_1", "C1") + "]");

        assertThat(state()).isEqualTo("PENDING");
        assertThat(next.next(MSN)).isEmpty();
    }

    @Test
    void oneListTellsOfAllDraftsWhoseAnswersGotLost() {
        offer("2");
        offer("3");
        for (int draft = 0; draft < 3; draft++) {
            answer(readyCall(), 500, "");
        }
        clock.advance(Duration.ofSeconds(30));

        answer(call(), 200, "[" + agreement("agr_1", "C1") + "," + agreement("agr_3", "C3") + "]");
        assertThat(states()).containsExactly("PENDING agr_1", "PENDING agr_3", "UNKNOWN");
        answer(call(), 200, "[]");
        assertThat(states()).containsExactly("PENDING agr_1", "PENDING agr_3", "READY");
    }

    @Test
    void anAgreementOfAnotherPriceIsAnotherLinesOffer() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));

        answer(call(), 200, "[" + agreement("agr_2", "C1").replace("49900", "59900") + "]");

        assertThat(state()).isEqualTo("UNKNOWN");
    }

    @Test
    void aListWhosePagesAreSmallerThanAskedForIsReadToItsEndBeforeAnotherIsDrafted() {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        answer(call(), 200, pageOfOthers());

        DraftCall second = call();
        assertThat(second.query()).contains("status=PENDING").contains("pageNumber=2");
        answer(second, 200, "[" + agreement("agr_1", "C1") + "]");

        assertThat(state()).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aPageThatTheApiDoesNotHaveEndsTheList(int status) {
        answer(call(), 500, "");
        clock.advance(Duration.ofSeconds(30));
        answer(call(), 200, pageOfOthers());

        answer(call(), status, "{\"title\":\"No such page\"}");

        assertThat(call().query()).contains("status=ACTIVE").contains("pageNumber=1");
    }

    private static String pageOfOthers() {
        return IntStream.range(0, 500)
                .mapToObj(n -> agreement("agr_other" + n, "D" + n))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private DraftCall readyCall() {
        return next.next(MSN).stream().filter(DraftCall::drafts).findFirst().orElseThrow();
    }

    private static String agreement(String id, String externalId) {
        return "{\"id\":\"" + id + "\",\"status\":\"PENDING\",\"externalId\":\"" + externalId
                + "\",\"productName\":\"Gold\","
                + "\"pricing\":{\"type\":\"LEGACY\",\"amount\":49900,\"currency\":\"NOK\"}}";
    }

    private List<String> states() {
        return jdbc.sql("select state || coalesce(' ' || agreement_id, '') from draft order by 1")
                .query(String.class)
                .list();
    }

    private DraftCall call() {
        jdbc.sql("update pacing set tokens = 1").update();
        List<DraftCall> calls = next.next(MSN);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private void searchedInVain() {
        answer(call(), 200, "[]");
        answer(call(), 200, "[]");
    }

    private void answer(DraftCall call, int status, String body) {
        answers.record(call, status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private void leaseRunsOut() {
        jdbc.sql("update draft set lease_until = clock_timestamp() - interval '1 second'")
                .update();
    }

    private String state() {
        return jdbc.sql("select state from draft").query(String.class).single();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update draft set channel = 'gone'", "update operation set amount_minor = null, channel = 'demo'"
            })
    void oneThatNoRequestCanBeMadeOfIsToldAndKeepsNoOtherFromBeingDrafted(String broken) {
        jdbc.sql(broken).update();
        offer("2");
        assertThat(readyCall().draft().invoiceNumber()).isEqualTo("O2");
        assertThat(states()).containsExactlyInAnyOrder("REFUSED", "SENDING");
        assertThat(jdbc.sql("select reason_code from event where reportable")
                        .query(String.class)
                        .list())
                .containsExactly("REQUEST_NOT_POSSIBLE");
    }
}
