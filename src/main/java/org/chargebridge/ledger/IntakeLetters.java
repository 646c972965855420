package org.chargebridge.ledger;

import java.time.Clock;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Closes dead letters whose cause a file took away. Every method works in the caller's transaction. */
@Repository
public class IntakeLetters {

    private static final String DISCARDABLE =
            """
            l.state = 'OPEN' and l.order_id = :orderId
            and (l.kind = 'LINE' and exists (
                    select 1 from intake_exception e where e.file_id = l.file_id and e.position = l.position)
                 or l.kind in ('LINE', 'CHARGE') and exists (
                    select 1 from charge c
                    where c.file_id = l.file_id and c.position = l.position and c.status = 'REFUSED'))
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public IntakeLetters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A line with that order id was accepted: what was held or refused before is settled. */
    public void resolve(Collection<String> orderIds) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'RESOLVED', closed_at = :now
                        where state = 'OPEN' and kind in ('LINE', 'CHARGE') and order_id = any(:orderIds)
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Lines with these order ids are held anew: letters about earlier held lines are settled by the new ones. */
    public void supersede(Collection<String> orderIds) {
        jdbc.sql(
                        """
                        update dead_letter l set state = 'RESOLVED', closed_at = :now
                        where l.state = 'OPEN' and l.kind = 'LINE' and l.order_id = any(:orderIds)
                          and exists (select 1 from intake_exception e
                                      where e.file_id = l.file_id and e.position = l.position)
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** A file that was refused or held was read after all. */
    public void resolveFile(long fileId) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'RESOLVED', closed_at = :now
                        where state = 'OPEN' and kind in ('FILE', 'LINE') and file_id = :fileId
                        """)
                .param("fileId", fileId)
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Lines of a file got another answer. */
    public void resolveLines(long fileId, Collection<Integer> positions) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'RESOLVED', closed_at = :now
                        where state = 'OPEN' and kind = 'LINE' and file_id = :fileId and position = any(:positions)
                        """)
                .param("fileId", fileId)
                .param("positions", positions.toArray(Integer[]::new))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Refused charges of a file are asked for again. */
    public void resolveCharges(long fileId, Collection<Integer> positions) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'RESOLVED', closed_at = :now
                        where state = 'OPEN' and kind = 'CHARGE' and file_id = :fileId and position = any(:positions)
                        """)
                .param("fileId", fileId)
                .param("positions", positions.toArray(Integer[]::new))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Whether a letter that a file may discard is open: of a held line, or of a charge refused for good. */
    public boolean isOpen(String orderId) {
        return jdbc.sql("select exists (select 1 from dead_letter l where " + DISCARDABLE + ")")
                .param("orderId", orderId)
                .query(Boolean.class)
                .single();
    }

    /**
     * A file's line discards what is held or refused under an order id.
     *
     * @param actor who asked, for example {@code file:errors-invoices.csv}
     * @return letters closed
     */
    public int discard(String orderId, String actor, String reason) {
        int closed = jdbc.sql("update dead_letter l set state = 'DISCARDED', closed_at = :now where " + DISCARDABLE)
                .param("orderId", orderId)
                .param("now", SqlTime.of(clock.instant()))
                .update();
        jdbc.sql(
                        """
                        insert into audit_event (at, actor, action, subject, reason, result)
                        values (:now, :actor, 'discard', :subject, :reason, :result)
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("actor", actor)
                .param("subject", "order id " + orderId)
                .param("reason", reason)
                .param("result", closed == 1 ? "1 dead letter closed" : closed + " dead letters closed")
                .update();
        return closed;
    }
}
