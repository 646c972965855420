package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who decided what, when and why; written in the transaction of what was decided, and never changed. */
@Repository
public class AuditTrail {

    private final JdbcClient jdbc;
    private final Clock clock;

    public AuditTrail(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Adds an event, in the caller's transaction.
     *
     * @param actor the user who decided
     * @param action for example {@code redrive}
     * @param subject for example {@code dead letter 17}
     * @param reason as the user gave it; may be empty
     * @param result what came of it
     */
    public void record(String actor, String action, String subject, String reason, String result) {
        jdbc.sql(
                        """
                        insert into audit_event (at, actor, action, subject, reason, result)
                        values (:at, :actor, :action, :subject, :reason, :result)
                        """)
                .param("at", SqlTime.of(clock.instant()))
                .param("actor", actor)
                .param("action", action)
                .param("subject", subject)
                .param("reason", reason)
                .param("result", result)
                .update();
    }

    /**
     * An event as it is shown.
     *
     * @param number its place in the sealed chain; empty for the moment until it is sealed
     */
    public record Recorded(
            long id,
            Optional<Long> number,
            Instant at,
            String actor,
            String action,
            String subject,
            String reason,
            String result) {}

    /**
     * The last events, newest first.
     *
     * @param actor of this user only
     * @param text that stands in the action or the subject
     * @param before an event's id: older ones than it
     */
    public List<Recorded> last(Optional<String> actor, Optional<String> text, long before, int limit) {
        return jdbc.sql(
                        """
                        select * from audit_event
                        where id < :before and (cast(:actor as text) is null or actor = :actor)
                          and (cast(:text as text) is null or position(lower(:text) in lower((action || ' ' || subject) collate "default")) > 0)
                        order by id desc limit :limit
                        """)
                .param("before", before)
                .param("actor", actor.orElse(null))
                .param("text", text.orElse(null))
                .param("limit", limit)
                .query((row, number) -> new Recorded(
                        row.getLong("id"),
                        Optional.ofNullable(row.getObject("number", Long.class)),
                        SqlTime.optional(row, "at").orElseThrow(),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("reason"),
                        row.getString("result")))
                .list();
    }
}
