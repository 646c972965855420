package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Requests to the API: exact bytes and key, attempts, lease, and what they were answered. Callers hold the sales unit's
 * row ({@link SalesUnits#lock}) in their transaction.
 */
@Repository
public class Dispatches {

    /** What a request asks for. */
    public enum Kind {
        /** Up to 2,000 charges. */
        BATCH,
        /** One charge, by itself. */
        SINGLE,
        /** One charge, at once: only the single create has a type. */
        UNSCHEDULED
    }

    /**
     * A request that may be sent.
     *
     * @param body its exact bytes where whoever stored it has them still; else they are read when it is leased
     */
    public record Ready(long id, Kind kind, Optional<byte[]> body) {}

    /** A request about to be stored. */
    public record NewDispatch(
            String msn,
            Kind kind,
            int correction,
            String idempotencyKey,
            String path,
            byte[] body,
            String bodySha256,
            int lineCount,
            LocalDate earliestDue) {}

    /** How far a dispatch came; {@code firstSentAt} is empty before its first lease. */
    public record Progress(Optional<Instant> firstSentAt, int unanswered, LocalDate earliestDue) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public Dispatches(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stores a request, ready to be sent now; nothing of it is sent before the transaction is committed. */
    public Ready store(NewDispatch dispatch) {
        long id = jdbc.sql(
                        """
                        insert into dispatch (msn, kind, state, correction, idempotency_key, path, body, body_sha256,
                            line_count, earliest_due, next_attempt_at, created_at)
                        values (:msn, :kind, 'READY', :correction, :key, :path, :body, :sha256, :lineCount,
                            :earliestDue, :now, :now)
                        returning id
                        """)
                .param("msn", dispatch.msn())
                .param("kind", dispatch.kind().name())
                .param("correction", dispatch.correction())
                .param("key", dispatch.idempotencyKey())
                .param("path", dispatch.path())
                .param("body", Gzip.of(dispatch.body(), dispatch.body().length))
                .param("sha256", dispatch.bodySha256())
                .param("lineCount", dispatch.lineCount())
                .param("earliestDue", dispatch.earliestDue())
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
        return new Ready(id, dispatch.kind(), Optional.of(dispatch.body()));
    }

    /** Holds the blocks of lines that all left before they were sent; nothing of it is ever sent. */
    public long storeEmpty(String msn, LocalDate earliestDue) {
        return jdbc.sql(
                        """
                        insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count,
                            earliest_due, created_at)
                        values (:msn, 'BATCH', 'VOID', '', '', '', 0, :earliestDue, :now)
                        returning id
                        """)
                .param("msn", msn)
                .param("earliestDue", earliestDue)
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
    }

    /**
     * A ready dispatch whose time has come, replays of unanswered ones first.
     *
     * @param unscheduled whether it may be one of a charge that is made at once
     */
    public Optional<Ready> ready(String msn, boolean unscheduled) {
        return jdbc.sql(
                        """
                        select id, kind from dispatch
                        where msn = :msn and state = 'READY' and next_attempt_at <= :now
                          and (:unscheduled or kind <> 'UNSCHEDULED')
                        order by unanswered > 0 desc, earliest_due, id limit 1
                        """)
                .param("msn", msn)
                .param("unscheduled", unscheduled)
                .param("now", SqlTime.of(clock.instant()))
                .query((row, n) -> new Ready(row.getLong("id"), Kind.valueOf(row.getString("kind")), Optional.empty()))
                .optional();
    }

    /** Whether some node holds a lease on a dispatch of the sales unit, or its holder died with it. */
    public boolean anySending(String msn) {
        return jdbc.sql("select exists (select 1 from dispatch where msn = :msn and state = 'SENDING')")
                .param("msn", msn)
                .query(Boolean.class)
                .single();
    }

    /**
     * Takes the lease on a ready dispatch and counts the attempt.
     *
     * @param probing whether it goes out alone to find out whether the API answers again
     */
    public Lease lease(Ready dispatch, String owner, Duration time, boolean probing) {
        return jdbc.sql(
                        """
                        update dispatch
                        set state = 'SENDING', lease_owner = :owner,
                            lease_until = clock_timestamp() + make_interval(secs => :seconds),
                            fencing_token = fencing_token + 1, attempts = attempts + 1,
                            first_sent_at = coalesce(first_sent_at, :now), next_attempt_at = null
                        where id = :id and state = 'READY'
                        returning id, fencing_token, msn, kind, path, idempotency_key,
                            case when not :known then body end as body, line_count, correction, attempts,
                            unanswered, unauthorized, cast(:probing as boolean) as probing
                        """)
                .param("known", dispatch.body().isPresent())
                .param("probing", probing)
                .param("owner", owner)
                .param("seconds", time.toMillis() / 1000.0)
                .param("now", SqlTime.of(clock.instant()))
                .param("id", dispatch.id())
                .query((row, number) -> lease(row, dispatch.body()))
                .single();
    }

    /** Whether the lease still holds for at least {@code needed}: asked immediately before the first byte is written. */
    public boolean holds(Lease lease, Duration needed) {
        return jdbc.sql(
                        """
                        select exists (select 1 from dispatch where id = :id and fencing_token = :token
                            and state = 'SENDING'
                            and lease_until >= clock_timestamp() + make_interval(secs => :seconds))
                        """)
                .param("id", lease.dispatchId())
                .param("token", lease.token())
                .param("seconds", needed.toMillis() / 1000.0)
                .query(Boolean.class)
                .single();
    }

    /** Dispatches whose sender died or was paused: their outcome is unknown, and their leases are taken away. */
    public List<Long> expired(String msn) {
        return jdbc.sql(
                        """
                        update dispatch
                        set state = 'READY', fencing_token = fencing_token + 1, unanswered = unanswered + 1,
                            next_attempt_at = :now, lease_owner = null, lease_until = null
                        where msn = :msn and state = 'SENDING' and
                        """
                                + SqlTime.LEASE_OVER
                                + """
                        returning id
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .query(Long.class)
                .list();
    }

    /** How far a dispatch came. */
    public Progress progress(long id) {
        return jdbc.sql("select first_sent_at, unanswered, earliest_due from dispatch where id = :id")
                .param("id", id)
                .query((row, n) -> new Progress(
                        SqlTime.optional(row, "first_sent_at"),
                        row.getInt("unanswered"),
                        row.getObject("earliest_due", LocalDate.class)))
                .single();
    }

    /** Whether the writer's lease is the last one given: a sender that was paused too long may not write. */
    public boolean owns(Lease lease) {
        return jdbc.sql(
                        "select exists (select 1 from dispatch where id = :id and fencing_token = :token and state = 'SENDING')")
                .param("id", lease.dispatchId())
                .param("token", lease.token())
                .query(Boolean.class)
                .single();
    }

    /** Answered by 201 or 202; its lines are looked up from {@code firstCheckAt} on. */
    public void accepted(Lease lease, int httpStatus, Instant firstCheckAt) {
        close(lease, "ACCEPTED", httpStatus, Optional.empty(), Optional.empty(), Optional.of(firstCheckAt));
    }

    /** Ended otherwise: SPLIT, REFUSED or VOID. */
    public void ended(Lease lease, String state, int httpStatus, Optional<String> problem, Optional<String> contextId) {
        close(lease, state, httpStatus, problem, contextId, Optional.empty());
    }

    private void close(
            Lease lease,
            String state,
            int httpStatus,
            Optional<String> problem,
            Optional<String> contextId,
            Optional<Instant> nextCheckAt) {
        jdbc.sql(
                        """
                        update dispatch
                        set state = :state, answered_at = :now, http_status = :httpStatus, problem = :problem,
                            context_id = :contextId, next_check_at = :nextCheckAt, lease_owner = null,
                            lease_until = null, next_attempt_at = null
                        where id = :id and fencing_token = :token and state = 'SENDING'
                        """)
                .param("state", state)
                .param("now", SqlTime.of(clock.instant()))
                .param("httpStatus", httpStatus == 0 ? null : httpStatus)
                .param("problem", problem.orElse(null))
                .param("contextId", contextId.orElse(null))
                .param("nextCheckAt", nextCheckAt.map(SqlTime::of).orElse(null))
                .param("id", lease.dispatchId())
                .param("token", lease.token())
                .update();
    }

    /**
     * To be sent again with the same bytes and key.
     *
     * @param unanswered counts an attempt of unknown outcome
     * @param unauthorized counts a refused token; refusals count only in a row
     */
    public void again(Lease lease, Instant nextAttemptAt, boolean unanswered, boolean unauthorized) {
        jdbc.sql(
                        """
                        update dispatch
                        set state = 'READY', next_attempt_at = :nextAttemptAt, lease_owner = null, lease_until = null,
                            unanswered = unanswered + :unanswered, unauthorized = (unauthorized + 1) * :unauthorized
                        where id = :id and fencing_token = :token and state = 'SENDING'
                        """)
                .param("nextAttemptAt", SqlTime.of(nextAttemptAt))
                .param("unanswered", unanswered ? 1 : 0)
                .param("unauthorized", unauthorized ? 1 : 0)
                .param("id", lease.dispatchId())
                .param("token", lease.token())
                .update();
    }

    /** Never to be sent again, when nobody holds its lease: its lines are looked up one by one. */
    public void voided(long id) {
        jdbc.sql("update dispatch set state = 'VOID', next_attempt_at = null where id = :id and state = 'READY'")
                .param("id", id)
                .update();
    }

    private static Lease lease(ResultSet row, Optional<byte[]> known) throws SQLException {
        return new Lease(
                row.getLong("id"),
                row.getLong("fencing_token"),
                row.getString("msn"),
                Kind.valueOf(row.getString("kind")),
                row.getString("path"),
                row.getString("idempotency_key"),
                known.isPresent() ? known.get() : Gzip.plain(row.getBytes("body")),
                row.getInt("line_count"),
                row.getInt("correction"),
                row.getInt("attempts"),
                row.getInt("unanswered"),
                row.getInt("unauthorized"),
                row.getBoolean("probing"));
    }
}
