package org.chargebridge.ledger;

import java.util.List;
import org.chargebridge.ledger.PersonSearch.LineOf;
import org.chargebridge.ledger.PersonSearch.Traces;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people wrote freely when they decided about a person's lines: of approvals, of orders about many letters, and in the
 * audit trail, whose chain holds but a salted digest of it. Works in the caller's transaction.
 */
final class DecisionReasons {

    private final JdbcClient jdbc;

    DecisionReasons(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The letters about lines of a person, and about keys that lead to the person's agreements, decided or not. */
    List<Long> letters(String sourceId, Traces traces) {
        return jdbc.sql(
                        """
                        select d.id from dead_letter d
                        join unnest(:files::bigint[], :positions::int[]) l (file_id, position)
                          on d.file_id = l.file_id and d.position = l.position
                        union
                        select d.id from dead_letter d join agreement_mapping m on m.id = d.mapping_id
                        where m.source_id = :source and (m.agreement_id = any(:agreements)
                            or m.key = any(:numbers) and m.key_type = any(:types))
                        """)
                .param("files", traces.lines().stream().map(LineOf::fileId).toArray(Long[]::new))
                .param(
                        "positions",
                        traces.lines().stream().map(LineOf::position).toArray(Integer[]::new))
                .param("source", sourceId)
                .param("agreements", traces.agreements().toArray(String[]::new))
                .param("numbers", traces.customerNumbers().toArray(String[]::new))
                .param("types", PersonSearch.CUSTOMER_KEYS)
                .query(Long.class)
                .list();
    }

    /**
     * Blanks what was written about these letters. An order about many blanks for all of them: whom its reason names cannot
     * be told.
     *
     * @return false where a decision is not sealed into the chain yet, and so keeps its reason: the caller rolls back
     */
    boolean blank(List<Long> letters) {
        Long[] ids = letters.toArray(Long[]::new);
        int unsealed = jdbc.sql(AUDITED + "select count(*) from audited where number is null")
                .param("letters", ids)
                .query(Integer.class)
                .single();
        if (unsealed > 0) {
            return false;
        }
        jdbc.sql(
                        AUDITED
                                + """
                        update audit_event set reason = '', salt = null
                        where id in (select id from audited)
                        """)
                .param("letters", ids)
                .update();
        jdbc.sql(
                        """
                        update bulk_order set reason = ''
                        where reason <> ''
                          and id in (select bulk_order_id from bulk_order_letter where dead_letter_id = any(:letters))
                        """)
                .param("letters", ids)
                .update();
        jdbc.sql(
                        """
                        update approval set why = case when why is null then null else '' end,
                            decision_reason = case when decision_reason is null then null else '' end
                        where dead_letter_id = any(:letters) and coalesce(why, '') || coalesce(decision_reason, '') <> ''
                        """)
                .param("letters", ids)
                .update();
        return true;
    }

    /** A decision about many letters is told as one event, and by the event of each letter. */
    private static final String AUDITED =
            """
            with audited as (
                select e.id, e.number from audit_event e
                where e.reason <> '' and (
                    e.subject in (select 'dead letter ' || letter from unnest(:letters::bigint[]) letter)
                    or exists (select 1 from bulk_order b join bulk_order_letter l on l.bulk_order_id = b.id
                               where l.dead_letter_id = any(:letters) and e.actor = b.actor and e.reason = b.reason
                                 and (e.subject = 'dead letters: ' || b.chosen or e.subject = 'bulk order ' || b.id))))
            """;
}
