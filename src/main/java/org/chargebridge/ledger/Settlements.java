package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.chargebridge.ledger.SettlementOpenings.Opening;
import org.chargebridge.ledger.SettlementPeriods.Complete;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Settlement reports: making one assigns it entries that no other of its channel and kind of period has (MR26), and what
 * it says is read from those alone. Every method works in the caller's transaction.
 */
@Repository
public class Settlements {

    /**
     * Who tells a ledger's entries.
     *
     * @param owner the channel that posts payouts, fees and what belongs to no other
     * @param reporting channels that have settlement reports
     * @param takers the channel that takes entries of a sales unit that belong to no charge of ours
     */
    public record Tellers(String owner, Set<String> reporting, Map<String, String> takers) {

        public boolean owns(String channel) {
            return owner.equals(channel);
        }
    }

    /** What a channel's books took last: DATE, PAYOUT or MONTH, and up to which day. */
    public record Posted(String period, LocalDate lastDate) {}

    private final JdbcClient jdbc;
    private final SettlementOpenings openings;
    private final Clock clock;

    public Settlements(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.openings = new SettlementOpenings(jdbc);
        this.clock = clock;
    }

    /** Lets one node after the other make reports of a channel, and one channel after the other tell a ledger. */
    public void lock(String channel, String ledgerId) {
        PlannedAnew.in(jdbc);
        for (String what : List.of("settlement reports of " + channel, "settlement reports about " + ledgerId)) {
            // A report over a million entries takes minutes. Whoever waits for it has no trouble to tell of.
            AdvisoryLock.take(jdbc, what, "0");
        }
    }

    /** The ledgers that a sales unit settles on, or that hold entries of a channel. */
    public List<SettlementLedger> ledgers(String channel, String msn) {
        return jdbc.sql(
                        """
                        select * from settlement_ledger l
                        where :msn = any(l.handles)
                           or exists (select 1 from settlement_report r
                                      where r.channel = :channel and r.ledger_id = l.ledger_id)
                        order by ledger_id
                        """)
                .param("channel", channel)
                .param("msn", msn)
                .query(Settlements::ledger)
                .list();
    }

    private static SettlementLedger ledger(ResultSet row, int number) throws SQLException {
        List<String> handles = LedgerColumns.texts(row, "handles");
        List<String> names = LedgerColumns.texts(row, "names");
        List<SettlementLedger.SalesUnit> units = new java.util.ArrayList<>();
        for (int i = 0; i < handles.size(); i++) {
            units.add(new SettlementLedger.SalesUnit(handles.get(i), names.get(i)));
        }
        return new SettlementLedger(
                row.getString("ledger_id"),
                row.getString("currency"),
                Optional.ofNullable(row.getString("owner_scheme")),
                Optional.ofNullable(row.getString("owner_id")),
                Optional.ofNullable(row.getString("account_scheme")),
                Optional.ofNullable(row.getString("account_id")),
                units);
    }

    /**
     * Makes the report of a complete period.
     *
     * @param from the first day to tell, where this is the first report of its kind
     * @param posted whether the channel's books take it; then what payments cost is told with it, so that it says something of
     *     fees alone
     */
    public SettlementReport make(
            String channel,
            String ledgerId,
            String period,
            Complete complete,
            LocalDate from,
            Tellers tellers,
            boolean posted) {
        boolean owner = tellers.owns(channel);
        Opening opening = openings.of(channel, ledgerId, period, from, complete.payoutNumber());
        long before = owner ? Math.addExact(opening.balanceMinor(), booked(channel, ledgerId, period)) : 0;
        long id = insert(channel, ledgerId, period, complete, owner, before, posted);
        // Whether an entry was told is looked up one by one, in a table that grows meanwhile: read whole each time, a
        // hundred thousand entries would take minutes.
        jdbc.sql("set local enable_seqscan = off").update();
        ToldEntries told = new ToldEntries(jdbc, channel, ledgerId, period, complete, opening, tellers);
        told.assign(id);
        knowPayouts(id);
        long elsewhere = owner ? 0 : told.elsewhere();
        jdbc.sql("set local enable_seqscan = on").update();
        jdbc.sql(
                        """
                        update settlement_report set elsewhere_minor = :elsewhere,
                            sum_minor = (select coalesce(sum(e.amount_minor), 0) from settlement_report_entry r
                                join settlement_entry e using (ledger_id, topic, number)
                                where r.report_id = :id and r.topic = 'FUNDS'),
                            lines = (select count(*) from settlement_line where report_id = :id)
                        where id = :id
                        """)
                .param("elsewhere", elsewhere)
                .param("id", id)
                .update();
        number(id, posted);
        return report(id);
    }

    /** Every file of the report is read anew: a payout that is read meanwhile must not stand in some of them. */
    private void knowPayouts(long id) {
        jdbc.sql(
                        """
                        update settlement_report r set payouts_through = coalesce(
                            (select max(p.number) from settlement_payout p where p.ledger_id = r.ledger_id), 0)
                        where id = :id
                        """)
                .param("id", id)
                .update();
    }

    /** One that says nothing is not sent, and has no number: the reader of the others would miss it. */
    private void number(long id, boolean explainsFees) {
        jdbc.sql(
                        """
                        update settlement_report report set number = 1 + coalesce(before.number, 0),
                            previous_number = before.number
                        from settlement_report own
                        cross join lateral (select max(r.number) as number from settlement_report r
                            where r.channel = own.channel and r.period = own.period) before
                        where own.id = :id and report.id = own.id and (own.owner or own.lines > 0
                            or :explainsFees and exists (select 1 from settlement_report_entry fee
                                where fee.report_id = :id and fee.topic = 'FEES' and fee.elsewhere is null))
                        """)
                .param("explainsFees", explainsFees)
                .param("id", id)
                .update();
    }

    /** By which kind of period a channel's books took their last report; empty before the first. */
    public Optional<Posted> lastPosted(String channel) {
        return jdbc.sql(
                        """
                        select period, last_date from settlement_report
                        where channel = :channel and posted and number is not null order by id desc limit 1
                        """)
                .param("channel", channel)
                .query((row, number) ->
                        new Posted(row.getString("period"), row.getObject("last_date", LocalDate.class)))
                .optional();
    }

    private long booked(String channel, String ledgerId, String period) {
        return jdbc.sql(
                        """
                        select coalesce(sum(sum_minor), 0) from settlement_report
                        where channel = :channel and ledger_id = :ledgerId and period = :period
                        """)
                .param("ledgerId", ledgerId)
                .param("channel", channel)
                .param("period", period)
                .query(Long.class)
                .single();
    }

    private long insert(
            String channel,
            String ledgerId,
            String period,
            Complete complete,
            boolean owner,
            long openingMinor,
            boolean posted) {
        return jdbc.sql(
                        """
                        insert into settlement_report (channel, ledger_id, period, first_date, last_date, payout_number,
                            payouts_through, owner, opening_minor, lines, sum_minor, elsewhere_minor, posted, made_at)
                        values (:channel, :ledgerId, :period, :first, :last, :payout, 0,
                            :owner, :opening, 0, 0, 0, :posted, :now)
                        returning id
                        """)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .param("first", complete.firstDate())
                .param("last", complete.lastDate())
                .param("payout", ToldEntries.payout(complete))
                .param("owner", owner)
                .param("opening", openingMinor)
                .param("posted", posted)
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
    }

    private SettlementReport report(long id) {
        return jdbc.sql("select * from settlement_report where id = :id")
                .param("id", id)
                .query((row, number) -> new SettlementReport(
                        row.getLong("id"),
                        row.getString("channel"),
                        row.getString("ledger_id"),
                        row.getString("period"),
                        row.getInt("number"),
                        Optional.ofNullable(row.getObject("previous_number", Integer.class)),
                        row.getObject("first_date", LocalDate.class),
                        row.getObject("last_date", LocalDate.class),
                        LedgerColumns.number(row, "payout_number"),
                        row.getBoolean("owner"),
                        row.getLong("opening_minor"),
                        row.getLong("lines"),
                        row.getLong("sum_minor"),
                        row.getLong("elsewhere_minor"),
                        SqlTime.optional(row, "made_at").orElseThrow()))
                .single();
    }
}
