package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The invoice files that came, for whoever expects some; business time. */
@Repository
public class ExpectedFiles {

    private final JdbcClient jdbc;
    private final Clock clock;

    public ExpectedFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Since when files of the channel are expected: since this was first asked. */
    public Instant since(String channel) {
        jdbc.sql("insert into expected_file (channel, since) values (:channel, :now) on conflict do nothing")
                .param("channel", channel)
                .param("now", SqlTime.of(clock.instant()))
                .update();
        return jdbc.sql("select since from expected_file where channel = :channel")
                .param("channel", channel)
                .query((row, number) -> SqlTime.optional(row, "since").orElseThrow())
                .single();
    }

    /** When files came after a time, in order. */
    public List<Instant> cameAfter(String channel, Instant after) {
        return jdbc.sql(
                        """
                        select recorded_at from inbound_file
                        where channel = :channel and kind = 'INVOICES' and recorded_at > :after order by recorded_at, id
                        """)
                .param("channel", channel)
                .param("after", SqlTime.of(after))
                .query((row, number) -> SqlTime.optional(row, "recorded_at").orElseThrow())
                .list();
    }

    /** The names of the latest files, in the order in which they came. */
    public List<String> latestNames(String channel, int limit) {
        return jdbc.sql(
                        """
                        select name from (
                            select id, name, recorded_at from inbound_file
                            where channel = :channel and kind = 'INVOICES' order by recorded_at desc, id desc limit :limit) f
                        order by recorded_at, id
                        """)
                .param("channel", channel)
                .param("limit", limit)
                .query(String.class)
                .list();
    }
}
