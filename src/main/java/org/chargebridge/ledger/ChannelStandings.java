package org.chargebridge.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How each channel stands at a glance: its last file, what of it waits to be sent, and what needs a person. */
@Repository
public class ChannelStandings {

    /**
     * A channel's standing.
     *
     * @param lastFile name of the file that came last
     * @param lastFileAt when it was recorded
     * @param waitingLines charges that were accepted and not yet answered by the API
     * @param letters open dead letters
     * @param undelivered files rendered and not yet delivered
     */
    public record Standing(
            String channel,
            Optional<String> lastFile,
            Optional<Long> lastFileId,
            Optional<Instant> lastFileAt,
            long waitingLines,
            int letters,
            int undelivered) {}

    private final JdbcClient jdbc;

    public ChannelStandings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of each of the channels named, in their order. */
    public List<Standing> of(List<String> channels) {
        return jdbc.sql(
                        """
                        select c.channel, f.id as file_id, f.name, f.recorded_at,
                               (select coalesce(sum(b.line_count), 0) from block b
                                    where b.channel = c.channel and b.dispatch_id is null)
                               + (select coalesce(sum(b.line_count), 0) from dispatch d join block b on b.dispatch_id = d.id
                                    where d.state in ('READY', 'SENDING') and b.channel = c.channel) as waiting,
                               (select count(*) from dead_letter l where l.state = 'OPEN' and l.channel = c.channel) as letters,
                               (select count(*) from outbound_file o
                                    where o.state <> 'DELIVERED' and o.channel = c.channel) as undelivered
                        from unnest(cast(:channels as text[])) with ordinality c (channel, place)
                        left join lateral (select id, name, recorded_at from inbound_file
                            where channel = c.channel order by id desc limit 1) f on true
                        order by c.place
                        """)
                .param("channels", channels.toArray(String[]::new))
                .query((row, number) -> new Standing(
                        row.getString("channel"),
                        Optional.ofNullable(row.getString("name")),
                        Optional.ofNullable(row.getObject("file_id", Long.class)),
                        SqlTime.optional(row, "recorded_at"),
                        row.getLong("waiting"),
                        row.getInt("letters"),
                        row.getInt("undelivered")))
                .list();
    }
}
