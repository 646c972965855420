package org.chargebridge.ledger;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a channel refunds on a market day, against its ceiling. Every method works in the caller's transaction. */
@Repository
public class CountedRefunds {

    private final JdbcClient jdbc;

    public CountedRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a channel's other refunds of a market day add up to; one is added at a time, until the transaction ends. */
    public long beside(Operation operation, LocalDate day) {
        String channel = operation.channel();
        AdvisoryLock.take(jdbc, "refunds of " + channel);
        return jdbc.sql(
                        """
                        -- A credit note may say more than its charge has left; what is asked for stands in the request.
                        select coalesce(sum(coalesce(
                                (nullif(convert_from(body, 'UTF8'), '')::jsonb ->> 'amount')::bigint,
                                abs(amount_minor))), 0)::bigint
                        from operation
                        -- One that is held with a request may have been made: a person has not found out yet.
                        where channel = :channel and counted_on = :day
                          and (state in ('OPEN', 'DONE') or state = 'HELD' and body is not null)
                          and not (file_id = :fileId and position = :position)
                        """)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .param("channel", channel)
                .param("day", day)
                .query(Long.class)
                .single();
    }

    /** Counts a refund against the ceiling of a market day. */
    public void count(Operation operation, LocalDate day) {
        jdbc.sql("update operation set counted_on = :day where file_id = :fileId and position = :position")
                .param("day", day)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }
}
