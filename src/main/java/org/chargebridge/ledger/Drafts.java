package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Agreements offered to customers. Every method works in the caller's transaction; what is locked stays so until then. */
@Repository
public class Drafts {

    private static final String SELECT =
            """
            select d.file_id, d.position, d.channel, d.msn, d.way, d.state, o.identity, o.correction, o.invoice_number,
                o.customer_number, o.description, o.amount_minor, o.currency, d.external_id, o.terms, d.number,
                d.agreement_id, d.confirmation_url, d.drafted_at, d.sent_at, d.unauthorized, d.list_status, d.list_page,
                d.withdrawn_at is not null as withdrawn, d.fencing_token
            from draft d join operation o on o.file_id = d.file_id and o.position = d.position
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public Drafts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Begins the course of a file's accepted lines that offer an agreement. An address is made of 122 random bits; how
     * the line goes, and where the world reaches us, stands in its terms.
     */
    public void open(long fileId) {
        jdbc.sql(
                        """
                        with accepted as (
                            update operation set state = 'DONE', next_attempt_at = null, finished_at = :now
                            where file_id = :fileId and action = 'DRAFT_AGREEMENT' and state = 'OPEN'
                            returning file_id, position, channel, msn, external_id, terms ->> 'way' as way,
                                terms ->> 'public_url' as public_url,
                                replace(gen_random_uuid()::text, '-', '') as token)
                        insert into draft (file_id, position, channel, msn, way, token, link_url, external_id, state,
                            created_at, next_attempt_at)
                        select file_id, position, channel, msn, way, case way when 'LINK' then token end,
                            case way when 'LINK' then public_url || '/agreements/' || token end, external_id,
                            case way when 'LINK' then 'OFFERED' else 'READY' end, cast(:now as timestamptz),
                            case way when 'DIRECT' then cast(:now as timestamptz) end
                        from accepted
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", fileId)
                .update();
    }

    /** The offer of an address. */
    public Optional<Draft> ofToken(String token) {
        return one("where d.token = :token", "token", token);
    }

    /** The same, locked. */
    public Optional<Draft> lockToken(String token) {
        return one("where d.token = :token for update of d", "token", token);
    }

    private Optional<Draft> one(String condition, String name, Object value) {
        return jdbc.sql(SELECT + condition)
                .param(name, value)
                .query(Drafts::draft)
                .optional();
    }

    /** The offer of a line, locked. */
    public Optional<Draft> lock(long fileId, int position) {
        return one("where d.position = " + position + " and d.file_id = :file for update of d", "file", fileId);
    }

    /** It is not drafted from now on, and over where it was about to be; what was drafted before goes on. */
    public void withdraw(Draft draft) {
        jdbc.sql(
                        """
                        update draft set withdrawn_at = coalesce(withdrawn_at, :now),
                            state = case state when 'READY' then 'STOPPED' else state end,
                            next_attempt_at = case state when 'READY' then null else next_attempt_at end
                        where file_id = :file and position = :position
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
    }

    /** What was drafted as that agreement, locked. */
    public Optional<Draft> lockAgreement(String msn, String agreementId) {
        return jdbc.sql(SELECT + " where d.msn = :msn and d.agreement_id = :id for update of d")
                .param("msn", msn)
                .param("id", agreementId)
                .query(Drafts::draft)
                .optional();
    }

    /** Whether an agreement belongs to a draft already. */
    public boolean isDrafted(String msn, String agreementId) {
        return jdbc.sql("select exists (select 1 from draft where msn = :msn and agreement_id = :id)")
                .param("msn", msn)
                .param("id", agreementId)
                .query(Boolean.class)
                .single();
    }

    /** The next of a sales unit in that state whose time has come, locked; others pass over it. */
    public Optional<Draft> next(String msn, Draft.State state) {
        return jdbc.sql(
                        SELECT
                                + """
                         where d.msn = :msn and d.state = :state and d.next_attempt_at <= :now
                           and (d.state <> 'READY' or d.withdrawn_at is null)
                        order by d.next_attempt_at, d.file_id, d.position limit 1 for update of d skip locked
                        """)
                .param("msn", msn)
                .param("state", state.name())
                .param("now", SqlTime.of(clock.instant()))
                .query(Drafts::draft)
                .optional();
    }

    /**
     * Others that are searched for and for which the first page of the same list, as it is asked for this one, may tell what
     * became of them; locked, others pass over them.
     *
     * @param listStatus of the list
     */
    public List<Draft> alsoSearched(Draft draft, String listStatus) {
        return jdbc.sql(
                        SELECT
                                + """
                         where d.msn = :msn and d.state = 'UNKNOWN' and d.next_attempt_at <= :now and d.sent_at >= :sent
                           and coalesce(d.list_status, 'PENDING') = :status and d.list_page = 1
                           and (d.file_id, d.position) <> (:file, :position)
                        order by d.next_attempt_at, d.file_id, d.position limit 500 for update of d skip locked
                        """)
                .param("msn", draft.msn())
                .param("now", SqlTime.of(clock.instant()))
                .param("sent", draft.sentAt().map(SqlTime::of).orElse(null))
                .param("status", listStatus)
                .param("file", draft.fileId())
                .param("position", draft.position())
                .query(Drafts::draft)
                .list();
    }

    /** The draft if the lease still holds, locked. */
    public Optional<Draft> owned(Draft draft) {
        return jdbc.sql(
                        SELECT
                                + " where d.file_id = :file and d.position = :position and d.fencing_token = :token for update of d")
                .param("file", draft.fileId())
                .param("position", draft.position())
                .param("token", draft.token())
                .query(Drafts::draft)
                .optional();
    }

    /** Whether a lease still holds for at least {@code needed}: asked immediately before the first byte is written. */
    public boolean holds(Draft draft, Duration needed) {
        return jdbc.sql(
                        """
                        select exists (select 1 from draft
                            where file_id = :file and position = :position and fencing_token = :token
                              and state = 'SENDING' and lease_until >= clock_timestamp() + make_interval(secs => :seconds))
                        """)
                .param("file", draft.fileId())
                .param("position", draft.position())
                .param("token", draft.token())
                .param("seconds", needed.toMillis() / 1000.0)
                .query(Boolean.class)
                .single();
    }

    /** Drafts whose node left them in the middle of a request: their outcome is unknown. */
    public void expired(String msn) {
        jdbc.sql(
                        """
                        update draft set state = 'UNKNOWN', next_attempt_at = :now, list_status = null, list_page = 1,
                            fencing_token = fencing_token + 1, lease_owner = null, lease_until = null
                        where msn = :msn and state = 'SENDING' and
                        """
                                + SqlTime.LEASE_OVER + """
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .update();
    }

    /**
     * Stores a request that may be sent now.
     *
     * @return the draft with the lease's token
     */
    public Draft lease(Draft draft, int number, String key, byte[] body, String owner, Duration lease) {
        jdbc.sql(
                        """
                        update draft
                        set state = 'SENDING', number = :number, idempotency_key = :key, body = :body, sent_at = :now,
                            lease_owner = :owner, fencing_token = fencing_token + 1, next_attempt_at = null,
                            lease_until = clock_timestamp() + make_interval(secs => :seconds),
                            agreement_id = null, confirmation_url = null, drafted_at = null
                        where file_id = :file and position = :position
                        """)
                .param("number", number)
                .param("key", key)
                .param("body", body)
                .param("now", SqlTime.of(clock.instant()))
                .param("owner", owner)
                .param("seconds", lease.toMillis() / 1000.0)
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
        return again(draft);
    }

    /** It stands so from now on. */
    public void settle(Draft draft, Draft.State state, Optional<Instant> nextAttemptAt) {
        jdbc.sql(
                        """
                        update draft set state = :state, next_attempt_at = :next, list_status = null, list_page = 1,
                            fencing_token = fencing_token + 1, lease_owner = null, lease_until = null
                        where file_id = :file and position = :position
                        """)
                .param("state", state.name())
                .param("next", nextAttemptAt.map(SqlTime::of).orElse(null))
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
    }

    /** Nothing was carried out with that key; the next request is the same one. */
    public void notSent(Draft draft, Instant nextAttemptAt) {
        settle(
                draft,
                draft.way() == Draft.Way.LINK ? Draft.State.OFFERED : Draft.State.READY,
                Optional.of(nextAttemptAt));
        jdbc.sql("update draft set number = number - 1 where file_id = :file and position = :position")
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
    }

    /** The API has it as that agreement. */
    public void drafted(Draft draft, Draft.State state, String agreementId, Optional<String> confirmationUrl) {
        settle(draft, state, Optional.empty());
        jdbc.sql(
                        """
                        update draft set agreement_id = :agreement, confirmation_url = :url, drafted_at = :now
                        where file_id = :file and position = :position
                        """)
                .param("agreement", agreementId)
                .param("url", confirmationUrl.orElse(null))
                .param("now", SqlTime.of(clock.instant()))
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
        jdbc.sql("update operation set agreement_id = :agreement where file_id = :file and position = :position")
                .param("agreement", agreementId)
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
    }

    /** The API refused it. */
    public void refused(Draft draft, int httpStatus, String problem, Optional<String> contextId, Reason reason) {
        settle(draft, Draft.State.REFUSED, Optional.empty());
        jdbc.sql(
                        """
                        update draft set http_status = :status, problem = :problem, context_id = :context
                        where file_id = :file and position = :position
                        """)
                .param("status", httpStatus)
                .param("problem", problem)
                .param("context", contextId.orElse(null))
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
        // The next line with that number takes its place (MR15).
        jdbc.sql(
                        """
                        update operation set state = 'REFUSED', reason_code = :code, reason_arguments = :arguments,
                            finished_at = :now
                        where file_id = :file and position = :position
                        """)
                .param("code", reason.code().name())
                .param("arguments", reason.arguments().toArray(String[]::new))
                .param("now", SqlTime.of(clock.instant()))
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
    }

    /**
     * The search for it goes on there and then; what an earlier page says from now on counts no more.
     *
     * @return the draft with the token that an answer to that page needs
     */
    public Draft searchOn(Draft draft, String status, int page, Instant nextAttemptAt) {
        jdbc.sql(
                        """
                        update draft set list_status = :status, list_page = :page, next_attempt_at = :next,
                            fencing_token = fencing_token + 1
                        where file_id = :file and position = :position
                        """)
                .param("status", status)
                .param("page", page)
                .param("next", SqlTime.of(nextAttemptAt))
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
        return again(draft);
    }

    private Draft again(Draft draft) {
        return lock(draft.fileId(), draft.position()).orElseThrow();
    }

    /** How often in a row its key was refused. */
    public void unauthorized(Draft draft, int times) {
        jdbc.sql("update draft set unauthorized = :times where file_id = :file and position = :position")
                .param("times", times)
                .param("file", draft.fileId())
                .param("position", draft.position())
                .update();
    }

    private static Draft draft(ResultSet row, int number) throws SQLException {
        return new Draft(
                row.getLong("file_id"),
                row.getInt("position"),
                row.getString("channel"),
                row.getString("msn"),
                Draft.Way.valueOf(row.getString("way")),
                Draft.State.valueOf(row.getString("state")),
                row.getString("identity"),
                row.getInt("correction"),
                row.getString("invoice_number"),
                row.getString("customer_number"),
                row.getString("description"),
                LedgerColumns.number(row, "amount_minor"),
                row.getString("currency"),
                row.getString("external_id"),
                OperationRows.terms(row.getString("terms")),
                row.getInt("number"),
                Optional.ofNullable(row.getString("agreement_id")),
                Optional.ofNullable(row.getString("confirmation_url")),
                SqlTime.optional(row, "drafted_at"),
                SqlTime.optional(row, "sent_at"),
                row.getInt("unauthorized"),
                Optional.ofNullable(row.getString("list_status")),
                row.getInt("list_page"),
                row.getBoolean("withdrawn"),
                row.getLong("fencing_token"));
    }
}
