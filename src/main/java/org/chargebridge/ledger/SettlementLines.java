package org.chargebridge.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledLine.Remark;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what a settlement report tells, by a cursor of the caller's transaction: it may be as long as a year. */
@Repository
public class SettlementLines {

    /** Takes a line. */
    @FunctionalInterface
    public interface Lines {
        void take(SettledLine line) throws IOException;
    }

    private static final String ORDER =
            " order by line.payout_number nulls last, line.rank, line.msn, line.ledger_date, line.entry_type,"
                    + " line.amount_minor < 0";

    private static final String LINES =
            """
            select line.*, f.name, p.payout_id, p.bank_date, i.invoice_number, i.kid, i.customer_number, i.agreement_id,
                i.order_id, i.external_id
            from settlement_line line
            join settlement_report report on report.id = line.report_id
            left join instruction i on i.file_id = line.file_id and i.position = line.position
            left join inbound_file f on f.id = line.file_id
            left join settlement_payout p on p.ledger_id = report.ledger_id and p.number = line.payout_number
            where line.report_id = :id
            """;

    /** Entries as the API wrote them, whoever tells them; a fee only where the channel tells it itself. */
    private static final String ENTRIES =
            """
            select e.number, e.msn, e.ledger_date, e.occurred_at, e.entry_type, e.psp_reference, e.reference, e.currency,
                e.amount_minor, r.late, '' as elsewhere, f.name, e.file_id, e.position, p.payout_id, p.bank_date,
                i.invoice_number, i.kid, i.customer_number, i.agreement_id, i.order_id, i.external_id
            from settlement_report_entry r
            join settlement_entry e using (ledger_id, topic, number)
            join settlement_report report on report.id = r.report_id
            left join instruction i on i.file_id = e.file_id and i.position = e.position
            left join inbound_file f on f.id = e.file_id
            left join lateral (select p.payout_id, p.bank_date from settlement_payout p
                where p.ledger_id = e.ledger_id and p.number between e.number and report.payouts_through
                order by p.number limit 1) p on e.topic = 'FUNDS'
            where r.report_id = :id and r.topic = :topic and (r.topic = 'FUNDS' or r.elsewhere is null)
            order by e.number
            """;

    private final JdbcClient jdbc;
    private final JdbcClient cursors;

    public SettlementLines(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.cursors = Cursors.of(dataSource);
    }

    /** The report's lines in their order. */
    public void forEach(SettlementReport report, Lines lines) throws IOException {
        read(cursors.sql(LINES + ORDER + ", line.number").param("id", report.id()), lines);
    }

    /** What payments cost, as far as the channel tells it: it explains the fees in the lines. */
    public void forEachFee(SettlementReport report, Lines lines) throws IOException {
        read(cursors.sql(ENTRIES).param("id", report.id()).param("topic", "FEES"), lines);
    }

    /** All entries of the ledger in the report, those of other channels too. */
    public void forEachEntry(SettlementReport report, Lines lines) throws IOException {
        read(cursors.sql(ENTRIES).param("id", report.id()).param("topic", "FUNDS"), lines);
    }

    /** Whether there is anything for {@link #forEachFee}. */
    public boolean hasFees(SettlementReport report) {
        return exists(report, "topic = 'FEES' and elsewhere is null");
    }

    /** Whether the last fees of the ledger up to the report's end were put on an invoice, not taken from what is paid out. */
    public boolean areFeesInvoiced(SettlementReport report) {
        return jdbc.sql(
                        """
                        select entry_type = :invoiced from settlement_entry
                        where ledger_id = :ledgerId and topic = 'FEES' and entry_type in (:invoiced, :retained)
                          and ledger_date <= :last
                        order by number desc limit 1
                        """)
                .param("invoiced", EntryType.FEES_INVOICED.word())
                .param("retained", EntryType.FEES_RETAINED.word())
                .param("ledgerId", report.ledgerId())
                .param("last", report.lastDate())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Whether other channels tell entries of the report. */
    public boolean isShared(SettlementReport report) {
        return exists(report, "topic = 'FUNDS' and elsewhere is not null");
    }

    private boolean exists(SettlementReport report, String which) {
        return jdbc.sql("select exists (select 1 from settlement_report_entry where report_id = :id and " + which + ")")
                .param("id", report.id())
                .query(Boolean.class)
                .single();
    }

    private static void read(JdbcClient.StatementSpec statement, Lines lines) throws IOException {
        try {
            statement.query((ResultSet row) -> {
                try {
                    lines.take(line(row));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SettledLine line(ResultSet row) throws SQLException {
        String word = row.getString("entry_type");
        boolean elsewhere = !row.getString("elsewhere").isEmpty();
        EntryType type = EntryType.of(word);
        Optional<SettledCharge> charge = charge(row);
        return new SettledLine(
                row.getLong("number"),
                msn(row),
                row.getObject("ledger_date", LocalDate.class),
                SqlTime.optional(row, "occurred_at").orElseThrow(),
                type,
                word,
                row.getString("psp_reference"),
                row.getString("reference"),
                row.getString("currency"),
                row.getLong("amount_minor"),
                Optional.ofNullable(row.getString("payout_id")),
                LedgerColumns.date(row, "bank_date"),
                charge,
                remarks(row.getBoolean("late"), elsewhere, type, charge.isPresent()));
    }

    private static Optional<String> msn(ResultSet row) throws SQLException {
        return Optional.of(row.getString("msn")).filter(msn -> !msn.isEmpty());
    }

    private static Set<Remark> remarks(boolean late, boolean elsewhere, EntryType type, boolean matched) {
        Set<Remark> remarks = EnumSet.noneOf(Remark.class);
        if (elsewhere) {
            remarks.add(Remark.OTHER_CHANNEL);
            return remarks;
        }
        if (late) {
            remarks.add(Remark.LATE);
        }
        if (type == EntryType.OTHER) {
            remarks.add(Remark.UNKNOWN_TYPE);
        }
        if (!matched && type.isOfACharge()) {
            remarks.add(Remark.UNMATCHED);
        }
        return remarks;
    }

    private static Optional<SettledCharge> charge(ResultSet row) throws SQLException {
        if (row.getString("order_id") == null) {
            return Optional.empty();
        }
        return Optional.of(new SettledCharge(
                row.getString("name"),
                row.getInt("position"),
                row.getString("invoice_number"),
                row.getString("kid"),
                row.getString("customer_number"),
                row.getString("agreement_id"),
                row.getString("order_id"),
                Optional.ofNullable(row.getString("external_id"))));
    }

    /** Neighbouring lines that are booked alike, in the order of the lines. */
    public List<SettlementGroup> groups(SettlementReport report) {
        return jdbc.sql(
                        """
                        select p.payout_id, line.msn, line.ledger_date, line.entry_type, count(*) as lines,
                            sum(line.amount_minor)::bigint as sum_minor
                        from settlement_line line
                        left join settlement_payout p on p.ledger_id = :ledgerId and p.number = line.payout_number
                        where line.report_id = :id
                        group by p.payout_id, line.payout_number, line.rank, line.msn, line.ledger_date, line.entry_type,
                            line.amount_minor < 0
                        """
                                + ORDER)
                .param("ledgerId", report.ledgerId())
                .param("id", report.id())
                .query((row, number) -> new SettlementGroup(
                        Optional.ofNullable(row.getString("payout_id")),
                        msn(row),
                        row.getObject("ledger_date", LocalDate.class),
                        EntryType.of(row.getString("entry_type")),
                        row.getString("entry_type"),
                        row.getLong("lines"),
                        row.getLong("sum_minor")))
                .list();
    }

    /** The payouts that the report's lines are part of, in their order. */
    public List<SettlementPayout> payouts(SettlementReport report) {
        return jdbc.sql(
                        """
                        select p.* from settlement_payout p
                        where p.ledger_id = :ledgerId
                          and (p.number = :payout or p.number in (
                              select line.payout_number from settlement_line line where line.report_id = :id))
                        order by p.number
                        """)
                .param("ledgerId", report.ledgerId())
                .param(
                        "payout",
                        report.payoutNumber().isPresent()
                                ? report.payoutNumber().getAsLong()
                                : -1)
                .param("id", report.id())
                .query((row, number) -> new SettlementPayout(
                        row.getString("payout_id"),
                        row.getObject("ledger_date", LocalDate.class),
                        row.getObject("bank_date", LocalDate.class),
                        row.getString("bank_text"),
                        row.getLong("amount_minor")))
                .list();
    }
}
