package org.chargebridge.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.chargebridge.agreement.Agreements;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.clock.TestClock;
import org.chargebridge.intake.format.CsvInvoiceReader;
import org.chargebridge.intake.format.JsonLinesReader;
import org.chargebridge.ledger.AgreementMappings;
import org.chargebridge.ledger.AgreementOwners;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.IntakeLines;
import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.LongTransactions;
import org.chargebridge.ledger.MappingFiles;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.Operations;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.Queries;
import org.chargebridge.ledger.ReceiptRequests;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.chargebridge.ledger.WaitingLines;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Intake over a real ledger, put together as Spring does, and what a test asks of it. */
final class IntakeRig implements AutoCloseable {

    /** Noon in Oslo: the earliest due date is the day after. */
    static final String NOW = "2026-11-20T11:00:00Z";

    static final String HEADER = "invoice_number;customer_number;agreement_id;kid;amount;due_date;description\n";

    final JdbcClient jdbc;
    final TransactionTemplate transactions;
    private final DataSource dataSource;
    private final AutoCloseable database;
    final TestClock clock = new TestClock(NOW);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Intake intake;
    final IntakeRedrive redrive;
    private long modified = Instant.parse(NOW).toEpochMilli();

    IntakeRig(Channel... channels) {
        this(LedgerDatabase.create(), channels);
    }

    private IntakeRig(LedgerDatabase database, Channel... channels) {
        this(database.dataSource(), database, channels);
    }

    /** Over a ledger that stays open when the rig is closed by {@code owner}. */
    IntakeRig(DataSource dataSource, AutoCloseable owner, Channel... channels) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.database = owner;
        Channels configured = new Channels(
                List.of(channels), List.of(new SalesUnit("123456", channels[0].currency(), "id", "secret", "key")));
        InboundFiles files = new InboundFiles(jdbc, clock);
        IntakeLines lines = new IntakeLines(jdbc, dataSource, clock);
        AgreementMappings mappings = new AgreementMappings(jdbc);
        MappingFiles mappingFiles = new MappingFiles(jdbc, dataSource, clock);
        DeadLetters letters = new DeadLetters(jdbc, clock);
        IntakeLetters settled = new IntakeLetters(jdbc, clock);
        WaitingLines waiting = new WaitingLines(jdbc);
        UnsentLines unsent = new UnsentLines(jdbc, clock);
        SalesUnits salesUnits = new SalesUnits(jdbc);
        OperationCourse course = new OperationCourse(jdbc, clock);
        ReceiptRequests receipts = new ReceiptRequests(dataSource, clock);
        ChunkJudge chunks = new ChunkJudge(
                lines,
                new Operations(jdbc, clock),
                new AgreementOwners(jdbc),
                new Drafts(jdbc, clock),
                new Queries(jdbc, clock),
                new Agreements(mappings, new KnownAgreements(jdbc, clock)),
                letters,
                settled);
        Rejudge rejudge = new Rejudge(waiting, lines, chunks, settled, clock);
        HeldBack heldBack = new HeldBack(
                unsent,
                salesUnits,
                new Charges(jdbc, clock),
                new Blocks(jdbc),
                lines,
                settled,
                new Events(jdbc, clock));
        FileIntake fileIntake = new FileIntake(
                configured,
                new Readers(List.of(new CsvInvoiceReader(), new JsonLinesReader()), new LineMeters(meters)),
                files,
                lines,
                new Recording(
                        chunks,
                        new SpreadsheetDamage(lines),
                        new Discards(waiting, settled, heldBack),
                        new CreditHolds(unsent, salesUnits, new Events(jdbc, clock), letters),
                        new Cancellations(
                                course,
                                new OperationTargets(
                                        jdbc,
                                        new Charges(jdbc, clock),
                                        new Events(jdbc, clock),
                                        course,
                                        settled,
                                        clock),
                                salesUnits),
                        lines,
                        clock),
                new MappingIntake(mappingFiles, letters),
                rejudge,
                waiting,
                heldBack,
                receipts,
                letters,
                settled);
        intake = new Intake(
                configured,
                new LongTransactions(10),
                transactions,
                files,
                fileIntake,
                new OutboundFiles(jdbc, clock, new SimpleMeterRegistry()),
                new LineMeters(meters),
                clock);
        redrive = new IntakeRedrive(
                configured,
                files,
                spool(configured),
                fileIntake,
                rejudge,
                waiting,
                receipts,
                heldBack,
                new IntakeRedrive.MappingApproval(mappings, mappingFiles, fileIntake, receipts));
    }

    private static SpoolFile spool(Channels channels) {
        try {
            return new SpoolFile(
                    channels,
                    new GatewaySettings(
                            "rig-" + ProcessHandle.current().pid(),
                            Path.of("target", "intake-rig"),
                            DataSize.ofMegabytes(100),
                            false,
                            new GatewaySettings.Clock("none")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs while another transaction holds the lock of a source. */
    void whileLocked(String sourceId, Runnable run) {
        transactions.executeWithoutResult(status -> {
            new InboundFiles(jdbc, clock).lock(sourceId);
            run.run();
        });
    }

    IntakeResult receive(String name, String content) {
        return receive("demo", name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Each call is an arrival of its own. */
    IntakeResult receive(String channel, String name, byte[] bytes) {
        modified += 1000;
        return receive(channel, name, bytes, Instant.ofEpochMilli(modified));
    }

    IntakeResult receive(String channel, String name, byte[] bytes, Instant modifiedAt) {
        try {
            Path spool = Files.createTempFile("intake-test", ".spool");
            try {
                Files.write(spool, bytes);
                return intake.receive(new ReceivedFile(
                        channel, name, "demo/out/" + name, bytes.length, modifiedAt, sha256(bytes), spool));
            } finally {
                Files.delete(spool);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every line of a file as the receipt answers it: {@code <position> <answer> <reason or ->}. */
    List<String> answers(String name) {
        return jdbc.sql(
                        """
                        select position || ' ' || answer || ' ' || coalesce(reason_code, '-') from (
                            select position, case action when 'CHARGE' then 'ACCEPTED' else 'IGNORED' end as answer,
                                reason_code, file_id from instruction
                            union all select position, 'ACCEPTED', null, file_id from operation
                            union all select position, answer, reason_code, file_id from intake_exception) lines
                        where file_id = (select max(id) from inbound_file where name = :name) order by position
                        """)
                .param("name", name)
                .query(String.class)
                .list();
    }

    /** The lines that occupy their identity: order id without its hash, amount, effective due date, agreement. */
    List<String> recorded() {
        return jdbc.sql(
                        """
                        select regexp_replace(order_id, '-[0-9a-z]{12}$', '') || ' ' || amount_minor || ' '
                            || effective_due || ' ' || agreement_id
                        from instruction where not replaced order by file_id, position
                        """)
                .query(String.class)
                .list();
    }

    /** Open letters: {@code <kind> <reason>}. */
    List<String> letters() {
        return jdbc.sql("select kind || ' ' || reason_code from dead_letter where state = 'OPEN' order by id")
                .query(String.class)
                .list();
    }

    Map<String, Long> letterStates() {
        return jdbc.sql("select state, count(*) as n from dead_letter group by state").query().listOfRows().stream()
                .collect(Collectors.toMap(row -> (String) row.get("state"), row -> (Long) row.get("n")));
    }

    /** What was owed so far is written. */
    void writeReceipts() {
        jdbc.sql("update receipt_request set rendered_at = requested_at").update();
    }

    /** Receipts owed: {@code <stem> <number>}. */
    List<String> receipts() {
        return jdbc.sql("select stem || ' ' || number from receipt_request order by id")
                .query(String.class)
                .list();
    }

    /** Blocks: {@code <first>-<last> <lines>}. */
    List<String> blocks() {
        return jdbc.sql(
                        """
                        select first_position || '-' || last_position || ' ' || line_count from block
                        order by file_id, first_position
                        """)
                .query(String.class)
                .list();
    }

    String fileState(String name) {
        return jdbc.sql(
                        """
                        select state || coalesce(' ' || reason_code, '') from inbound_file where name = :name
                        order by id desc limit 1
                        """)
                .param("name", name)
                .query(String.class)
                .single();
    }

    /** What an operator does about the oldest open letter with that reason. */
    String redrive(String reason) throws DeadLetterHandler.NotPossible {
        return decide(reason, true);
    }

    String discard(String reason) throws DeadLetterHandler.NotPossible {
        return decide(reason, false);
    }

    private String decide(String reason, boolean again) throws DeadLetterHandler.NotPossible {
        DeadLetters letters = new DeadLetters(jdbc, clock);
        long id = jdbc.sql("select min(id) from dead_letter where state = 'OPEN' and reason_code = :reason")
                .param("reason", reason)
                .query(Long.class)
                .single();
        DeadLetterHandler.NotPossible[] refused = new DeadLetterHandler.NotPossible[1];
        String said = transactions.execute(status -> {
            DeadLetter letter = letters.lock(id).orElseThrow().letter();
            try {
                OrderOutcome outcome = again ? redrive.redrive(letter) : redrive.discard(letter);
                letters.close(id, again ? DeadLetter.State.REDRIVEN : DeadLetter.State.DISCARDED);
                return outcome.english();
            } catch (DeadLetterHandler.NotPossible e) {
                status.setRollbackOnly();
                refused[0] = e;
                return null;
            }
        });
        if (refused[0] != null) {
            throw refused[0];
        }
        return Optional.ofNullable(said).orElseThrow();
    }

    @Override
    public void close() {
        try {
            // Some tests write charges as a sender would, without the events.
            InvariantsHold.in(dataSource, clock, Invariant.I1, Invariant.I2, Invariant.I5);
        } finally {
            closeLedger();
        }
    }

    private void closeLedger() {
        try {
            database.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
