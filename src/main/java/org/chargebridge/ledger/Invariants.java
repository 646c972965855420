package org.chargebridge.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What must hold in the ledger at every instant, as the views of {@code R__invariants.sql} say it. */
@Repository
public class Invariants {

    /** An invariant, by the name of its view without {@code invariant_}. */
    public enum Invariant {
        /** Each accepted line is in one block, in at most one request that lives, and has one state. */
        I1,
        /** A file's answers add up to its lines, in count and in sum. */
        I2,
        /** Every line is done, or will be acted on within a day or on its due date. */
        I5,
        /** Each change is told in one status report, and what was made for an ERP stays as it was made. */
        I6,
        /** Settlement ledgers are read without a gap, and every settlement report tells what was assigned to it. */
        I7;

        String view() {
            return "invariant_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a check found.
     *
     * @param count violations; 0 where the invariant holds
     * @param examples of them, a few sentences without personal data
     */
    public record Found(Invariant invariant, long count, List<String> examples) {}

    private static final int EXAMPLES = 5;
    /** The SQL state of a statement that ran into its time limit. */
    private static final String CANCELLED = "57014";

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;
    private final Clock clock;

    public Invariants(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Checks one invariant in a snapshot that locks nothing, on one core.
     *
     * @param recent since when what is checked was recorded, by the business clock; empty for all that ever was
     * @param limit after which the check is given up
     * @return empty if it was
     */
    public Optional<Found> check(Invariant invariant, Optional<Instant> recent, Duration limit) {
        try {
            return Optional.ofNullable(snapshot.execute(status -> violations(invariant, recent, limit)));
        } catch (DataAccessException failure) {
            if (failure.getMostSpecificCause() instanceof SQLException cancelled
                    && CANCELLED.equals(cancelled.getSQLState())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private Found violations(Invariant invariant, Optional<Instant> recent, Duration limit) {
        recent.ifPresent(since -> set("chargebridge.checked_from", String.valueOf(firstFile(since))));
        set("statement_timeout", String.valueOf(limit.toMillis()));
        set("max_parallel_workers_per_gather", "0");
        set("chargebridge.business_time", clock.instant().toString());
        List<String> examples = new ArrayList<>();
        long[] count = {0};
        jdbc.sql("select count(*) over () as violations, violation from " + invariant.view() + " limit :examples")
                .param("examples", EXAMPLES)
                .query(row -> {
                    count[0] = row.getLong("violations");
                    examples.add(row.getString("violation"));
                });
        return new Found(invariant, count[0], List.copyOf(examples));
    }

    private long firstFile(Instant since) {
        return jdbc.sql("select id from inbound_file where recorded_at >= :since order by id limit 1")
                .param("since", SqlTime.of(since))
                .query(Long.class)
                .optional()
                .orElse(Long.MAX_VALUE);
    }

    private void set(String setting, String value) {
        jdbc.sql("select set_config(:setting, :value, true)")
                .param("setting", setting)
                .param("value", value)
                .query(String.class)
                .single();
    }

    /**
     * Whether all that was ever recorded has its turn, and not only what is recent: once a day by UTC, and as long as
     * something was found, for nothing less tells that it is mended.
     */
    public boolean isForAll(Invariant invariant) {
        return jdbc.sql(
                        """
                        select violations > 0 or completed_at is null
                            or (completed_at at time zone 'UTC')::date < (clock_timestamp() at time zone 'UTC')::date
                        from invariant_check where invariant = :invariant
                        """)
                .param("invariant", invariant.name())
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** Writes down what a check found, for all nodes. */
    public void store(Found found, boolean ofAll) {
        jdbc.sql(
                        """
                        insert into invariant_check (invariant, checked_at, completed_at, violations, examples)
                        values (:invariant, clock_timestamp(), case when :ofAll then clock_timestamp() end, :violations,
                            :examples)
                        on conflict (invariant) do update
                        set checked_at = excluded.checked_at, violations = excluded.violations,
                            completed_at = coalesce(excluded.completed_at, invariant_check.completed_at),
                            examples = excluded.examples
                        """)
                .param("ofAll", ofAll)
                .param("invariant", found.invariant().name())
                .param("violations", found.count())
                .param("examples", found.examples().toArray(String[]::new))
                .update();
    }

    /** What was found last stays, and is tried again at the next time only; all of it on the next day. */
    public void notChecked(Invariant invariant, boolean ofAll) {
        jdbc.sql(
                        """
                        update invariant_check
                        set checked_at = clock_timestamp(),
                            completed_at = case when :ofAll then clock_timestamp() else completed_at end
                        where invariant = :invariant
                        """)
                .param("ofAll", ofAll)
                .param("invariant", invariant.name())
                .update();
    }

    /** When any of them was checked last, on whichever node, by the database's clock. */
    public Optional<Instant> lastCheckedAt() {
        return jdbc.sql("select max(checked_at) as checked_at from invariant_check")
                .query((row, number) -> SqlTime.optional(row, "checked_at"))
                .single();
    }

    /** Now, by the database's clock. */
    public Instant databaseTime() {
        return jdbc.sql("select clock_timestamp() as now")
                .query((row, number) -> SqlTime.optional(row, "now").orElseThrow())
                .single();
    }

    /** What the last check found of each invariant that was ever checked, on whichever node. */
    public List<Found> last() {
        return jdbc.sql("select invariant, violations, examples from invariant_check order by invariant")
                .query((row, number) -> new Found(
                        Invariant.valueOf(row.getString("invariant")),
                        row.getLong("violations"),
                        LedgerColumns.texts(row, "examples")))
                .list();
    }
}
