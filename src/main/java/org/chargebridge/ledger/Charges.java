package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is known of each charge beyond its dispatch's answer. */
@Repository
public class Charges {

    /**
     * One charge as last known, with what it was asked for.
     *
     * @param unanswered a request that held it was never answered
     * @param refusalClaimed the API claimed to refuse it, and a look-up must bear that out (MR4)
     * @param checks look-ups so far that did not find it
     * @param lookups look-ups so far that were answered
     * @param signalledAt when a webhook last said that it changed
     */
    public record Known(
            QueuedLine line,
            String msn,
            Optional<Long> dispatchId,
            ChargeStatus status,
            Optional<Reason> reason,
            Optional<Integer> httpStatus,
            Optional<String> problem,
            Optional<String> contextId,
            boolean unanswered,
            boolean refusalClaimed,
            int singleSends,
            Events.Amounts amounts,
            Optional<Instant> seenAt,
            boolean reportedUnconfirmed,
            int checks,
            Instant changedAt,
            boolean replaced,
            int lookups,
            Optional<Instant> signalledAt) {}

    /** What the API showed, to be written as the charge's new state. */
    public record Seen(
            ChargeStatus status,
            Optional<String> transactionId,
            Optional<String> failureReason,
            Events.Amounts amounts,
            Optional<Reason> reason) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public Charges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The charge of a line; empty while its dispatch says all there is. */
    public Optional<Known> find(long fileId, int position) {
        return jdbc.sql(ChargeRows.KNOWN + " where c.file_id = :fileId and c.position = :position")
                .param("fileId", fileId)
                .param("position", position)
                .query(ChargeRows::known)
                .optional();
    }

    /** The charge of a line, locked for the caller's transaction; empty while its dispatch says all there is. */
    public Optional<Known> lock(long fileId, int position) {
        return jdbc.sql(ChargeRows.KNOWN + " where c.file_id = :fileId and c.position = :position for update of c")
                .param("fileId", fileId)
                .param("position", position)
                .query(ChargeRows::known)
                .optional();
    }

    /**
     * Makes the row of a charge not yet seen at the API; one that is there already stays.
     *
     * @param nextCheckAt when it is looked up; empty for one that waits for a person or is refused for good
     */
    public void notSeen(
            QueuedLine line,
            String msn,
            Optional<Long> dispatchId,
            ChargeStatus status,
            Optional<Reason> reason,
            boolean unanswered,
            Optional<Instant> nextCheckAt) {
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, dispatch_id, status,
                            reason_code, reason_arguments, unanswered, due, retry_days, next_check_at, changed_at)
                        values (:fileId, :position, :orderId, :msn, :channel, :agreementId, :dispatchId, :status,
                            :reasonCode, :reasonArguments, :unanswered, :due, :retryDays, :nextCheckAt, :now)
                        on conflict (file_id, position) do update
                        set status = excluded.status, dispatch_id = coalesce(excluded.dispatch_id, charge.dispatch_id),
                            reason_code = excluded.reason_code, reason_arguments = excluded.reason_arguments,
                            unanswered = charge.unanswered or excluded.unanswered,
                            next_check_at = excluded.next_check_at, changed_at = excluded.changed_at
                        where charge.seen_at is null
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .param("orderId", line.orderId())
                .param("msn", msn)
                .param("channel", line.channel())
                .param("agreementId", line.agreementId())
                .param("dispatchId", dispatchId.orElse(null))
                .param("status", status.name())
                .param("reasonCode", reason.map(r -> r.code().name()).orElse(null))
                .param(
                        "reasonArguments",
                        reason.map(r -> r.arguments().toArray(String[]::new)).orElse(null))
                .param("unanswered", unanswered)
                .param("due", line.effectiveDue())
                .param("retryDays", line.retryDays())
                .param("nextCheckAt", nextCheckAt.map(SqlTime::of).orElse(null))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** The API claimed to refuse the charge: kept with what it said, until a look-up bears it out. */
    public void refusalClaimed(
            long fileId,
            int position,
            Reason reason,
            int httpStatus,
            Optional<String> problem,
            Optional<String> contextId) {
        jdbc.sql(
                        """
                        update charge
                        set refusal_claimed = true, reason_code = :reasonCode, reason_arguments = :reasonArguments,
                            http_status = :httpStatus, problem = :problem, context_id = :contextId
                        where file_id = :fileId and position = :position
                        """)
                .param("reasonCode", reason.code().name())
                .param("reasonArguments", reason.arguments().toArray(String[]::new))
                .param("httpStatus", httpStatus)
                .param("problem", problem.orElse(null))
                .param("contextId", contextId.orElse(null))
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** Writes what the API showed. */
    public void seen(QueuedLine line, String msn, Seen seen, Optional<Instant> nextCheckAt, boolean changed) {
        if (writeSeen(line, seen, nextCheckAt, changed) == 0) {
            insertRow(line, msn, seen.status());
            writeSeen(line, seen, nextCheckAt, changed);
        }
    }

    private int writeSeen(QueuedLine line, Seen seen, Optional<Instant> nextCheckAt, boolean changed) {
        return jdbc.sql(
                        """
                        update charge
                        set status = :status, transaction_id = coalesce(:transactionId, transaction_id),
                            failure_reason = :failureReason, amount_captured = :captured, amount_refunded = :refunded,
                            amount_cancelled = :cancelled, reason_code = :reasonCode,
                            reason_arguments = :reasonArguments, seen_at = :now, next_check_at = :nextCheckAt,
                            refusal_claimed = false, lookups = lookups + 1, changed_at = case when :changed then :now else changed_at end
                        where file_id = :fileId and position = :position
                        """)
                .param("status", seen.status().name())
                .param("transactionId", seen.transactionId().orElse(null))
                .param("failureReason", seen.failureReason().orElse(null))
                .param("captured", seen.amounts().captured())
                .param("refunded", seen.amounts().refunded())
                .param("cancelled", seen.amounts().cancelled())
                .param("reasonCode", seen.reason().map(r -> r.code().name()).orElse(null))
                .param(
                        "reasonArguments",
                        seen.reason()
                                .map(r -> r.arguments().toArray(String[]::new))
                                .orElse(null))
                .param("now", SqlTime.of(clock.instant()))
                .param("nextCheckAt", nextCheckAt.map(SqlTime::of).orElse(null))
                .param("changed", changed)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .update();
    }

    private void insertRow(QueuedLine line, String msn, ChargeStatus status) {
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, dispatch_id, status,
                            due, retry_days, changed_at)
                        values (:fileId, :position, :orderId, :msn, :channel, :agreementId,
                            (select dispatch_id from block where file_id = :fileId
                                and :position between first_position and last_position),
                            :status, :due, :retryDays, :now)
                        on conflict do nothing
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .param("orderId", line.orderId())
                .param("msn", msn)
                .param("channel", line.channel())
                .param("agreementId", line.agreementId())
                .param("status", status.name())
                .param("due", line.effectiveDue())
                .param("retryDays", line.retryDays())
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** A planned look-up told nothing: made again then. One that was not planned was made for others, and is not repeated. */
    public void putOff(long fileId, int position, Instant nextCheckAt) {
        jdbc.sql(
                        """
                        update charge set next_check_at = :nextCheckAt, checks = checks + 1, lookups = lookups + 1
                        where file_id = :fileId and position = :position and next_check_at is not null
                        """)
                .param("nextCheckAt", SqlTime.of(nextCheckAt))
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** A look-up did not find the charge, or could not be made: looked up again then. */
    public void checkAgain(long fileId, int position, Optional<Instant> nextCheckAt, boolean counts) {
        jdbc.sql(
                        """
                        update charge
                        set next_check_at = :nextCheckAt, checks = checks + :counts, lookups = lookups + :counts
                        where file_id = :fileId and position = :position
                        """)
                .param("nextCheckAt", nextCheckAt.map(SqlTime::of).orElse(null))
                .param("counts", counts ? 1 : 0)
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** Charges on these agreements that are not final are looked up then, where they would be later. */
    public void checkThoseOn(String msn, Collection<String> agreementIds, Instant nextCheckAt) {
        jdbc.sql(
                        """
                        update charge c set next_check_at = :nextCheckAt
                        from lines_on(:msn, :ids) i
                        where c.file_id = i.file_id and c.position = i.position and c.next_check_at > :nextCheckAt
                          and c.status in ('PENDING', 'DUE', 'PROCESSING', 'UNKNOWN', 'RESERVED', 'PARTIALLY_CAPTURED')
                        """)
                .param("nextCheckAt", SqlTime.of(nextCheckAt))
                .param("msn", msn)
                .param("ids", agreementIds.toArray(String[]::new))
                .update();
    }

    /** The report told, or is about to tell, that the charge is unconfirmed. */
    public void reportedUnconfirmed(long fileId, int position) {
        jdbc.sql("update charge set reported_unconfirmed = true where file_id = :fileId and position = :position")
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** A report is about to remind of the charge's capture; false where one did before. */
    public boolean reminded(long fileId, int position) {
        return jdbc.sql(
                                """
                        update charge set capture_reminded = true
                        where file_id = :fileId and position = :position and not capture_reminded
                        """)
                        .param("fileId", fileId)
                        .param("position", position)
                        .update()
                > 0;
    }

    /** One more single create of the charge is queued. */
    public void sentSingly(long fileId, int position) {
        jdbc.sql(
                        """
                        update charge set single_sends = single_sends + 1, next_check_at = null, unanswered = false
                        where file_id = :fileId and position = :position
                        """)
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** Forgets a refused charge, whose line is queued anew by a person. */
    public void forget(long fileId, int position) {
        jdbc.sql("delete from charge where file_id = :fileId and position = :position")
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** The line's due date was shifted before its first send, because of our own delay (MR9). */
    public void shiftDue(long fileId, int position, LocalDate due) {
        jdbc.sql("update instruction set effective_due = :due where file_id = :fileId and position = :position")
                .param("due", due)
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** A person asks for another due date, for a line that is at the API under none. */
    public void correctDue(long fileId, int position, LocalDate due) {
        jdbc.sql(
                        """
                        update instruction set requested_due = :due, effective_due = :due
                        where file_id = :fileId and position = :position
                        """)
                .param("due", due)
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** Two persons want another agreement charged, for a line that is at the API under none. */
    public void correctAgreement(long fileId, int position, String agreementId) {
        jdbc.sql("update instruction set agreement_id = :agreement where file_id = :fileId and position = :position")
                .param("agreement", agreementId)
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** A charge that is made at once counts the market's day on which its request is sent (MR4). */
    public void sentOn(long dispatchId, LocalDate day) {
        jdbc.sql(
                        """
                        with line as (
                            select i.file_id, i.position
                            from block b
                            join instruction i on i.file_id = b.file_id
                                and i.position between b.first_position and b.last_position
                            where b.dispatch_id = :id and i.action = 'CHARGE'),
                        known as (
                            update charge c set due = :day from line
                            where c.file_id = line.file_id and c.position = line.position and c.due <> :day),
                        request as (
                            update dispatch set earliest_due = :day where id = :id and earliest_due <> :day)
                        update instruction i set effective_due = :day from line
                        where i.file_id = line.file_id and i.position = line.position and i.effective_due <> :day
                        """)
                .param("id", dispatchId)
                .param("day", day)
                .update();
    }
}
