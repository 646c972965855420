package org.chargebridge.ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What channels and sales units leave in the ledger when they are set up no more: nobody tells it, delivers it or follows it
 * until they are set up again.
 */
@Repository
public class LeftBehind {

    /**
     * Of a channel.
     *
     * @param open charges that wait to be sent or can still change
     * @param untold changes that no status report told
     * @param files receipts and reports that the ERP did not get
     */
    public record OfChannel(long open, long untold, long files) {

        public boolean isNothing() {
            return open == 0 && untold == 0 && files == 0;
        }
    }

    private final JdbcClient jdbc;

    public LeftBehind(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every channel that ever recorded a file. */
    public List<String> channels() {
        return jdbc.sql("select channel from channel_source order by channel")
                .query(String.class)
                .list();
    }

    /** Every sales unit that was ever set up while something could be sent. */
    public List<String> salesUnits() {
        return jdbc.sql("select msn from sales_unit order by msn")
                .query(String.class)
                .list();
    }

    /**
     * What a channel leaves.
     *
     * @param withOpen whether open charges are looked for, which reads those of all channels
     */
    public OfChannel of(String channel, boolean withOpen) {
        return jdbc.sql(
                        """
                        select
                            case when :withOpen then
                                (select count(*) from charge where next_check_at is not null and channel = :channel)
                                + (select coalesce(sum(line_count), 0) from block
                                   where dispatch_id is null and channel = :channel)
                                else 0 end as open,
                            (select count(*) from event
                             where channel = :channel and reportable and report_id is null) as untold,
                            (select count(*) from outbound_file where channel = :channel and state <> 'DELIVERED')
                            + (select count(*) from receipt_request r join inbound_file f on f.id = r.file_id
                               where r.rendered_at is null and f.channel = :channel) as files
                        """)
                .param("channel", channel)
                .param("withOpen", withOpen)
                .query((row, number) -> new OfChannel(row.getLong("open"), row.getLong("untold"), row.getLong("files")))
                .single();
    }

    /** How many charges of a sales unit wait to be sent, can still change, or wait for an operation. */
    public long open(String msn) {
        return jdbc.sql(
                        """
                        select (select coalesce(sum(line_count), 0) from block where msn = :msn and dispatch_id is null)
                            + (select coalesce(sum(d.line_count
                                   - (select count(*) from charge c where c.dispatch_id = d.id)), 0) from dispatch d
                               where d.msn = :msn and (d.state in ('READY', 'SENDING') or d.next_check_at is not null))
                            + (select count(*) from charge where msn = :msn and next_check_at is not null)
                            + (select count(*) from operation where msn = :msn and state = 'OPEN')
                        """)
                .param("msn", msn)
                .query(Long.class)
                .single();
    }

    /** How many offers wait for customers at addresses of this gateway. */
    public long offers() {
        return jdbc.sql("select count(*) from draft where way = 'LINK' and state = 'OFFERED'")
                .query(Long.class)
                .single();
    }

    /** Whether a settlement ledger has money of charges of this gateway behind all that any report told. */
    public boolean hasUntoldMoney(String ledgerId) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from settlement_entry e
                            where e.ledger_id = :ledgerId and e.topic = 'FUNDS' and e.file_id is not null
                              and e.number > coalesce((select max(r.number) from settlement_report_entry r
                                  where r.ledger_id = :ledgerId and r.topic = 'FUNDS'), 0))
                        """)
                .param("ledgerId", ledgerId)
                .query(Boolean.class)
                .single();
    }
}
