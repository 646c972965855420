package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where the charge that an operation acts on stands in the ledger, and cancelling one that was never sent. */
@Repository
public class OperationTargets {

    /** Where a charge stands before anybody asks the API. */
    public enum Place {
        /** No request holds it. */
        UNSENT,
        /** A request holds it that is not answered yet. */
        UNDER_WAY,
        /** The API can be asked for it. */
        AT_API,
        /** It is not at the API and will not be. */
        REFUSED,
        /** It was cancelled before it was sent. */
        NEVER_SENT,
        /** It waits for a person. */
        HELD
    }

    /**
     * The charge's line.
     *
     * @param status as last known; empty while nothing is known beyond its request
     */
    public record Target(QueuedLine line, String msn, Place place, Optional<ChargeStatus> status) {}

    private final JdbcClient jdbc;
    private final Charges charges;
    private final Events events;
    private final OperationCourse course;
    private final IntakeLetters letters;
    private final Clock clock;

    public OperationTargets(
            JdbcClient jdbc,
            Charges charges,
            Events events,
            OperationCourse course,
            IntakeLetters letters,
            Clock clock) {
        this.jdbc = jdbc;
        this.charges = charges;
        this.events = events;
        this.course = course;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * The charge that an operation acts on now: the one its line names, else the invoice's latest. To a retry one that was
     * refused is none: what failed before it is still to be collected.
     */
    public Optional<Target> of(Operation operation) {
        return jdbc.sql(
                        """
                        select i.file_id, i.position, f.channel, i.order_id, i.agreement_id, i.amount_minor,
                            i.description, i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                            i.transaction_type,
                            i.msn, b.dispatch_id is null as queued, d.state as dispatch_state, c.status,
                            c.seen_at is not null as seen
                        from instruction i
                        join inbound_file f on f.id = i.file_id
                        left join block b on b.file_id = i.file_id
                            and i.position between b.first_position and b.last_position
                        left join dispatch d on d.id = b.dispatch_id
                        left join charge c on c.file_id = i.file_id and c.position = i.position
                        where not i.replaced and i.action = 'CHARGE'
                          and (:exact and i.order_id = :orderId
                               or not :exact and (i.order_id = :target or i.attempt_of = :target))
                        order by coalesce(:retry and c.status = 'REFUSED', false), coalesce(i.attempt, 1) desc limit 1
                        """)
                .param("exact", operation.exact())
                .param("orderId", operation.orderId())
                .param("target", operation.target())
                .param("retry", operation.action() == Action.RETRY)
                .query(OperationTargets::target)
                .optional();
    }

    /** The charge is reserved: captures that waited for it go on at once. */
    public void reserved(QueuedLine line) {
        jdbc.sql(
                        """
                        update operation o set next_attempt_at = :now
                        from instruction i
                        where i.file_id = :fileId and i.position = :position
                          and o.target = coalesce(i.attempt_of, i.order_id) and o.state = 'OPEN' and o.phase = 'AWAIT'
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", line.fileId())
                .param("position", line.position())
                .update();
    }

    /**
     * The charge is seen to have changed: what was held because its call showed no effect is looked at again, and nobody
     * has to decide about it. Where somebody does at this moment, that holds. A retry that watches it looks at once.
     */
    public void changed(QueuedLine line) {
        jdbc.sql(
                        """
                        with letter as (
                            select l.id, l.file_id, l.position
                            from dead_letter l join operation o on o.file_id = l.file_id and o.position = l.position
                            where l.state = 'OPEN' and l.kind = 'OPERATION' and l.order_id = :orderId
                              and o.state = 'HELD' and o.phase = 'CONFIRM' and o.reason_code = 'OPERATION_NOT_CONFIRMED'
                            for update of l skip locked),
                        again as (
                            update operation o
                            set state = 'OPEN', reason_code = null, reason_arguments = null, finished_at = null,
                                next_attempt_at = :now, waits = 0
                            from letter where o.file_id = letter.file_id and o.position = letter.position),
                        watching as (
                            update operation set next_attempt_at = least(next_attempt_at, :now)
                            where state = 'OPEN' and phase = 'WATCH'
                              and (order_id = :orderId or file_id = :fileId and position = :position))
                        update dead_letter l set state = 'RESOLVED', closed_at = :now from letter where l.id = letter.id
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("orderId", line.orderId())
                .param("fileId", line.fileId())
                .param("position", line.position())
                .update();
    }

    private static Target target(ResultSet row, int number) throws SQLException {
        return new Target(
                Blocks.line(row, number),
                row.getString("msn"),
                place(row),
                Optional.ofNullable(row.getString("status")).map(ChargeStatus::valueOf));
    }

    private static Place place(ResultSet row) throws SQLException {
        boolean queued = row.getBoolean("queued");
        boolean seen = row.getBoolean("seen");
        String status = row.getString("status");
        if (status != null) {
            switch (ChargeStatus.valueOf(status)) {
                case REFUSED -> {
                    return Place.REFUSED;
                }
                case HELD -> {
                    return queued && !seen ? Place.UNSENT : Place.HELD;
                }
                case CANCELLED -> {
                    return seen ? Place.AT_API : Place.NEVER_SENT;
                }
                default -> {
                    // Its request says where it is.
                }
            }
        }
        if (queued) {
            return status == null ? Place.UNSENT : Place.UNDER_WAY;
        }
        String dispatch = row.getString("dispatch_state");
        return List.of("READY", "SENDING").contains(dispatch) ? Place.UNDER_WAY : Place.AT_API;
    }

    /**
     * Cancels an operation's charge that no request holds, so that it is never sent. Callers hold the sales unit's row
     * ({@link SalesUnits#lock}), as the sender does before it takes a block.
     *
     * @return the charge; empty where a request holds it already
     */
    public Optional<QueuedLine> neverSend(Operation operation) {
        Optional<Target> unsent = of(operation).filter(target -> target.place() == Place.UNSENT);
        unsent.ifPresent(target -> {
            QueuedLine line = target.line();
            Reason reason = Reason.of(ReasonCode.CANCELLED_BEFORE_SENDING);
            charges.notSeen(
                    line,
                    target.msn(),
                    Optional.empty(),
                    ChargeStatus.CANCELLED,
                    Optional.of(reason),
                    false,
                    Optional.empty());
            events.notAtApi(line, target.msn(), Optional.empty(), ChargeStatus.CANCELLED, reason);
            letters.resolveLines(line.fileId(), List.of(line.position()));
        });
        return unsent.map(Target::line);
    }

    /** Ends a cancellation by never sending its charge, with its event; false where a request holds it already. */
    public boolean cancelUnsent(Operation operation) {
        Optional<QueuedLine> line = neverSend(operation);
        line.ifPresent(unsent -> {
            Reason reason = Reason.of(ReasonCode.CANCELLED_BEFORE_SENDING);
            course.settle(operation, Operation.State.DONE, unsent.orderId(), Optional.of(reason));
            events.record(new Events.ChargeEvent(
                    operation.channel(),
                    operation.msn(),
                    operation.fileId(),
                    operation.position(),
                    unsent.orderId(),
                    Optional.empty(),
                    ChargeStatus.CANCELLED.name(),
                    Optional.of(reason),
                    Optional.empty(),
                    Optional.empty(),
                    Events.Amounts.NONE,
                    false,
                    true));
        });
        return line.isPresent();
    }
}
