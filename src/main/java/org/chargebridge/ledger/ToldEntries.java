package org.chargebridge.ledger;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettlementOpenings.Opening;
import org.chargebridge.ledger.SettlementPeriods.Complete;
import org.chargebridge.ledger.Settlements.Tellers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The entries of a period that a channel was not told of, and which of them are for it to tell. */
final class ToldEntries {

    /**
     * Each entry with the channel that tells it: the charge's, else the sales unit's, else the owner. Once told it stays
     * with that channel, whatever becomes known of it: else it would be booked twice.
     */
    private static final String TOLD_BY =
            """
            select e.ledger_id, e.topic, e.number, e.ledger_date, e.read_at, e.amount_minor, e.entry_type, coalesce(
                (select coalesce(r.elsewhere, r.channel) from settlement_report_entry r
                 where r.ledger_id = e.ledger_id and r.topic = e.topic and r.number = e.number limit 1),
                case when e.entry_type = any(:ofTheLedger) and e.file_id is null then :owner
                     when e.channel = any(:reporting) then e.channel
                     when e.channel is null then coalesce(
                        (select t.taker from unnest(:units::text[], :takers::text[]) as t(unit, taker) where t.unit = e.msn),
                        :owner)
                     else :owner end) as teller
            from settlement_entry e
            where e.ledger_id = :ledgerId
              and (e.ledger_date >= :from or e.number > case e.topic when 'FUNDS' then :fundsRead else :feesRead end)
              and (e.topic = 'FUNDS' and case when :payout::bigint is null then e.ledger_date <= :last
                                              else e.number <= :payout end
                   or e.topic = 'FEES' and e.ledger_date <= :last)
              -- Not by a join, which would go through all that are told for each: it is planned before any are.
              and (select r.report_id from settlement_report_entry r
                  where r.channel = :channel and r.period = :period and r.ledger_id = e.ledger_id and r.topic = e.topic
                    and r.number = e.number) is null
            """;

    private final JdbcClient jdbc;
    private final String channel;
    private final String ledgerId;
    private final String period;
    private final Complete complete;
    private final Opening opening;
    private final Tellers tellers;

    ToldEntries(
            JdbcClient jdbc,
            String channel,
            String ledgerId,
            String period,
            Complete complete,
            Opening opening,
            Tellers tellers) {
        this.jdbc = jdbc;
        this.channel = channel;
        this.ledgerId = ledgerId;
        this.period = period;
        this.complete = complete;
        this.opening = opening;
        this.tellers = tellers;
    }

    /** Gives a report the entries that its channel tells; the owner's has those of others too, as their sums. */
    void assign(long reportId) {
        withTellers(
                        """
                        insert into settlement_report_entry (channel, period, ledger_id, topic, number, report_id, late,
                            elsewhere)
                        select :channel, :period, told.ledger_id, told.topic, told.number, :id,
                            coalesce(told.read_at > (select min(made_at) from settlement_report
                                where channel = :channel and ledger_id = :ledgerId and period = :period and id <> :id
                                  and last_date >= told.ledger_date), false),
                            case when told.teller <> :channel then told.teller end
                        from (%s) told
                        where told.teller = :channel or :owner = :channel
                        """)
                .param("id", reportId)
                .update();
    }

    /** What others have in the same period, less payouts. */
    long elsewhere() {
        return withTellers(
                        """
                        select coalesce(sum(told.amount_minor), 0) from (%s) told
                        where told.topic = 'FUNDS' and told.teller <> :channel and told.entry_type <> all(:toTheBank)
                          and told.number > coalesce((select max(payout_number) from settlement_report
                              where channel = :channel and ledger_id = :ledgerId and period = :period
                                and payout_number < :payout), 0)
                          and told.ledger_date > case when :payout::bigint is null
                              then (select coalesce(max(last_date), date '-infinity') from settlement_report
                                    where channel = :channel and ledger_id = :ledgerId and period = :period
                                      and last_date < :last)
                              else date '-infinity' end
                        """)
                .param("toTheBank", words(type -> type == EntryType.PAYOUT_SCHEDULED))
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec withTellers(String sql) {
        List<Map.Entry<String, String>> takers = List.copyOf(tellers.takers().entrySet());
        return jdbc.sql(sql.formatted(TOLD_BY))
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .param("payout", payout(complete))
                .param("last", complete.lastDate())
                .param("from", opening.from())
                .param("fundsRead", opening.fundsRead())
                .param("feesRead", opening.feesRead())
                .param("ofTheLedger", words(EntryType::isOfTheLedger))
                .param("owner", tellers.owner())
                .param("reporting", tellers.reporting().toArray(String[]::new))
                .param("units", takers.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("takers", takers.stream().map(Map.Entry::getValue).toArray(String[]::new));
    }

    private static String[] words(Predicate<EntryType> kind) {
        return EntryType.words(kind).toArray(String[]::new);
    }

    static Long payout(Complete complete) {
        OptionalLong number = complete.payoutNumber();
        return number.isPresent() ? number.getAsLong() : null;
    }
}
