package org.chargebridge.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.Currency;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.LeftBehind;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SettlementFeeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of the settings leaves behind is told for as long as something is left, and no longer. */
class LeftBehindAlarmsTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T08:00:00Z");
    private long file;

    @BeforeEach
    void aChannelWithACharge() {
        file = new RecordedLines(database).channel("visma").file("october", 1);
        sql("insert into channel_source values ('visma', 'visma', now()), ('demo', 'demo', now())");
        sql("insert into sales_unit (msn) values ('123456')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    private LeftBehindAlarms source(String msn, Channel... channels) {
        return new LeftBehindAlarms(
                new LeftBehind(database.jdbc()),
                new SettlementFeeds(database.jdbc(), clock),
                new Channels(List.of(channels), List.of(new SalesUnit(msn, Currency.NOK, "id", "secret", "key"))));
    }

    private static List<String> sentences(LeftBehindAlarms source) {
        return source.holding().stream()
                .map(found -> new AlarmText(found, Locale.ENGLISH).sentence())
                .toList();
    }

    private void becomes(String status, String nextCheckAt) {
        sql("update block set dispatch_id = null");
        sql("delete from block");
        sql("insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due, retry_days,"
                + " next_check_at, changed_at) values (" + file + ", 1, 'october-00000001', '123456', 'visma', 'agr', '"
                + status + "', '2026-11-25', 2, " + nextCheckAt + ", now())");
    }

    @Test
    void aChannelThatIsRenamedIsToldFromItsWaitingLineToTheLastChangeThatNoReportTold() {
        LeftBehindAlarms source = source("123456", channel().build());
        assertThat(sentences(source))
                .containsExactly("Channel visma is not set up any more, and left behind: 1 charges that are not final,"
                        + " 0 changes that no status report told, 0 files that the ERP did not get.");

        becomes("PENDING", "now()");
        assertThat(sentences(source)).singleElement().asString().contains("1 charges that are not final");

        sql("update charge set status = 'CHARGED', next_check_at = null");
        sql("insert into event (occurred_at, channel, msn, file_id, position, status, reportable)"
                + " values (now(), 'visma', '123456', " + file + ", 1, 'CHARGED', true)");
        sql("insert into receipt_request (file_id, kind, number, stem, requested_at)" + " values (" + file
                + ", 'RECEIPT', 1, 'october', now())");
        assertThat(sentences(source))
                .singleElement()
                .asString()
                .contains("0 charges that are not final, 1 changes that no status report told, 1 files");

        sql("update event set reportable = false");
        sql("delete from receipt_request");
        assertThat(source.holding()).isEmpty();
    }

    @Test
    void aChannelThatIsSetUpLeavesNothingBehind() {
        assertThat(source("123456", channel().build(), channel().name("visma").build())
                        .holding())
                .isEmpty();
    }

    @Test
    void aSalesUnitWhoseChargesNobodyFollowsIsToldUntilTheyAreFinal() {
        LeftBehindAlarms source =
                source("654321", channel().build(), channel().name("visma").build());
        assertThat(sentences(source))
                .containsExactly("Sales unit 123456 is not set up any more, and nobody follows 1 of its charges and"
                        + " operations, which are not final.");

        becomes("RESERVED", "now()");
        assertThat(source.holding()).hasSize(1);
        sql("update charge set status = 'CHARGED', next_check_at = null");
        assertThat(source.holding()).isEmpty();
    }

    @Test
    void linksThatCustomersHoldAreToldWhileNobodyAnswersThem() {
        sql("insert into operation (file_id, position, channel, msn, action, identity, target, order_id, exact,"
                + " agreement_id, invoice_number, customer_number, kid, currency, description, terms, digest, correction,"
                + " cells, recorded_at) values (" + file
                + ", 2, 'visma', '123456', 'DRAFT_AGREEMENT', 'K1', '', '', false,"
                + " '', 'K1', '', '', 'NOK', '', '{}', '\\x00', 0, '', now())");
        sql("insert into draft (file_id, position, channel, msn, way, external_id, state, created_at)" + " values ("
                + file + ", 2, 'visma', '123456', 'LINK', 'K1', 'OFFERED', now())");
        ChannelBuilder visma = channel().name("visma");
        assertThat(sentences(source("123456", channel().build(), visma.build())))
                .containsExactly("1 offers wait for customers at addresses that nobody answers:"
                        + " chargebridge.public-url is not set any more.");

        visma.agreements(before -> new Channel.Agreements(
                false,
                before.draft(),
                Optional.of("https://bridge.example"),
                Optional.empty(),
                Optional.empty(),
                "Visma"));
        assertThat(source("123456", channel().build(), visma.build()).holding()).isEmpty();
    }

    @Test
    void moneyOnALedgerThatItsLastChannelHasLeftIsToldUntilAReportTellsIt() {
        sql("delete from block");
        sql("insert into settlement_ledger (ledger_id, msn, currency, handles, names, seen_at)"
                + " values ('302321', '123456', 'NOK', '{123456}', '{Demo}', now())");
        sql("insert into settlement_feed (ledger_id, topic, next_attempt_at) values ('302321', 'FUNDS', now())");
        sql("insert into settlement_entry (ledger_id, topic, number, ledger_date, occurred_at, read_at, entry_type,"
                + " amount_minor, currency, msn, psp_reference, reference, recipient_handle, file_id, position)"
                + " values ('302321', 'FUNDS', 1, '2026-11-19', now(), now(), 'capture', 10000, 'NOK', '123456', 'p', 'r', '',"
                + " " + file + ", 1)");
        Channel moved = channel()
                .name("visma")
                .msn("654321")
                .settlement(settlement().build())
                .build();
        Channel former =
                channel().name("former").settlement(settlement().build()).build();
        Channel silent = channel().name("former").build();

        assertThat(sentences(source("654321", moved)))
                .anyMatch(
                        text -> text.startsWith("Settlement ledger 302321 holds money of charges that no report told"));
        assertThat(sentences(source("654321", moved, former))).noneMatch(text -> text.startsWith("Settlement ledger"));
        assertThat(sentences(source("654321", moved, silent))).noneMatch(text -> text.startsWith("Settlement ledger"));

        sql("insert into settlement_report (channel, ledger_id, period, first_date, last_date, payouts_through, owner,"
                + " opening_minor, lines, sum_minor, elsewhere_minor, posted, made_at) values ('visma', '302321', 'DATE',"
                + " '2026-11-19', '2026-11-19', 0, true, 0, 1, 10000, 0, true, now())");
        sql("insert into settlement_report_entry values ('visma', 'DATE', '302321', 'FUNDS', 1, 1, false, null)");
        assertThat(sentences(source("654321", moved))).noneMatch(text -> text.startsWith("Settlement ledger"));
    }
}
