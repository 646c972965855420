package org.chargebridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chargebridge.charge.Sha256;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.ExpiredBytes;
import org.chargebridge.ledger.ExpiredTexts;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.RetentionPasses;
import org.chargebridge.ledger.SentFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class RetentionTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final JdbcClient jdbc = database.jdbc();
    private final TestClock clock = new TestClock("2026-11-20T08:00:00Z");

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        database.close();
    }

    private Retention retention(RetentionSettings settings) {
        return new Retention(
                settings,
                new RetentionPasses(jdbc, clock),
                new ExpiredBytes(jdbc, clock),
                new ExpiredTexts(jdbc, clock),
                clock,
                database.transactions());
    }

    private static RetentionSettings byDefault() {
        return new RetentionSettings(RetentionSettings.SCHEDULE, "5y6m", "30d", "400d");
    }

    private void run() {
        assertThat(retention(byDefault()).runFor(Duration.ofMinutes(5))).isTrue();
    }

    private long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }

    /** All lines of the file are paid for, by a request of their own. */
    private void paid(long fileId) {
        jdbc.sql(
                        """
                        with sent as (
                            insert into dispatch (msn, kind, state, idempotency_key, path, body, body_sha256, line_count,
                                earliest_due, answered_at, created_at)
                            select min(msn), 'BATCH', 'ACCEPTED', 'key-' || :file, '/', '\\x1f8b', 'sum', sum(line_count),
                                min(earliest_due), :now, :now from block where file_id = :file returning id)
                        update block set dispatch_id = (select id from sent) where file_id = :file
                        """)
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param("file", fileId)
                .update();
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, dispatch_id, status, due,
                            retry_days, changed_at, problem, amount_captured)
                        select i.file_id, i.position, i.order_id, i.msn, b.channel, i.agreement_id, b.dispatch_id, 'CHARGED',
                            i.effective_due, i.retry_days, :now, 'the API said', i.amount_minor
                        from instruction i join block b on b.file_id = i.file_id
                            and i.position between b.first_position and b.last_position
                        where i.file_id = :file
                        """)
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param("file", fileId)
                .update();
        jdbc.sql(
                        """
                        insert into event (occurred_at, channel, msn, file_id, position, order_id, status, amount_captured,
                            reportable)
                        select changed_at, channel, msn, file_id, position, order_id, status, amount_captured, true
                        from charge where file_id = :file
                        """)
                .param("file", fileId)
                .update();
    }

    private long textsOf(long fileId) {
        return count("instruction where file_id = " + fileId + " and (description <> '' or cells <> '')");
    }

    private InboundFile received(String name, String text) throws Exception {
        Path bytes = Files.writeString(directory.resolve(name), text);
        InboundFiles files = new InboundFiles(jdbc, clock);
        return files.create(
                "demo",
                "demo",
                "123456",
                InboundFile.Kind.INVOICES,
                name,
                text.length(),
                Sha256.hex(text.getBytes(StandardCharsets.UTF_8)),
                bytes);
    }

    private long delivered(String name) {
        long id = new OutboundFiles(jdbc, clock, new SimpleMeterRegistry())
                .create(
                        "demo",
                        OutboundFile.Kind.ERRORS,
                        "in",
                        name,
                        out -> out.write(name.getBytes(StandardCharsets.UTF_8)));
        jdbc.sql("update outbound_file set state = 'DELIVERED', delivered_at = rendered_at where id = :id")
                .param("id", id)
                .update();
        return id;
    }

    @Test
    void bytesOfFilesAreKeptForFiveAndAHalfYearsAndTheirHashForEver() throws Exception {
        InboundFile received = received("invoices.csv", "one;two");
        long sent = delivered("errors.csv");
        clock.advance(Duration.ofDays(2000));
        run();
        assertThat(count("inbound_file_part")).isEqualTo(1);
        assertThat(count("outbound_file_part")).isEqualTo(1);

        clock.advance(Duration.ofDays(10));
        run();
        assertThat(count("inbound_file_part")).isZero();
        assertThat(count("outbound_file_part")).isZero();
        assertThat(new InboundFiles(jdbc, clock).find("demo", received.sha256()))
                .isPresent();
        assertThat(new SentFiles(jdbc, clock).deliverAgain(sent)).isEmpty();
        assertThat(new SentFiles(jdbc, clock).bytesDeletedAt(sent)).contains(clock.instant());
        InvariantsHold.in(database.dataSource(), clock, Invariant.I2, Invariant.I5);
        assertThat(InvariantsHold.check(database.dataSource(), clock, Invariant.I6)
                        .count())
                .isZero();
    }

    @Test
    void whatIsNotDeliveredOrWaitsForAPersonKeepsItsBytes() throws Exception {
        InboundFile held = received("held.csv", "held");
        jdbc.sql("update inbound_file set state = 'HELD' where id = :id")
                .param("id", held.id())
                .update();
        InboundFile refused = received("refused.csv", "refused");
        jdbc.sql(
                        """
                        insert into dead_letter (kind, state, file_id, reason, remedy, created_at)
                        values ('FILE', 'OPEN', :id, '', '', now())
                        """)
                .param("id", refused.id())
                .update();
        new OutboundFiles(jdbc, clock, new SimpleMeterRegistry())
                .create("demo", OutboundFile.Kind.ERRORS, "in", "errors.csv", out -> out.write(1));
        clock.advance(Duration.ofDays(4000));
        run();
        assertThat(count("inbound_file_part")).isEqualTo(2);
        assertThat(count("outbound_file_part")).isEqualTo(1);
    }

    @Test
    void requestLosesItsBytesOnceAllItsChargesHaveBeenFinalForThirtyDays() {
        long done = new RecordedLines(database).file("done", 3);
        paid(done);
        long open = new RecordedLines(database).file("open", 3);
        paid(open);
        jdbc.sql("update charge set status = 'RESERVED', next_check_at = now() where file_id = :file and position = 2")
                .param("file", open)
                .update();
        clock.advance(Duration.ofDays(29));
        run();
        assertThat(count("dispatch where body is not null")).isEqualTo(2);

        clock.advance(Duration.ofDays(2));
        run();
        assertThat(count("dispatch where body is null and body_sha256 = 'sum'")).isEqualTo(1);
        assertThat(count("dispatch d join block b on b.dispatch_id = d.id where d.body is not null and b.file_id = "
                        + open))
                .isEqualTo(1);
    }

    @Test
    void textsOfLinesAreEmptiedWhenTheyWereDoneLongAgoAndWhatCountsMoneyStays() {
        long file = new RecordedLines(database).file("paid", 4500);
        paid(file);
        jdbc.sql(
                        "update instruction set customer_number = case position when 1 then 'kari@example.com' else '4711' end")
                .update();
        clock.advance(Duration.ofDays(399));
        run();
        assertThat(textsOf(file)).isEqualTo(4500);

        clock.advance(Duration.ofDays(2));
        run();
        assertThat(textsOf(file)).isZero();
        assertThat(count("instruction where customer_number = '' and position = 1"))
                .isEqualTo(1);
        assertThat(count("instruction where customer_number = '4711'")).isEqualTo(4499);
        assertThat(count("charge where problem is not null")).isZero();
        assertThat(count("instruction where order_id <> '' and invoice_number <> '' and amount_minor = 10000"))
                .isEqualTo(4500);
        assertThat(count("inbound_file where texts_retired_at is not null")).isEqualTo(1);
        InvariantsHold.in(database.dataSource(), clock, Invariant.I1, Invariant.I5, Invariant.I6);

        clock.advance(Duration.ofDays(1610));
        run();
        assertThat(count("instruction where customer_number <> ''")).isZero();
        assertThat(count("instruction where order_id <> '' and invoice_number <> '' and amount_minor = 10000"))
                .isEqualTo(4500);
    }

    @Test
    void everyOtherTextIsEmptiedToo() throws Exception {
        long file = received("mixed.csv", "mixed").id();
        jdbc.sql(
                        """
                        insert into intake_exception (file_id, position, action, answer, reason_code, reason_arguments, order_id,
                            invoice_number, customer_number, kid, agreement_id, currency, cells)
                        values (:file, 1, 'CHARGE', 'REFUSED', 'AMOUNT_MISSING', '{}', '', '', '', '', '', '', 'Kari;Nordmann'),
                               (:file, 2, 'CHARGE', 'HELD', 'CONFLICT', '{}', 'order-2', '', '', '', '', '', 'Ola;Nordmann')
                        """)
                .param("file", file)
                .update();
        jdbc.sql(
                        """
                        insert into operation (file_id, position, channel, msn, action, identity, target, order_id, exact,
                            agreement_id, invoice_number, customer_number, kid, currency, description, terms, digest,
                            correction, cells, recorded_at, state, body, finished_at)
                        select :file, n, 'demo', '123456', 'DRAFT_AGREEMENT', 'identity ' || n, '', '', true, '', '', '4711', '',
                            'NOK', 'Kari Nordmann', '{"phone_number": "4712345678", "way": "LINK"}', '\\x00', 0, 'Kari', :now,
                            'DONE', '\\x00', :now
                        from generate_series(3, 4) n
                        """)
                .param("file", file)
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        jdbc.sql(
                        """
                        insert into draft (file_id, position, channel, msn, way, token, link_url, external_id, state, created_at)
                        select :file, n, 'demo', '123456', 'LINK', 'token' || n, 'https://example.com/' || n, 'x' || n,
                            case n when 3 then 'OFFERED' else 'PENDING' end, :now
                        from generate_series(3, 4) n
                        """)
                .param("file", file)
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        jdbc.sql(
                        """
                        insert into dead_letter (kind, state, file_id, position, reason, remedy, problem, created_at, closed_at)
                        values ('LINE', 'OPEN', :file, 2, '', '', 'said', :now, null),
                               ('LINE', 'DISCARDED', :file, 1, '', '', 'said', :now, :now)
                        """)
                .param("file", file)
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        jdbc.sql(
                        """
                        insert into agreement (msn, agreement_id, status, sub, userinfo_url, changed_at)
                        values ('123456', 'agr_1', 'STOPPED', 'sub', 'https://example.com/u', :now),
                               ('123456', 'agr_2', 'ACTIVE', 'sub', 'https://example.com/u', :now)
                        """)
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        clock.advance(Duration.ofDays(401));
        run();
        assertThat(count("intake_exception where cells = ''")).isEqualTo(1);
        assertThat(count("intake_exception where cells = 'Ola;Nordmann'")).isEqualTo(1);
        assertThat(count("operation where position = 3 and description = '' and cells = '' and body is null"
                        + " and terms = '{\"way\": \"LINK\"}'"))
                .isEqualTo(1);
        assertThat(count("operation where position = 4 and cells = 'Kari'")).isEqualTo(1);
        assertThat(count("draft where token is null and link_url is null and position = 3"))
                .isEqualTo(1);
        assertThat(count("dead_letter where problem is null")).isEqualTo(1);
        assertThat(count("agreement where sub is null and userinfo_url is null and agreement_id = 'agr_1'"))
                .isEqualTo(1);
        assertThat(count("agreement where sub is not null")).isEqualTo(1);
    }

    @Test
    void lineThatIsNotDoneKeepsItsTextAndLosesItLater() {
        long file = new RecordedLines(database).file("slow", 3);
        paid(file);
        jdbc.sql("update charge set status = 'RESERVED', next_check_at = now() where position = 2")
                .update();
        clock.advance(Duration.ofDays(401));
        run();
        assertThat(count("instruction where description <> '' and position = 2"))
                .isEqualTo(1);
        assertThat(textsOf(file)).isEqualTo(1);

        jdbc.sql("update charge set status = 'CHARGED', next_check_at = null where position = 2")
                .update();
        clock.advance(Duration.ofDays(1));
        run();
        assertThat(textsOf(file)).isZero();
    }

    @Test
    void passIsDoneInSmallStepsAndGoesOnWhereItWasWhicheverNodeGoesOn() {
        long file = new RecordedLines(database).file("large", 2000);
        paid(file);
        List.of("second", "third").forEach(name -> paid(new RecordedLines(database).file(name, 10)));
        clock.advance(Duration.ofDays(401));
        int wakeUps = 1;
        while (!retention(byDefault()).runFor(Duration.ZERO)) {
            wakeUps++;
        }
        assertThat(wakeUps).isGreaterThan(3);
        assertThat(count("instruction where description <> ''")).isZero();
        assertThat(count("retention_pass where finished_at is null")).isZero();
    }

    @Test
    void passComesOnceANightAndSaysWhatItDid(CapturedOutput output) {
        run();
        paid(new RecordedLines(database).file("paid", 3));
        clock.advance(Duration.ofHours(19));
        jdbc.sql("update charge set changed_at = changed_at - interval '2 years'")
                .update();
        jdbc.sql("update inbound_file set recorded_at = recorded_at - interval '2 years'")
                .update();
        run();
        assertThat(count("instruction where description = ''")).isZero();

        clock.advance(Duration.ofHours(1));
        run();
        run();
        assertThat(count("instruction where description = ''")).isEqualTo(3);
        assertThat(output.getAll()).containsOnlyOnce("Retention: 3 lines from before 2025-10-17");
    }

    @Test
    void nothingIsDeletedWhereTheSettingIsOff() throws Exception {
        received("invoices.csv", "one;two");
        paid(new RecordedLines(database).file("paid", 3));
        clock.advance(Duration.ofDays(10_000));
        retention(new RetentionSettings(RetentionSettings.SCHEDULE, "off", "false", "OFF"))
                .run();
        assertThat(count("inbound_file_part")).isEqualTo(1);
        assertThat(count("dispatch where body is not null")).isEqualTo(1);
        assertThat(count("instruction where description <> ''")).isEqualTo(3);
    }
}
