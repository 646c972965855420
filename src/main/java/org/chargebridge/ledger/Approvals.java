package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a second person decides, and decided. What changes something works in the caller's transaction. */
@Repository
public class Approvals {

    private static final String SELECT =
            """
            select a.id as approval_id, a.kind as approval_kind, a.agreement_id, a.opened_at, a.asked_by, a.asked_at,
                a.why, a.decided_by, a.decided_at, a.decision_reason,
                case when a.state = 'OPEN' and l.state <> 'OPEN' then 'WITHDRAWN' else a.state end as approval_state, l.*
            from approval a join dead_letter l on l.id = a.dead_letter_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public Approvals(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Looks approvals up, newest first.
     *
     * @param open whether only those that wait for a decision
     * @param before only those with a smaller id
     */
    public List<Approval> find(boolean open, Optional<String> channel, long before, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                        where a.id < :before and (not :open or a.state = 'OPEN' and l.state = 'OPEN')
                          and (:channel::text is null or l.channel = :channel)
                        order by a.id desc limit :limit
                        """)
                .param("before", before)
                .param("open", open)
                .param("channel", channel.orElse(null))
                .param("limit", limit)
                .query(Approvals::approval)
                .list();
    }

    public Optional<Approval> byId(long id) {
        return jdbc.sql(SELECT + " where a.id = :id")
                .param("id", id)
                .query(Approvals::approval)
                .optional();
    }

    /** Those of a letter, the newest first. */
    public List<Approval> ofLetter(long letterId) {
        return jdbc.sql(SELECT + " where l.id = :id order by a.id desc")
                .param("id", letterId)
                .query(Approvals::approval)
                .list();
    }

    /** The one of a letter that waits for a decision. */
    public Optional<Approval> waiting(long letterId, Approval.Kind kind) {
        return ofLetter(letterId).stream()
                .filter(approval -> approval.kind() == kind && approval.state() == Approval.State.OPEN)
                .findFirst();
    }

    /** A person asks for what a file asked for already. */
    public void ask(long id, String actor, String why) {
        jdbc.sql(
                        "update approval set asked_by = :actor, asked_at = :now, why = :why where id = :id and asked_by is null")
                .param("actor", actor)
                .param("now", SqlTime.of(clock.instant()))
                .param("why", why)
                .param("id", id)
                .update();
    }

    /** A person asks to charge another agreement. */
    public void askForAgreement(long letterId, String agreementId, String actor, String why) {
        jdbc.sql(
                        """
                        insert into approval (dead_letter_id, kind, agreement_id, opened_at, asked_by, asked_at, why)
                        values (:letter, 'AGREEMENT', :agreementId, :now, :actor, :now, :why)
                        """)
                .param("letter", letterId)
                .param("agreementId", agreementId)
                .param("now", SqlTime.of(clock.instant()))
                .param("actor", actor)
                .param("why", why)
                .update();
    }

    /** Keeps a decision. */
    public void decide(long id, Approval.State state, String actor, String why) {
        jdbc.sql(
                        """
                        update approval
                        set state = :state, decided_by = :actor, decided_at = :now, decision_reason = :why
                        where id = :id and state = 'OPEN'
                        """)
                .param("state", state.name())
                .param("actor", actor)
                .param("now", SqlTime.of(clock.instant()))
                .param("why", why)
                .param("id", id)
                .update();
    }

    private static Approval approval(ResultSet row, int number) throws SQLException {
        return new Approval(
                row.getLong("approval_id"),
                DeadLetterRows.map(row, number),
                Approval.Kind.valueOf(row.getString("approval_kind")),
                Optional.ofNullable(row.getString("agreement_id")),
                SqlTime.optional(row, "opened_at").orElseThrow(),
                word(row, "asked_by", "asked_at", "why"),
                Approval.State.valueOf(row.getString("approval_state")),
                word(row, "decided_by", "decided_at", "decision_reason"));
    }

    private static Optional<Approval.Word> word(ResultSet row, String by, String at, String why) throws SQLException {
        String name = row.getString(by);
        return name == null
                ? Optional.empty()
                : Optional.of(new Approval.Word(name, SqlTime.optional(row, at).orElseThrow(), row.getString(why)));
    }
}
