package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files that went back to ERPs, as an operator sees them. */
@Repository
public class SentFiles {

    private final JdbcClient jdbc;
    private final Clock clock;

    public SentFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A file as an operator sees it.
     *
     * @param deliveredAt business time
     */
    public record Sent(
            long id,
            String channel,
            OutboundFile.Kind kind,
            String directory,
            String name,
            long size,
            OutboundFile.State state,
            Instant renderedAt,
            Optional<Instant> deliveredAt) {}

    /** The last files of a channel, newest first. */
    public List<Sent> last(String channel, int limit) {
        return jdbc.sql("select * from outbound_file where channel = :channel order by id desc limit :limit")
                .param("channel", channel)
                .param("limit", limit)
                .query(SentFiles::sent)
                .list();
    }

    static Sent sent(ResultSet row, int number) throws SQLException {
        return new Sent(
                row.getLong("id"),
                row.getString("channel"),
                OutboundFile.Kind.valueOf(row.getString("kind")),
                row.getString("directory"),
                row.getString("name"),
                row.getLong("size"),
                OutboundFile.State.valueOf(row.getString("state")),
                SqlTime.optional(row, "rendered_at").orElseThrow(),
                SqlTime.optional(row, "delivered_at"));
    }

    /**
     * Files made within a time, newest first.
     *
     * @param channel empty for all of them
     * @param before only those with a smaller id
     */
    public List<Sent> between(Optional<String> channel, Instant since, Instant until, long before, int limit) {
        return jdbc.sql(
                        """
                        select * from outbound_file
                        where id < :before and (:channel::text is null or channel = :channel)
                          and rendered_at >= :since and rendered_at < :until
                        order by id desc limit :limit
                        """)
                .param("before", before)
                .param("channel", channel.orElse(null))
                .param("since", SqlTime.of(since))
                .param("until", SqlTime.of(until))
                .param("limit", limit)
                .query(SentFiles::sent)
                .list();
    }

    public Optional<Sent> byId(long id) {
        return jdbc.sql("select * from outbound_file where id = :id")
                .param("id", id)
                .query(SentFiles::sent)
                .optional();
    }

    /**
     * Delivers a delivered file once more: the same name, the same bytes. What lies there already is left as it is.
     *
     * @return its name; empty for a file that is not known, still on its way, or whose bytes are kept no longer
     */
    public Optional<String> deliverAgain(long id) {
        return jdbc.sql(
                        """
                        update outbound_file
                        set state = 'RENDERED', verified_at = null, delivered_at = null, attempts = 0, next_attempt_at = :now
                        where id = :id and state = 'DELIVERED' and bytes_retired_at is null
                        returning name
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** When the file's bytes were deleted by retention, business time; empty while they are kept. */
    public Optional<Instant> bytesDeletedAt(long id) {
        return jdbc.sql("select bytes_retired_at from outbound_file where id = :id and bytes_retired_at is not null")
                .param("id", id)
                .query((row, number) ->
                        SqlTime.optional(row, "bytes_retired_at").orElseThrow())
                .optional();
    }
}
