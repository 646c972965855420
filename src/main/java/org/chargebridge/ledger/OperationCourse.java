package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How operations go on: one on a target at a time, in the order of their files, each under a lease. Every method works
 * in the caller's transaction.
 */
@Repository
public class OperationCourse {

    private final JdbcClient jdbc;
    private final Clock clock;

    public OperationCourse(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The next operation of a sales unit whose time has come, locked; none that waits for an earlier one, and none that
     * would begin a fourth call on its target within a minute: with the looks that belong to each, the API takes no more.
     * A capture that awaits its reservation goes after all others but those captures that come after it; for a
     * credit note that awaits the payment only a capture, change or retry waits, whose amount it would alter.
     */
    public Optional<Operation> next(String msn) {
        return jdbc.sql(
                        "select " + OperationRows.COLUMNS
                                + """
                        from operation o
                        where o.msn = :msn and o.state = 'OPEN' and o.next_attempt_at <= :now and o.lease_until is null
                          and not exists (select 1 from operation e where e.target = o.target and e.state = 'OPEN'
                                          and ((e.file_id, e.position) < (o.file_id, o.position)
                                               and (e.phase not in ('WATCH', 'AWAIT')
                                                    or e.phase = 'AWAIT' and o.action = 'CAPTURE'
                                                    or e.phase = 'AWAIT' and e.action = 'REFUND'
                                                       and o.action in ('CHANGE', 'RETRY'))
                                               or o.phase = 'AWAIT' and o.action = 'CAPTURE'
                                                  and e.phase not in ('WATCH', 'AWAIT') and e.action <> 'CAPTURE'))
                          and (o.first_sent_at is not null or o.phase = 'WATCH'
                               or (select count(*) from operation e where e.target = o.target
                                   and e.first_sent_at > cast(:now as timestamptz) - interval '1 minute') < 3)
                        order by o.next_attempt_at, o.file_id, o.position limit 1
                        for update of o skip locked
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .query(OperationRows::operation)
                .optional();
    }

    /** The open cancellations of a file that wait for no other operation, in their order. */
    public List<Operation> cancellations(long fileId) {
        return jdbc.sql(
                        "select " + OperationRows.COLUMNS
                                + """
                        from operation o
                        where o.file_id = :fileId and o.action = 'CANCEL' and o.state = 'OPEN'
                          and not exists (select 1 from operation e where e.target = o.target and e.state = 'OPEN'
                                          and e.phase not in ('WATCH', 'AWAIT')
                                          and (e.file_id, e.position) < (o.file_id, o.position))
                        order by o.position
                        """)
                .param("fileId", fileId)
                .query(OperationRows::operation)
                .list();
    }

    /** One operation. */
    public Optional<Operation> find(long fileId, int position) {
        return jdbc.sql("select " + OperationRows.COLUMNS
                        + " from operation o where o.file_id = :fileId and o.position = :position")
                .param("fileId", fileId)
                .param("position", position)
                .query(OperationRows::operation)
                .optional();
    }

    /** One operation, locked. */
    public Optional<Operation> lock(long fileId, int position) {
        return jdbc.sql("select " + OperationRows.COLUMNS
                        + " from operation o where o.file_id = :fileId and o.position = :position for update")
                .param("fileId", fileId)
                .param("position", position)
                .query(OperationRows::operation)
                .optional();
    }

    /** The operation, locked, while the lease of that token is the last one given. */
    public Optional<Operation> owned(long fileId, int position, long token) {
        return lock(fileId, position)
                .filter(operation -> operation.token() == token && operation.state() == Operation.State.OPEN);
    }

    /**
     * Takes away the leases of nodes that died or were paused: of a call the outcome is unknown, so that its target is
     * looked at before anything else.
     */
    public int expired(String msn) {
        return jdbc.sql(
                        """
                        update operation
                        set lease_owner = null, lease_until = null, fencing_token = fencing_token + 1,
                            unanswered = unanswered + case phase when 'CALL' then 1 else 0 end,
                            phase = case when phase in ('CALL', 'LIST') then 'LOOK' else phase end, next_attempt_at = :now
                        where msn = :msn and state = 'OPEN' and
                        """
                                + SqlTime.LEASE_OVER + """
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .update();
    }

    /** Takes the lease on an operation; a call's attempt is counted. */
    public Operation lease(Operation operation, Operation.Phase phase, String owner, Duration time) {
        return jdbc.sql(
                        """
                        update operation o
                        set lease_owner = :owner, phase = :phase,
                            lease_until = clock_timestamp() + make_interval(secs => :seconds),
                            fencing_token = fencing_token + 1,
                            attempts = attempts + case :phase when 'CALL' then 1 else 0 end,
                            first_sent_at = case :phase when 'CALL' then coalesce(first_sent_at, :now)
                                else first_sent_at end
                        where o.file_id = :fileId and o.position = :position
                        returning
                        """
                                + OperationRows.COLUMNS)
                .param("owner", owner)
                .param("phase", phase.name())
                .param("seconds", time.toMillis() / 1000.0)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .query(OperationRows::operation)
                .single();
    }

    /** Whether a lease still holds for at least {@code needed}: asked immediately before the first byte is written. */
    public boolean holds(long fileId, int position, long token, Duration needed) {
        return jdbc.sql(
                        """
                        select exists (select 1 from operation
                            where file_id = :fileId and position = :position and fencing_token = :token
                              and state = 'OPEN' and lease_until >= clock_timestamp() + make_interval(secs => :seconds))
                        """)
                .param("fileId", fileId)
                .param("position", position)
                .param("token", token)
                .param("seconds", needed.toMillis() / 1000.0)
                .query(Boolean.class)
                .single();
    }

    /** It acts on that agreement, which is known only now. */
    public void onAgreement(Operation operation, String agreementId) {
        jdbc.sql("update operation set agreement_id = :agreement where file_id = :fileId and position = :position")
                .param("agreement", agreementId)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /**
     * Stores what is to be sent, before the first byte of it leaves. It keeps its place in the queue: behind all that wait
     * to be looked at, its own look would be too old by the time that it could be sent.
     */
    public void call(Operation operation, Operation.Call call, String bodySha256, String orderId) {
        jdbc.sql(
                        """
                        update operation
                        set phase = 'CALL', method = :method, path = :path, body = :body, body_sha256 = :sha256,
                            idempotency_key = :key, order_id = :orderId, looked_at = :now,
                            next_attempt_at = least(next_attempt_at, :now),
                            waits = 0, attempts = 0, unanswered = 0, first_sent_at = null, reason_code = null,
                            reason_arguments = null, lease_owner = null, lease_until = null
                        where file_id = :fileId and position = :position
                        """)
                .param("method", call.method())
                .param("path", call.path())
                .param("body", call.body())
                .param("sha256", bodySha256)
                .param("key", call.idempotencyKey())
                .param("orderId", orderId)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The stored call is sent again: its target was looked at, and still allows it. */
    public void callAgain(Operation operation) {
        jdbc.sql(
                        """
                        update operation
                        set phase = 'CALL', looked_at = :now, next_attempt_at = least(next_attempt_at, :now), waits = 0,
                            list_token = null, lease_owner = null, lease_until = null
                        where file_id = :fileId and position = :position
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** Goes on later, in that phase. */
    public void phase(Operation operation, Operation.Phase phase, Instant next, boolean waited) {
        jdbc.sql(
                        """
                        update operation
                        set phase = :phase, next_attempt_at = :next, waits = case when :waited then waits + 1 else 0 end,
                            list_token = case :phase when 'LIST' then list_token end,
                            lease_owner = null, lease_until = null
                        where file_id = :fileId and position = :position
                        """)
                .param("phase", phase.name())
                .param("next", SqlTime.of(next))
                .param("waited", waited)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The charges of its agreement are listed then, from the token on; empty for the beginning. */
    public void list(Operation operation, Optional<String> token, Instant next) {
        phase(operation, Operation.Phase.LIST, next, false);
        jdbc.sql("update operation set list_token = :token where file_id = :fileId and position = :position")
                .param("token", token.orElse(null))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The call's outcome is unknown: what became of it is looked for. */
    public void unanswered(Operation operation, Instant next) {
        phase(operation, Operation.Phase.LOOK, next, true);
        jdbc.sql("update operation set unanswered = unanswered + 1 where file_id = :fileId and position = :position")
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** Counts a 401; the next answer of another kind forgets it. */
    public void unauthorized(Operation operation, int count) {
        jdbc.sql("update operation set unauthorized = :count where file_id = :fileId and position = :position")
                .param("count", count)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The API said no: kept with what it said, until a look at the target bears it out. */
    public void refused(
            Operation operation, int httpStatus, String problem, Optional<String> contextId, Reason reason) {
        phase(operation, Operation.Phase.LOOK, clock.instant(), false);
        jdbc.sql(
                        """
                        update operation
                        set http_status = :httpStatus, problem = :problem, context_id = :contextId,
                            reason_code = :code, reason_arguments = :arguments
                        where file_id = :fileId and position = :position
                        """)
                .param("httpStatus", httpStatus)
                .param("problem", problem)
                .param("contextId", contextId.orElse(null))
                .param("code", reason.code().name())
                .param("arguments", reason.arguments().toArray(String[]::new))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** Ends an operation, or holds it for a person. */
    public void settle(Operation operation, Operation.State state, String orderId, Optional<Reason> reason) {
        jdbc.sql(
                        """
                        update operation
                        set state = :state, order_id = :orderId, reason_code = :code, reason_arguments = :arguments,
                            finished_at = :now, next_attempt_at = null, lease_owner = null, lease_until = null
                        where file_id = :fileId and position = :position
                        """)
                .param("state", state.name())
                .param("orderId", orderId)
                .param("code", reason.map(r -> r.code().name()).orElse(null))
                .param(
                        "arguments",
                        reason.map(r -> r.arguments().toArray(String[]::new)).orElse(null))
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The charge that a retry took the place of is looked at once more before the one that it made is due. */
    public void watch(Operation operation, String beforeOrderId) {
        phase(operation, Operation.Phase.WATCH, clock.instant(), false);
        jdbc.sql(
                        "update operation set exact = true, order_id = :before where file_id = :fileId and position = :position")
                .param("before", beforeOrderId)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The charge that a retry made is cancelled, because the one before was paid after all. */
    public void undo(Operation operation, String madeOrderId) {
        jdbc.sql(
                        """
                        update operation
                        set undo = true, exact = true, terms = jsonb_build_object('before', order_id),
                            order_id = :made, phase = 'LOOK', next_attempt_at = :now, waits = 0, lease_owner = null,
                            lease_until = null
                        where file_id = :fileId and position = :position
                        """)
                .param("made", madeOrderId)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** A person lets a held operation through: its target is looked at anew. What was sent stays sent. */
    public void release(Operation operation) {
        reopen(operation, true);
    }

    /** The target of a held operation is looked at anew; what holds it is not let through by that (MR6). */
    public void lookAgain(Operation operation) {
        reopen(operation, false);
    }

    private void reopen(Operation operation, boolean letThrough) {
        jdbc.sql(
                        """
                        update operation
                        set state = 'OPEN', phase = case phase when 'CONFIRM' then phase else 'LOOK' end,
                            released = case when :letThrough then reason_code else released end, reason_code = null,
                            reason_arguments = null, finished_at = null, next_attempt_at = :now, waits = 0
                        where file_id = :fileId and position = :position
                        """)
                .param("letThrough", letThrough)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }

    /** The keys that operations on a charge were sent with. */
    public List<String> keys(String orderId) {
        return jdbc.sql(
                        "select idempotency_key from operation where order_id = :orderId and idempotency_key is not null")
                .param("orderId", orderId)
                .query(String.class)
                .list();
    }
}
