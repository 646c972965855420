package org.chargebridge.ledger;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Recorded lines that no dispatch holds yet, and can still be held back. */
@Repository
public class UnsentLines {

    public record Unsent(QueuedLine line, String msn) {}

    /** Where a line stands that waits for a person. */
    public record Held(long fileId, int position, String msn) {}

    private static final String UNSENT =
            """
            from instruction i
            join block b on b.file_id = i.file_id and i.position between b.first_position and b.last_position
            where i.order_id = any(:orderIds) and not i.replaced and i.action = 'CHARGE' and b.dispatch_id is null
              and not exists (select 1 from charge c where c.file_id = i.file_id and c.position = i.position)
            """;

    private static final String NEVER_SENT =
            """
            c.status = 'HELD' and c.dispatch_id is null and c.seen_at is null
            and c.reason_code in ('CREDITED_IN_FILE', 'CHARGED_ELSEWHERE', 'TOO_LATE_TO_SHIFT', 'REQUEST_NOT_POSSIBLE')
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public UnsentLines(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether it is worth taking the sales unit's lock. */
    public boolean any(Collection<String> orderIds) {
        return jdbc.sql("select exists (select 1 " + UNSENT + ")")
                .param("orderIds", orderIds.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** Callers hold the sales unit's row ({@link SalesUnits#lock}). */
    public List<Unsent> find(Collection<String> orderIds) {
        return jdbc.sql(
                        """
                        select i.file_id, i.position, b.channel, i.order_id, i.agreement_id, i.amount_minor,
                            i.description, i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                            i.transaction_type,
                            i.msn
                        """
                                + UNSENT)
                .param("orderIds", orderIds.toArray(String[]::new))
                .query((row, n) -> new Unsent(Blocks.line(row, n), row.getString("msn")))
                .list();
    }

    /**
     * Takes the lines of these agreements back that wait to be sent, out of requests that were stored and never sent,
     * too. Callers hold the sales unit's row ({@link SalesUnits#lock}).
     *
     * @return the lines; what is done with them is the caller's
     */
    public List<QueuedLine> takeBack(String msn, Collection<String> agreementIds) {
        if (!anyWaits(msn)) {
            return List.of();
        }
        jdbc.sql(
                        """
                        with dissolved as (
                            update dispatch d set state = 'VOID', next_attempt_at = null
                            where d.msn = :msn and d.state = 'READY' and d.first_sent_at is null and d.unanswered = 0
                              and exists (
                                  select 1 from lines_on(:msn, :ids) i
                                  join block b on b.file_id = i.file_id
                                      and i.position between b.first_position and b.last_position
                                  where b.dispatch_id = d.id)
                            returning d.id, d.correction)
                        update block b set dispatch_id = null, correction = dissolved.correction
                        from dissolved where b.dispatch_id = dissolved.id
                        """)
                .param("msn", msn)
                .param("ids", agreementIds.toArray(String[]::new))
                .update();
        return jdbc.sql(
                        """
                        select i.file_id, i.position, b.channel, i.order_id, i.agreement_id, i.amount_minor,
                            i.description, i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                            i.transaction_type
                        from lines_on(:msn, :ids) i
                        join block b on b.file_id = i.file_id and i.position between b.first_position and b.last_position
                        where not i.replaced and i.action = 'CHARGE'
                          and b.dispatch_id is null
                          and not exists (select 1 from charge c where c.file_id = i.file_id and c.position = i.position)
                        order by i.file_id, i.position
                        """)
                .param("msn", msn)
                .param("ids", agreementIds.toArray(String[]::new))
                .query(Blocks::line)
                .list();
    }

    /** Whether a line of these agreements waits to be sent: asked without the sales unit's row, for most have none. */
    public boolean anyWaitOn(String msn, Collection<String> agreementIds) {
        return anyWaits(msn)
                && jdbc.sql(
                                """
                                select exists (
                                    select 1 from lines_on(:msn, :ids) i
                                    join block b on b.file_id = i.file_id
                                        and i.position between b.first_position and b.last_position
                                    left join dispatch d on d.id = b.dispatch_id
                                    where not i.replaced and i.action = 'CHARGE'
                                      and (b.dispatch_id is null or d.state = 'READY')
                                      and not exists (select 1 from charge c
                                                      where c.file_id = i.file_id and c.position = i.position))
                                """)
                        .param("msn", msn)
                        .param("ids", agreementIds.toArray(String[]::new))
                        .query(Boolean.class)
                        .single();
    }

    /** Most agreements end at night, when nothing waits and none of their lines need be searched for. */
    private boolean anyWaits(String msn) {
        return jdbc.sql(
                        """
                        select exists (select 1 from block where msn = :msn and dispatch_id is null)
                            or exists (select 1 from dispatch where msn = :msn and state = 'READY')
                        """)
                .param("msn", msn)
                .query(Boolean.class)
                .single();
    }

    /** Keeps a line back until a person releases it. */
    public void hold(Unsent line, Reason reason) {
        QueuedLine queued = line.line();
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status,
                            reason_code, reason_arguments, due, retry_days, changed_at)
                        values (:fileId, :position, :orderId, :msn, :channel, :agreementId, 'HELD',
                            :code, :arguments, :due, :retryDays, :now)
                        """)
                .param("fileId", queued.fileId())
                .param("position", queued.position())
                .param("orderId", queued.orderId())
                .param("msn", line.msn())
                .param("channel", queued.channel())
                .param("agreementId", queued.agreementId())
                .param("code", reason.code().name())
                .param("arguments", reason.arguments().toArray(String[]::new))
                .param("due", queued.effectiveDue())
                .param("retryDays", queued.retryDays())
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** The line recorded under an order id that waits for a person before anything of it was sent. */
    public Optional<Held> held(String orderId) {
        return jdbc.sql(
                        """
                        select c.file_id, c.position, c.msn
                        from charge c join instruction i on i.file_id = c.file_id and i.position = c.position
                        where i.order_id = :orderId and not i.replaced and
                        """
                                + NEVER_SENT)
                .param("orderId", orderId)
                .query((row, n) -> new Held(row.getLong("file_id"), row.getInt("position"), row.getString("msn")))
                .optional();
    }

    /**
     * A person gives up a line that was held before anything of it was sent: it is refused, and is not asked for again
     * when its file comes again. Callers hold the sales unit's row ({@link SalesUnits#lock}).
     *
     * @return whether there was such a line
     */
    public boolean giveUp(long fileId, int position, Reason reason) {
        return jdbc.sql(
                                """
                                update charge c set status = 'REFUSED', reason_code = :code,
                                    reason_arguments = :arguments, changed_at = :now
                                where c.file_id = :fileId and c.position = :position and
                                """
                                        + NEVER_SENT)
                        .param("code", reason.code().name())
                        .param("arguments", reason.arguments().toArray(String[]::new))
                        .param("now", SqlTime.of(clock.instant()))
                        .param("fileId", fileId)
                        .param("position", position)
                        .update()
                > 0;
    }

    /** Whether a line is kept back. */
    public boolean isHeld(long fileId, int position) {
        return jdbc.sql(
                        """
                        select exists (select 1 from charge
                            where file_id = :fileId and position = :position and status = 'HELD'
                              and reason_code = 'CREDITED_IN_FILE')
                        """)
                .param("fileId", fileId)
                .param("position", position)
                .query(Boolean.class)
                .single();
    }
}
