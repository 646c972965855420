package org.chargebridge.ledger;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.chargebridge.charge.Action;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What intake asks of operations: which are recorded already, and what they can act on. */
@Repository
public class Operations {

    /**
     * An operation of that identity.
     *
     * @param over whether it was refused or given up, so that the next line replaces it (MR15)
     * @param waits whether a person decides about it and nothing of it was sent, so that another content replaces it
     */
    public record Recorded(
            long fileId, String fileName, int position, byte[] digest, int correction, boolean over, boolean waits) {}

    /** Held before anything was sent; what its call may have done is never replaced. */
    private static final String WAITS = "o.state = 'HELD' and o.unanswered = 0 and o.phase <> 'CONFIRM' and not o.undo";

    /**
     * A recorded document.
     *
     * @param first the order id of the invoice's first charge
     * @param action CHARGE, or KNOWN for one that was collected elsewhere
     * @param sourceId whose document it is, and msn of the sales unit that it is charged by
     */
    public record Target(String first, Action action, String agreementId, String sourceId, String msn) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public Operations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What is recorded under these identities. */
    public Map<String, Recorded> recorded(Collection<String> identities) {
        Map<String, Recorded> recorded = new HashMap<>();
        jdbc.sql(
                        """
                        select o.identity, o.file_id, f.name, o.position, o.digest, o.correction,
                            o.state in ('REFUSED', 'DROPPED') as over, %s as waits
                        from operation o join inbound_file f on f.id = o.file_id
                        where o.identity = any(:identities) and not o.replaced
                        """
                                .formatted(WAITS))
                .param("identities", identities.toArray(String[]::new))
                .query(row -> {
                    recorded.put(
                            row.getString("identity"),
                            new Recorded(
                                    row.getLong("file_id"),
                                    row.getString("name"),
                                    row.getInt("position"),
                                    row.getBytes("digest"),
                                    row.getInt("correction"),
                                    row.getBoolean("over"),
                                    row.getBoolean("waits")));
                });
        return recorded;
    }

    /** The documents recorded under these order ids. */
    public Map<String, Target> targets(Collection<String> orderIds) {
        Map<String, Target> targets = new HashMap<>();
        jdbc.sql(
                        """
                        select i.order_id, coalesce(i.attempt_of, i.order_id) as first, i.action, i.agreement_id,
                            f.source_id, i.msn
                        from instruction i join inbound_file f on f.id = i.file_id
                        where i.order_id = any(:orderIds) and not i.replaced
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .query(row -> {
                    targets.put(
                            row.getString("order_id"),
                            new Target(
                                    row.getString("first"),
                                    Action.valueOf(row.getString("action")),
                                    row.getString("agreement_id"),
                                    row.getString("source_id"),
                                    row.getString("msn")));
                });
        return targets;
    }

    /**
     * Gives the identities of operations that are refused, dropped or held free for the lines that replace them; nobody
     * decides about these any more. One that went on since keeps its identity, and the line cannot be recorded.
     */
    public void replace(Collection<String> identities) {
        jdbc.sql(
                        """
                        with old as (
                            update operation o
                            set replaced = true, state = case o.state when 'HELD' then 'DROPPED' else o.state end
                            where o.identity = any(:identities) and not o.replaced
                              and (o.state in ('REFUSED', 'DROPPED') or %s)
                            returning o.file_id, o.position)
                        update dead_letter letter set state = 'RESOLVED', closed_at = :now
                        from old
                        where letter.kind = 'OPERATION' and letter.state = 'OPEN' and letter.file_id = old.file_id
                          and letter.position = old.position
                        """
                                .formatted(WAITS))
                .param("now", SqlTime.of(clock.instant()))
                .param("identities", identities.toArray(String[]::new))
                .update();
    }
}
