package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Decisions about many dead letters, worked off by one node at a time. */
@Repository
public class BulkOrders {

    private static final String SELECT =
            """
            select o.*, count(l.*) as total, count(l.*) filter (where l.state = 'DONE') as done,
                count(l.*) filter (where l.state = 'FAILED') as failed
            from bulk_order o left join bulk_order_letter l on l.bulk_order_id = o.id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public BulkOrders(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps an order without letters yet, in the caller's transaction; gives its id. */
    public long open(
            DeadLetterHandler.Decision decision,
            String actor,
            Set<String> roles,
            String reason,
            String chosen,
            Locale language) {
        return jdbc.sql(
                        """
                        insert into bulk_order (decision, actor, roles, reason, chosen, language, state, created_at)
                        values (:decision, :actor, :roles, :reason, :chosen, :language, 'RUNNING', :now) returning id
                        """)
                .param("decision", decision.name())
                .param("actor", actor)
                .param("roles", roles.toArray(String[]::new))
                .param("reason", reason)
                .param("chosen", chosen)
                .param("language", language.toLanguageTag())
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** Takes the letters that are open now and pass a filter into an order; gives how many. */
    public int choose(long id, DeadLetterFilter filter) {
        return jdbc.sql(
                        """
                        insert into bulk_order_letter (bulk_order_id, dead_letter_id)
                        select :order, id from dead_letter where state = 'OPEN' and
                        """
                                + DeadLetters.FILTERED)
                .params(DeadLetters.parameters(filter))
                .param("order", id)
                .update();
    }

    /** Takes these letters, as far as they are open now, into an order; gives how many. */
    public int choose(long id, Collection<Long> letters) {
        return jdbc.sql(
                        """
                        insert into bulk_order_letter (bulk_order_id, dead_letter_id)
                        select :order, id from dead_letter where state = 'OPEN' and id = any(:letters)
                        """)
                .param("order", id)
                .param("letters", letters.toArray(Long[]::new))
                .update();
    }

    public Optional<BulkOrder> byId(long id) {
        return jdbc.sql(SELECT + " where o.id = :id group by o.id")
                .param("id", id)
                .query(BulkOrders::order)
                .optional();
    }

    /** The last orders, newest first. */
    public List<BulkOrder> last(int limit) {
        return jdbc.sql(SELECT + " group by o.id order by o.id desc limit :limit")
                .param("limit", limit)
                .query(BulkOrders::order)
                .list();
    }

    /** Letters that could not be decided so. */
    public List<BulkOrder.Failure> failures(long id, int limit) {
        return jdbc.sql(
                        """
                        select dead_letter_id, message from bulk_order_letter
                        where bulk_order_id = :id and state = 'FAILED' order by dead_letter_id limit :limit
                        """)
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new BulkOrder.Failure(row.getLong("dead_letter_id"), row.getString("message")))
                .list();
    }

    /**
     * Takes the oldest order that runs and that no other node works on, for so long by the database's clock; one that this
     * node has already is taken for that long again.
     */
    public Optional<BulkOrder> lease(String node, Duration time) {
        return jdbc.sql(
                        """
                        update bulk_order
                        set lease_owner = :node, lease_until = clock_timestamp() + make_interval(secs => :seconds)
                        where id = (select id from bulk_order
                                    where state = 'RUNNING' and (lease_until is null or lease_owner = :node
                                                                 or
                        """
                                + SqlTime.LEASE_OVER
                                + """
                        )
                                    order by id limit 1 for update skip locked)
                        returning id
                        """)
                .param("node", node)
                .param("seconds", time.toMillis() / 1000.0)
                .query(Long.class)
                .optional()
                .flatMap(this::byId);
    }

    /** Whether a node may go on with an order: it runs, and the lease is that node's. */
    public boolean holds(long id, String node) {
        return jdbc.sql(
                        """
                        select exists (select 1 from bulk_order where id = :id and state = 'RUNNING'
                            and lease_owner = :node and lease_until >= clock_timestamp())
                        """)
                .param("id", id)
                .param("node", node)
                .query(Boolean.class)
                .single();
    }

    /** The next letter of an order that is not worked off yet. */
    public OptionalLong next(long id) {
        return jdbc.sql(
                        """
                        select dead_letter_id from bulk_order_letter
                        where bulk_order_id = :id and state = 'WAITING' order by dead_letter_id limit 1
                        """)
                .param("id", id)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** A letter is worked off; said once. */
    public void worked(long id, long letter, boolean good, String message) {
        jdbc.sql(
                        """
                        update bulk_order_letter set state = :state, message = :message
                        where bulk_order_id = :id and dead_letter_id = :letter and state = 'WAITING'
                        """)
                .param("state", good ? "DONE" : "FAILED")
                .param("message", message)
                .param("id", id)
                .param("letter", letter)
                .update();
    }

    /** Ends an order that runs; false for one that does not. */
    public boolean end(long id, BulkOrder.State state) {
        return jdbc.sql(
                                """
                        update bulk_order set state = :state, finished_at = :now, lease_owner = null, lease_until = null
                        where id = :id and state = 'RUNNING'
                        """)
                        .param("state", state.name())
                        .param("now", SqlTime.of(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    private static BulkOrder order(ResultSet row, int number) throws SQLException {
        return new BulkOrder(
                row.getLong("id"),
                DeadLetterHandler.Decision.valueOf(row.getString("decision")),
                row.getString("actor"),
                Set.of((String[]) row.getArray("roles").getArray()),
                row.getString("reason"),
                row.getString("chosen"),
                Locale.forLanguageTag(row.getString("language")),
                BulkOrder.State.valueOf(row.getString("state")),
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("failed"),
                SqlTime.optional(row, "created_at").orElseThrow(),
                SqlTime.optional(row, "finished_at"));
    }
}
