package org.chargebridge.ledger;

import java.time.Clock;
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
}
