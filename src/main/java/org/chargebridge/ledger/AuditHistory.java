package org.chargebridge.ledger;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the audit trail tells of one thing. */
@Repository
public class AuditHistory {

    /** One event. */
    public record Entry(Instant at, String actor, String action, String reason, String result) {}

    private final JdbcClient jdbc;

    public AuditHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The events about a subject, in their order.
     *
     * @param subject for example {@code dead letter 17}
     */
    public List<Entry> of(String subject) {
        return jdbc.sql("select * from audit_event where subject = :subject order by id")
                .param("subject", subject)
                .query((row, number) -> new Entry(
                        SqlTime.optional(row, "at").orElseThrow(),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("reason"),
                        row.getString("result")))
                .list();
    }
}
