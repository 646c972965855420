package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** How questions are answered where the ledger holds many lines: by which way, and that none is overlooked on it. */
class ManyLinesTest {

    private static final int MANY = 20_000;
    private static final Pattern BUFFERS = Pattern.compile("(?:hit|read)=([0-9]+)");

    @Test
    void linesOfAnAgreementAreFoundWhetherTheIndexKnowsThemYetOrNot() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            RecordedLines lines = new RecordedLines(database);
            lines.agreement("agr_many").file("A", MANY);
            lines.agreement("agr_few").file("B", 3);
            assertThat(on(database, "agr_few")).containsExactly("B-00000001", "B-00000002", "B-00000003");
            new IntakeLines(database.jdbc(), database.dataSource(), Clock.systemUTC()).analyze();
            lines.file("C", 1);
            assertThat(on(database, "agr_few")).containsExactly("B-00000001", "B-00000002", "B-00000003", "C-00000001");
            assertThat(on(database, "agr_none")).isEmpty();
        }
    }

    @Test
    void linesOfAnAgreementAreFoundWithoutReadingTheTable() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            JdbcClient jdbc = database.jdbc();
            new RecordedLines(database).agreement("agr_many").file("A", MANY);
            new IntakeLines(jdbc, database.dataSource(), Clock.systemUTC()).analyze();
            int pages = jdbc.sql("select relpages from pg_class where relname = 'instruction'")
                    .query(Integer.class)
                    .single();
            assertThat(pagesRead(jdbc)).isLessThan(pages / 2);
        }
    }

    /** Numbers that were given free and are taken again are in an index of their own. */
    @Test
    void linesOfOrderIdsAreFoundWithoutReadingTheTable() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            JdbcClient jdbc = database.jdbc();
            long file = new RecordedLines(database).file("A", MANY);
            jdbc.sql("update instruction set replaced = true where order_id = 'A-00000002'")
                    .update();
            jdbc.sql("analyze instruction").update();
            List<WaitingLines.Waiting> waiting = Stream.of("A-00000001", "A-00000002", "none")
                    .map(id -> new WaitingLines.Waiting(0, Answer.HELD, ReasonCode.ABOVE_MAX_PER_CHARGE, id, List.of()))
                    .toList();
            database.transactions().executeWithoutResult(transaction -> {
                int before = tableReads(jdbc);
                assertThat(new WaitingLines(jdbc).recordedSince(file, waiting)).containsExactly(0);
                assertThat(new ImportedAgreements(jdbc, Clock.systemUTC())
                                .ours("123456", List.of("A-00000001", "A-00000002", "none")))
                        .containsExactlyInAnyOrder("A-00000001", "A-00000002");
                assertThat(tableReads(jdbc)).isEqualTo(before);
            });
        }
    }

    private static int tableReads(JdbcClient jdbc) {
        return jdbc.sql("select seq_scan from pg_stat_xact_user_tables where relname = 'instruction'")
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsSearchedForIsFoundWhetherTheIndexKnowsItYetOrNot() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            RecordedLines lines = new RecordedLines(database);
            lines.file("A", MANY);
            new IntakeLines(database.jdbc(), database.dataSource(), Clock.systemUTC()).analyze();
            lines.file("B", 3);
            LineSearch search = new LineSearch(database.jdbc(), new JdbcTransactionManager(database.dataSource()));
            for (String known : List.of("A-00000007", "B-00000002")) {
                String invoice = database.jdbc()
                        .sql("select invoice_number from instruction where order_id = :id")
                        .param("id", known)
                        .query(String.class)
                        .single();
                assertThat(search.find(invoiced(invoice), 10))
                        .extracting(FoundLine::orderId)
                        .contains(known);
            }
            assertThat(search.find(invoiced("none"), 10)).isEmpty();
        }
    }

    private static LineSearch.Wanted invoiced(String number) {
        return new LineSearch.Wanted(
                Optional.empty(),
                Optional.empty(),
                Optional.of(number),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    @Test
    void theLinesOfAReceiptAreMergedAndNotSorted() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            long file = new RecordedLines(database).file("A", MANY);
            database.jdbc().sql("analyze instruction").update();
            List<String> plan = database.jdbc()
                    .sql("explain " + ReceiptRequests.LINES)
                    .param("fileId", file)
                    .query(String.class)
                    .list();
            assertThat(plan.get(0)).startsWith("Merge Append");
            assertThat(plan).anyMatch(step -> step.contains("Index Scan using instruction_pkey"));
        }
    }

    @Test
    void aStatusReportLooksEachAgreementUpByItsIdAlsoBeforeTheTableIsAnalyzed() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            List<String> plan = database.jdbc()
                    .sql("explain " + Reports.CHANGES)
                    .param("reportId", 1)
                    .query(String.class)
                    .list();
            assertThat(plan).anyMatch(step -> step.matches(".*Index Cond: .*msn = .* AND .*agreement_id = .*"));
        }
    }

    private static List<String> on(LedgerDatabase database, String agreementId) {
        return database.jdbc()
                .sql("select order_id from lines_on('123456', array[:id]) order by order_id")
                .param("id", agreementId)
                .query(String.class)
                .list();
    }

    private static int pagesRead(JdbcClient jdbc) {
        String told = String.join(
                "",
                jdbc.sql("explain (analyze, buffers) select * from lines_on('123456', array['agr_none'])")
                        .query(String.class)
                        .list());
        return BUFFERS.matcher(told)
                .results()
                .mapToInt(count -> Integer.parseInt(count.group(1)))
                .sum();
    }
}
