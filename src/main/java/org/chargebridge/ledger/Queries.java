package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What lines ask to know of agreements. Every method works in the caller's transaction. */
@Repository
public class Queries {

    /**
     * A question to ask.
     *
     * @param charges whether the agreement is known and its charges are listed next
     * @param token where the list goes on, empty at its beginning
     */
    public record Question(long fileId, int position, String msn, String agreementId, boolean charges, String token) {}

    /** A charge as the API showed it; amounts in minor units. */
    public record Listed(
            String chargeId,
            Optional<String> externalId,
            Optional<String> transactionId,
            String status,
            Optional<String> failureReason,
            long amountMinor,
            Events.Amounts amounts,
            Optional<String> currency,
            Optional<LocalDate> due,
            OptionalInt retryDays) {}

    /** An answer owed: every question of the file is known. */
    public record Owed(long fileId, String sourceFile, String sha256) {}

    /** A list that the API forgets each time is begun anew so often, and then the answer tells that it is missing. */
    private static final int RESTARTS_MAX = 3;

    private final JdbcClient jdbc;
    private final Clock clock;

    public Queries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Begins the course of a file's accepted questions. */
    public void open(long fileId) {
        jdbc.sql(
                        """
                        with accepted as (
                            update operation set state = 'DONE', next_attempt_at = null, finished_at = :now
                            where file_id = :fileId and action = 'QUERY' and state = 'OPEN'
                            returning file_id, position, channel, msn, agreement_id)
                        insert into query (file_id, position, channel, msn, agreement_id, state, asked_at,
                            next_attempt_at)
                        select file_id, position, channel, msn, agreement_id, 'AGREEMENT', cast(:now as timestamptz),
                            cast(:now as timestamptz)
                        from accepted
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", fileId)
                .update();
    }

    /** Questions to ask now, in the order of the files. */
    public List<Question> due(String msn, int limit) {
        return jdbc.sql(
                        """
                        select file_id, position, msn, agreement_id, state, list_token from query
                        where msn = :msn and state <> 'KNOWN' and next_attempt_at <= :now
                        order by file_id, position limit :limit
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .param("limit", limit)
                .query((row, n) -> new Question(
                        row.getLong("file_id"),
                        row.getInt("position"),
                        row.getString("msn"),
                        row.getString("agreement_id"),
                        row.getString("state").equals("CHARGES"),
                        Optional.ofNullable(row.getString("list_token")).orElse("")))
                .list();
    }

    /** The agreement was shown; its charges are listed next. */
    public void shown(Question question, String status, Optional<String> externalId, Optional<String> currency) {
        jdbc.sql(
                        """
                        update query set state = 'CHARGES', status = :status, external_id = :externalId,
                            currency = :currency
                        where file_id = :file and position = :position and state = 'AGREEMENT'
                        """)
                .param("status", status)
                .param("externalId", externalId.orElse(null))
                .param("currency", currency.orElse(null))
                .param("file", question.fileId())
                .param("position", question.position())
                .update();
    }

    /** The sales unit has no such agreement. */
    public void missing(Question question) {
        jdbc.sql(
                        """
                        update query
                        set state = 'KNOWN', status = case state when 'AGREEMENT' then 'MISSING' else status end,
                            known_at = :now, next_attempt_at = null
                        where file_id = :file and position = :position
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("file", question.fileId())
                .param("position", question.position())
                .update();
    }

    /**
     * A part of the list was shown; without a token it was the last.
     *
     * @param nextAt when the next part is asked for
     */
    public void listed(Question question, List<Listed> charges, Optional<String> next, Instant nextAt) {
        boolean open = jdbc.sql(
                                """
                                update query
                                set state = case when :end then 'KNOWN' else state end, list_token = :token,
                                    known_at = case when :end then cast(:now as timestamptz) end,
                                    next_attempt_at = case when not :end then cast(:nextAt as timestamptz) end
                                where file_id = :file and position = :position and state = 'CHARGES'
                                  and coalesce(list_token, '') = :asked
                                """)
                        .param("end", next.isEmpty())
                        .param("token", next.orElse(null))
                        .param("now", SqlTime.of(clock.instant()))
                        .param("nextAt", SqlTime.of(nextAt))
                        .param("file", question.fileId())
                        .param("position", question.position())
                        .param("asked", question.token())
                        .update()
                == 1;
        if (open) {
            charges.forEach(charge -> store(question, charge));
        }
    }

    private void store(Question question, Listed charge) {
        jdbc.sql(
                        """
                        insert into query_charge (file_id, position, number, charge_id, external_id, transaction_id,
                            status, failure_reason, amount_minor, amount_captured, amount_refunded, amount_cancelled,
                            currency, due, retry_days)
                        select :file, :position, 1 + coalesce(max(number), 0), :charge, :externalId, :transactionId,
                            :status, :failureReason, :amount, :captured, :refunded, :cancelled, :currency,
                            cast(:due as date), cast(:retryDays as smallint)
                        from query_charge where file_id = :file and position = :position
                        """)
                .param("file", question.fileId())
                .param("position", question.position())
                .param("charge", charge.chargeId())
                .param("externalId", charge.externalId().orElse(null))
                .param("transactionId", charge.transactionId().orElse(null))
                .param("status", charge.status())
                .param("failureReason", charge.failureReason().orElse(null))
                .param("amount", charge.amountMinor())
                .param("captured", charge.amounts().captured())
                .param("refunded", charge.amounts().refunded())
                .param("cancelled", charge.amounts().cancelled())
                .param("currency", charge.currency().orElse(null))
                .param("due", charge.due().orElse(null))
                .param(
                        "retryDays",
                        charge.retryDays().isPresent() ? charge.retryDays().getAsInt() : null)
                .update();
    }

    /** The question is asked again then, its list from where it was. */
    public void postpone(Question question, Instant until) {
        jdbc.sql(
                        """
                        update query set next_attempt_at = :until
                        where file_id = :file and position = :position and state <> 'KNOWN'
                        """)
                .param("until", SqlTime.of(until))
                .param("file", question.fileId())
                .param("position", question.position())
                .update();
    }

    /** The API does not know any more where the list goes on: from its beginning then, but not for ever. */
    public void beginAnew(Question question, Instant until) {
        jdbc.sql("delete from query_charge where file_id = :file and position = :position")
                .param("file", question.fileId())
                .param("position", question.position())
                .update();
        jdbc.sql(
                        """
                        update query
                        set list_token = null, restarts = restarts + 1,
                            state = case when restarts < :most then state else 'KNOWN' end,
                            known_at = case when restarts < :most then known_at else :now end,
                            next_attempt_at = case when restarts < :most then cast(:until as timestamptz) end
                        where file_id = :file and position = :position and state <> 'KNOWN'
                        """)
                .param("most", RESTARTS_MAX)
                .param("now", SqlTime.of(clock.instant()))
                .param("until", SqlTime.of(until))
                .param("file", question.fileId())
                .param("position", question.position())
                .update();
    }

    /** The next file of a channel whose questions are all known; they are marked as answered. */
    public Optional<Owed> take(String channel) {
        Optional<Owed> owed = jdbc.sql(
                        """
                        select f.id, f.name, f.sha256 from inbound_file f
                        where f.id = (
                            select min(q.file_id) from query q
                            where q.channel = :channel and q.answered_at is null and not exists (
                                select 1 from query o where o.file_id = q.file_id and o.state <> 'KNOWN'))
                        for update
                        """)
                .param("channel", channel)
                .query((row, n) -> new Owed(row.getLong("id"), row.getString("name"), row.getString("sha256")))
                .optional();
        owed.ifPresent(answer -> jdbc.sql("update query set answered_at = :now where file_id = :file")
                .param("now", SqlTime.of(clock.instant()))
                .param("file", answer.fileId())
                .update());
        return owed;
    }

    /** What an answer tells: for each question a row of the agreement, then one for each of its charges. */
    public List<ReportedChange> told(Owed answer) {
        return jdbc.sql(
                        """
                        select f.name, q.position, o.invoice_number, o.customer_number, o.kid, q.agreement_id,
                            q.status as agreement_status, coalesce(c.charge_id, '') as order_id,
                            coalesce(c.external_id, case when c.number is null then q.external_id end) as external_id,
                            c.transaction_id, o.action, coalesce(c.status, q.status) as status, c.failure_reason,
                            case when q.restarts > :most then 'CHARGES_NOT_LISTED' end as reason_code,
                            case when q.restarts > :most then array[q.agreement_id] end as reason_arguments,
                            c.amount_minor,
                            coalesce(c.amount_captured, 0) as amount_captured,
                            coalesce(c.amount_refunded, 0) as amount_refunded,
                            coalesce(c.amount_cancelled, 0) as amount_cancelled,
                            coalesce(c.currency, q.currency, o.currency) as currency, c.due as requested_due,
                            c.due as effective_due, c.retry_days, null as link_url, q.known_at as occurred_at
                        from query q
                        join operation o on o.file_id = q.file_id and o.position = q.position
                        join inbound_file f on f.id = q.file_id
                        left join (
                            select * from query_charge
                            union all
                            select file_id, position, null, null, null, null, null, null, null, null, null, null, null,
                                null, null
                            from query) c on c.file_id = q.file_id and c.position = q.position
                        where q.file_id = :file order by q.position, c.number nulls first
                        """)
                .param("file", answer.fileId())
                .param("most", RESTARTS_MAX)
                .query((row, n) -> Reports.change(row))
                .list();
    }
}
