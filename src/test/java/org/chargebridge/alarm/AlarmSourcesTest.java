package org.chargebridge.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.ExpectedFile;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Alarm.Amount;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmFacts;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.ExpectedFiles;
import org.chargebridge.ledger.Invariants;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.Reconciliations;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.WebhookStandings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What is wrong is read from the ledger, and gone as soon as the ledger says so. */
class AlarmSourcesTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T08:00:00Z");
    private final AlarmFacts facts = new AlarmFacts(database.jdbc(), clock);
    private final AlarmSettings settings = new AlarmSettings(
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ofMinutes(1),
            "en",
            Duration.ofMinutes(30),
            new AlarmSettings.Mail(List.of(), "", "", 0, "", "", "starttls"),
            new AlarmSettings.Webhook("", ""));
    private final DeadLetters letters = new DeadLetters(database.jdbc(), clock);

    @AfterEach
    void close() {
        database.close();
    }

    private static Channels channels(Channel... channels) {
        return new Channels(List.of(channels), List.of(unit("123456")));
    }

    private static Channels units(String... msns) {
        return new Channels(
                List.of(ChannelBuilder.channel().build()),
                List.of(msns).stream().map(AlarmSourcesTest::unit).toList());
    }

    private static SalesUnit unit(String msn) {
        return new SalesUnit(msn, Currency.NOK, "id", "secret", "key");
    }

    private SettlementAlarms settlementAlarms() {
        return new SettlementAlarms(
                new SettlementFeeds(database.jdbc(), clock),
                new SettlementDates(database.jdbc(), clock),
                new Reconciliations(database.dataSource(), clock),
                channels(ChannelBuilder.channel().build()),
                settings,
                clock);
    }

    private void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    private static List<String> sentences(List<Finding> findings) {
        return findings.stream()
                .map(found -> new AlarmText(found, Locale.ENGLISH).sentence())
                .toList();
    }

    @Test
    void fileThatIsRefusedIsToldWithItsReasonUntilItIsDecided() {
        long file = new RecordedLines(database).file("october", 3);
        sql("update inbound_file set state = 'REFUSED'");
        sql("insert into inbound_file_total values (" + file + ", 'NOK', 3, 30000)");
        letters.open(DeadLetter.ofFile("demo", "123456", file, Reason.of(ReasonCode.FILE_TRAILER_MISSING)));
        LetterAlarms source = new LetterAlarms(facts);

        assertThat(sentences(source.holding()))
                .singleElement()
                .asString()
                .startsWith(
                        "The file october.csv of channel demo was refused as a whole; nothing of it is charged. The row");
        assertThat(source.holding().get(0).amount()).contains(new Amount(30_000, "NOK"));
        assertThat(source.holding().get(0).file()).contains("october.csv");

        letters.close(1, DeadLetter.State.DISCARDED);
        assertThat(source.holding()).isEmpty();
    }

    @Test
    void headerThatIsNotKnownIsNotQuotedForItMayBeSomebodysName() {
        long file = new RecordedLines(database).file("october", 3);
        letters.open(DeadLetter.ofFile(
                "demo", "123456", file, Reason.of(ReasonCode.FILE_LAYOUT_UNKNOWN, "Kari Nordmann;199", "due_date")));

        assertThat(sentences(new LetterAlarms(facts).holding())).noneMatch(text -> text.contains("Kari"));
    }

    @Test
    void deadLettersOfOneReasonAreOneAlarmWithTheirSum() {
        long file = new RecordedLines(database).file("october", 50);
        for (int line = 1; line <= 40; line++) {
            letters.open(DeadLetter.ofLine(
                    "demo", "123456", file, line, "o-" + line, Reason.of(ReasonCode.CONFLICT, "a", "b")));
        }
        letters.open(DeadLetter.ofLine(
                "demo", "123456", file, 41, "o-41", Reason.of(ReasonCode.TOO_LATE_TO_SHIFT, "a", "b")));
        letters.open(
                DeadLetter.ofRoute(Optional.empty(), "send-charges", Reason.of(ReasonCode.ROUTE_FAILED, "x", "y")));
        List<Finding> holding = new LetterAlarms(facts).holding();

        assertThat(sentences(holding))
                .containsExactly(
                        "40 instructions of channel demo wait for a person, for the reason CONFLICT.",
                        "1 instructions of channel demo wait for a person, for the reason TOO_LATE_TO_SHIFT.",
                        "The route send-charges cannot go on; it tries again by itself.");
        assertThat(holding.get(0).amount()).contains(new Amount(400_000, "NOK"));
    }

    @Test
    void chargesThatWaitOnTheirLastDayAreAtRisk() {
        new RecordedLines(database).due("2026-11-21").file("urgent", 3);
        new RecordedLines(database).due("2026-11-25").file("calm", 5);
        DueDateAlarms source =
                new DueDateAlarms(facts, channels(ChannelBuilder.channel().build()), settings, clock);
        assertThat(source.holding()).isEmpty();

        clock.moveTo("2026-11-20T09:00:00Z");
        assertThat(sentences(source.holding()))
                .containsExactly("3 charges of channel demo that are due on 2026-11-21 or before are not sent yet, and"
                        + " today is the last day for it.");
        assertThat(source.holding().get(0).amount()).contains(new Amount(30_000, "NOK"));

        sql(
                """
                insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count, earliest_due,
                    next_attempt_at, created_at)
                select '123456', 'BATCH', 'READY', 'k' || n, '/', '', 3, '2026-11-21', now(), now() from generate_series(1, 1) n
                """);
        sql("update block set dispatch_id = 1 where earliest_due = '2026-11-21'");
        assertThat(source.holding()).hasSize(1);
        sql("update dispatch set state = 'ACCEPTED'");
        assertThat(source.holding()).isEmpty();
    }

    @Test
    void salesUnitWhoseKeysAreRefusedAndOneWithoutAnswersAreTold() {
        sql(
                "insert into sales_unit (msn, halted_at, halt_reason) values ('123456', '2026-11-20T07:59:00Z', '403 no access')");
        sql("insert into sales_unit (msn, outage_since, outage_failures) values ('654321', '2026-11-20T07:00:00Z', 9)");
        sql("insert into sales_unit (msn, outage_since, outage_failures) values ('111111', '2026-11-20T07:50:00Z', 9)");
        sql("insert into sales_unit (msn, lookups_fail_since) values ('765432', '2026-11-20T07:10:00Z')");

        assertThat(sentences(new SalesUnitAlarms(facts, units("123456", "654321", "111111", "765432"), settings, clock)
                        .holding()))
                .containsExactly(
                        "The API refuses sales unit 123456, which sends nothing until it is mended: 403 no access.",
                        "The API gives sales unit 654321 no useful answer since 2026-11-20T07:00:00Z; its charges wait.",
                        "The API gives sales unit 765432 no useful answer since 2026-11-20T07:10:00Z; its charges wait.");
    }

    @Test
    void ofASalesUnitThatIsSetUpNoMoreNothingIsToldThatNobodyCouldEnd() {
        sql("insert into sales_unit (msn, halted_at, halt_reason) values ('765432', '2026-11-20T07:00:00Z', '401')");
        SettlementFeeds feeds = new SettlementFeeds(database.jdbc(), clock);
        feeds.listingDue("765432");
        feeds.listingFailed("765432", "401 Unauthorized", clock.instant());
        new WebhookStandings(database.jdbc(), clock).failed("765432", "401", clock.instant());
        LedgerAlarms ledger = new LedgerAlarms(
                new Invariants(database.jdbc(), new DataSourceTransactionManager(database.dataSource()), clock),
                new WebhookStandings(database.jdbc(), clock),
                new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry()),
                units("123456"),
                settings,
                clock);

        assertThat(new SalesUnitAlarms(facts, units("123456"), settings, clock).holding())
                .isEmpty();
        assertThat(settlementAlarms().holding()).isEmpty();
        assertThat(ledger.holding()).isEmpty();
    }

    @Test
    void chargesThatAreNotConfirmedAndThoseThatMovedBackAreTold() {
        long file = new RecordedLines(database).file("october", 3);
        sql(
                """
                insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due, retry_days,
                    reported_unconfirmed, changed_at)
                select %d, n, 'o-' || n, '123456', 'demo', 'agr', 'UNCONFIRMED', '2026-11-19', 2, n < 3, now()
                from generate_series(1, 3) n
                """
                        .formatted(file));
        sql(
                """
                insert into event (occurred_at, channel, msn, file_id, position, order_id, status, anomaly, reportable)
                values ('2026-11-20T07:00:00Z', 'demo', '123456', %d, 3, 'o-3', 'PENDING', true, false),
                       ('2026-11-18T07:00:00Z', 'demo', '123456', %d, 2, 'o-2', 'PENDING', true, false)
                """
                        .formatted(file, file));
        List<Finding> holding = new ChargeAlarms(facts, UsualSettings.of(TrackingSettings.class)).holding();

        assertThat(sentences(holding))
                .containsExactly(
                        "2 charges of sales unit 123456 were asked for and are not confirmed; the ERP reads UNCONFIRMED."
                                + " Looking them up takes about 1 minutes from when the API answers.",
                        "Charge o-3 is shown by the API as PENDING, against what was known of it.");
        assertThat(holding.get(0).amount()).contains(new Amount(20_000, "NOK"));
    }

    @Test
    void settlementsThatCannotBeReadAndGapsAreTold() {
        new SettlementFeeds(database.jdbc(), clock).listingDue("123456");
        new SettlementFeeds(database.jdbc(), clock).listingFailed("123456", "403 Forbidden", clock.instant());
        sql("insert into reconciliation (channel, kind, last_date, first_date, made_at, unexplained_count,"
                + " unexplained_minor, others_count, others_minor)"
                + " values ('demo', 'DAY', '2026-11-19', '2026-11-19', now(), 5, 9550, 3, 5000)");
        SettlementAlarms source = settlementAlarms();

        assertThat(sentences(source.holding()))
                .containsExactly(
                        "The Report API refuses the keys of sales unit 123456: 403 Forbidden. Charges are not affected.",
                        "The reconciliation of channel demo for 2026-11-19 does not agree in 2 places.",
                        "The reconciliation of channel demo for 2026-11-19 found 3 movements of money that did not go"
                                + " through this gateway.");
        assertThat(source.holding())
                .extracting(Finding::amount)
                .contains(Optional.of(new Amount(4_550, "NOK")), Optional.of(new Amount(5_000, "NOK")));
    }

    private SettlementDates.OpenDate closedDay() {
        sql("insert into settlement_ledger (ledger_id, msn, currency, handles, names, seen_at)"
                + " values ('302321', '123456', 'NOK', '{api:123456}', '{}', now())");
        sql("insert into settlement_feed (ledger_id, topic, next_attempt_at, complete_at)"
                + " values ('302321', 'FUNDS', now(), '2126-01-01')");
        sql("insert into settlement_date (ledger_id, topic, ledger_date, next_attempt_at)"
                + " values ('302321', 'FUNDS', '2026-11-18', '2020-01-01')");
        return new SettlementDates(database.jdbc(), clock)
                .due("123456", LocalDate.parse("2026-11-01"))
                .orElseThrow();
    }

    @Test
    void aSettlementDayThatDiffersIsToldOnceTheFeedHadADayToCatchUp() {
        SettlementDates dates = new SettlementDates(database.jdbc(), clock);
        dates.last(closedDay(), 5, BigDecimal.TEN, Duration.ofMinutes(30));
        clock.advance(Duration.ofHours(23));
        assertThat(settlementAlarms().holding()).isEmpty();

        clock.advance(Duration.ofHours(1));
        assertThat(sentences(settlementAlarms().holding()))
                .containsExactly(
                        "Of 2026-11-18 the Report API counts other entries in settlement ledger 302321 than its feed"
                                + " gave; no report is made of that day or a later one.");
        dates.letGoOfDifference("302321", LocalDate.parse("2026-11-18"));
        assertThat(settlementAlarms().holding()).isEmpty();
    }

    @Test
    void aSettlementDayThatCannotBeAskedIsToldThoughTheFeedIsRead() {
        SettlementDates dates = new SettlementDates(database.jdbc(), clock);
        SettlementDates.OpenDate day = closedDay();
        dates.failed(day, "HTTP 500", clock.instant());
        clock.advance(Duration.ofHours(2));
        dates.failed(day, "HTTP 502", clock.instant());
        assertThat(settlementAlarms().holding()).isEmpty();

        clock.advance(Duration.ofHours(1));
        assertThat(sentences(settlementAlarms().holding()))
                .containsExactly(
                        "Settlements of 2026-11-18 of ledger 302321 cannot be read: HTTP 502. Charges are not affected.");
        dates.stillOpen(day, Duration.ofMinutes(30));
        assertThat(settlementAlarms().holding()).isEmpty();
    }

    @Test
    void aListOfLedgersThatFailsForAMomentIsNobodysConcern() {
        SettlementFeeds feeds = new SettlementFeeds(database.jdbc(), clock);
        SettlementAlarms source = settlementAlarms();
        feeds.listingDue("123456");
        feeds.listingFailed("123456", "429 Too Many Requests", clock.instant());
        assertThat(source.holding()).isEmpty();

        clock.advance(Duration.ofHours(3));
        feeds.listingFailed("123456", "503 Service Unavailable", clock.instant());
        assertThat(source.holding()).extracting(Finding::kind).containsExactly(Kind.SETTLEMENTS_FAIL);

        feeds.listed("123456", "", Duration.ofHours(1));
        assertThat(source.holding()).isEmpty();
    }

    @Test
    void whereOnlyOthersChargeNothingOfOursIsTold() {
        sql("insert into reconciliation (channel, kind, last_date, first_date, made_at, unexplained_count,"
                + " unexplained_minor, others_count, others_minor)"
                + " values ('demo', 'DAY', '2026-11-19', '2026-11-19', now(), 3, 5000, 3, 5000)");
        SettlementAlarms source = settlementAlarms();

        assertThat(source.holding()).extracting(Finding::kind).containsExactly(Kind.SETTLED_FOR_OTHERS);
    }

    @Test
    void filesThatWaitForTheirServerAndABrokenInvariantAreTold() throws IOException {
        OutboundFiles files = new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry());
        files.create("demo", org.chargebridge.ledger.OutboundFile.Kind.STATUS, "in", "a.csv", out -> out.write('a'));
        sql("insert into invariant_check values ('I2', now(), 3, '{}')");
        LedgerAlarms source = new LedgerAlarms(
                new Invariants(database.jdbc(), new DataSourceTransactionManager(database.dataSource()), clock),
                new WebhookStandings(database.jdbc(), clock),
                files,
                channels(ChannelBuilder.channel().build()),
                settings,
                clock);
        assertThat(sentences(source.holding())).containsExactly("The ledger violates its invariant I2 3 times.");

        clock.moveTo("2026-11-20T08:30:00Z");
        assertThat(sentences(source.holding()))
                .containsExactly(
                        "1 files for channel demo wait to be delivered since 2026-11-20T08:00:00Z.",
                        "The ledger violates its invariant I2 3 times.");
    }

    private Channel expecting(String sequence, String... schedule) {
        return ChannelBuilder.channel()
                .expects(new ExpectedFile(
                        List.of(schedule),
                        Duration.ofMinutes(30),
                        true,
                        Optional.ofNullable(sequence).map(Pattern::compile)))
                .build();
    }

    private void came(String name, String at) {
        long file = new RecordedLines(database).file(name, 1);
        sql("update inbound_file set recorded_at = '" + at + "' where id = " + file);
    }

    @Test
    void fileThatDoesNotComeOnABankDayIsMissedUntilItComes() {
        ExpectedFileAlarms source = new ExpectedFileAlarms(
                new ExpectedFiles(database.jdbc(), clock), channels(expecting(null, "0 0 8 * * ?")), clock);
        // Nobody knows what came before the first look, on Friday at nine in Oslo.
        assertThat(source.holding()).isEmpty();
        clock.moveTo("2026-11-23T07:31:00Z");
        assertThat(source.holding()).isEmpty();

        // Monday's file came before eight, Tuesday's does not come.
        came("monday", "2026-11-23T06:50:00Z");
        clock.moveTo("2026-11-24T07:29:00Z");
        assertThat(source.holding()).isEmpty();
        clock.moveTo("2026-11-24T07:31:00Z");
        assertThat(sentences(source.holding()))
                .containsExactly("Channel demo expected a file by 2026-11-24 08:00, and none came.");

        // It comes late on Tuesday, which does not stand for Wednesday's.
        came("tuesday", "2026-11-24T10:00:00Z");
        assertThat(source.holding()).isEmpty();
        clock.moveTo("2026-11-25T07:31:00Z");
        assertThat(sentences(source.holding()))
                .containsExactly("Channel demo expected a file by 2026-11-25 08:00, and none came.");
        came("wednesday", "2026-11-25T07:40:00Z");
        assertThat(source.holding()).isEmpty();

        // No bank works on Saturday and Sunday.
        came("thursday", "2026-11-26T06:00:00Z");
        came("friday", "2026-11-27T06:00:00Z");
        clock.moveTo("2026-11-29T12:00:00Z");
        assertThat(source.holding()).isEmpty();
    }

    @Test
    void numbersThatAreMissingOrThereTwiceAreTold() {
        ExpectedFileAlarms source = new ExpectedFileAlarms(
                new ExpectedFiles(database.jdbc(), clock), channels(expecting("inv-(\\d+).*\\.csv")), clock);
        came("inv-0007", "2026-11-20T06:00:00Z");
        came("inv-0010", "2026-11-20T06:01:00Z");
        came("notes", "2026-11-20T06:02:00Z");
        assertThat(sentences(source.holding()))
                .containsExactly("The files of channel demo are out of sequence: number 8-9 is missing.");

        came("inv-0008", "2026-11-20T06:03:00Z");
        came("inv-0010b", "2026-11-20T06:04:00Z");
        assertThat(sentences(source.holding()))
                .containsExactly(
                        "The files of channel demo are out of sequence: number 9 is missing.",
                        "The files of channel demo are out of sequence: number 10 is there twice, with different content.");

        came("inv-0009", "2026-11-20T06:05:00Z");
        came("inv-0011", "2026-11-20T06:06:00Z");
        came("inv-0001", "2027-01-02T06:00:00Z");
        came("inv-0002", "2027-01-03T06:00:00Z");
        assertThat(source.holding()).hasSize(1);
    }

    @Test
    void lookingCostsLittleHoweverMuchWaits() {
        long file = new RecordedLines(database).due("2026-11-21").file("large", 20_000);
        sql(
                """
                insert into dead_letter (kind, state, channel, msn, file_id, position, reason_code, reason, remedy, created_at)
                select 'LINE', 'OPEN', 'demo', '123456', %d, n, 'CONFLICT', '', '', now() from generate_series(1, 20000) n
                """
                        .formatted(file));
        clock.moveTo("2026-11-20T09:00:00Z");

        assertThat(new LetterAlarms(facts).holding()).singleElement().satisfies(found -> assertThat(found.amount())
                .isEmpty());
        assertThat(new DueDateAlarms(facts, channels(ChannelBuilder.channel().build()), settings, clock).holding())
                .singleElement()
                .satisfies(found -> assertThat(found.arguments()).startsWith("20000"));
    }
}
