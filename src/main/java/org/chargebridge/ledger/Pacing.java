package org.chargebridge.ledger;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Token buckets per sales unit and limit class, shared by all nodes and kept by the database's clock (ER4). A bucket
 * holds a fifth of the minute's limit and is refilled with four fifths of it a minute, so that no minute exceeds it.
 */
@Repository
public class Pacing {

    /** What the API counts apart. */
    public enum LimitClass {
        CREATE_CHARGE,
        /** Of these, those made at once; they count for both. */
        CREATE_UNSCHEDULED,
        FETCH_CHARGE,
        LIST_AGREEMENTS,
        DRAFT_AGREEMENT,
        FIND_CHARGE
    }

    /**
     * Every block follows a call, which took a token before it: a bucket that was last filled in time to come is from before
     * the database's clock was set back, and its block with it.
     */
    private static final String SET_BACK = "(refilled_at > clock_timestamp() + interval '5 seconds')";

    private final JdbcClient jdbc;

    public Pacing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes up to {@code wanted} tokens in the caller's transaction.
     *
     * @param limitPerMinute what the API allows a minute
     * @return how many were taken; 0 while the class is blocked or the bucket is empty
     */
    public int take(String msn, LimitClass limitClass, int limitPerMinute, int wanted) {
        double capacity = capacity(limitPerMinute);
        double refillPerSecond = refillPerSecond(limitPerMinute);
        ensureRow(msn, limitClass, capacity);
        return jdbc.sql(
                        """
                        with bucket as (
                            select least(:capacity, tokens + :refillPerSecond
                                       * greatest(0, extract(epoch from clock_timestamp() - refilled_at))) as filled
                            from pacing
                            where msn = :msn and limit_class = :limitClass
                              and (blocked_until is null or blocked_until <= clock_timestamp() or
                        """
                                + SET_BACK
                                + """
                                )
                            for update)
                        update pacing
                        set tokens = bucket.filled - least(:wanted, floor(bucket.filled)),
                            refilled_at = clock_timestamp(), blocked_until = null
                        from bucket
                        where msn = :msn and limit_class = :limitClass
                        returning least(:wanted, floor(bucket.filled))::int
                        """)
                .param("capacity", capacity)
                .param("refillPerSecond", refillPerSecond)
                .param("msn", msn)
                .param("limitClass", limitClass.name())
                .param("wanted", wanted)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** Whether a token could be taken now: so that nothing is prepared in vain while the class waits. */
    public boolean allows(String msn, LimitClass limitClass, int limitPerMinute) {
        return jdbc.sql(
                        """
                        select not exists (
                            select 1 from pacing
                            where msn = :msn and limit_class = :limitClass
                              and not
                        """
                                + SET_BACK
                                + """
                              and (blocked_until > clock_timestamp()
                                   or 1 > tokens + :refillPerSecond
                                       * greatest(0, extract(epoch from clock_timestamp() - refilled_at))))
                        """)
                .param("msn", msn)
                .param("limitClass", limitClass.name())
                .param("refillPerSecond", refillPerSecond(limitPerMinute))
                .query(Boolean.class)
                .single();
    }

    /** Blocks the class for all nodes and routes, from now by the database's clock; never shortens a block. */
    public void block(String msn, LimitClass limitClass, Duration duration) {
        ensureRow(msn, limitClass, 1);
        jdbc.sql(
                        """
                        update pacing
                        set blocked_until = greatest(coalesce(blocked_until, 'epoch'),
                                clock_timestamp() + make_interval(secs => :seconds))
                        where msn = :msn and limit_class = :limitClass
                        """)
                .param("seconds", duration.toMillis() / 1000.0)
                .param("msn", msn)
                .param("limitClass", limitClass.name())
                .update();
    }

    static double capacity(int limitPerMinute) {
        return Math.max(1, limitPerMinute * 0.2);
    }

    static double refillPerSecond(int limitPerMinute) {
        return limitPerMinute * 0.8 / 60;
    }

    private void ensureRow(String msn, LimitClass limitClass, double tokens) {
        jdbc.sql(
                        """
                        insert into pacing (msn, limit_class, tokens, refilled_at)
                        values (:msn, :limitClass, :tokens, clock_timestamp())
                        on conflict do nothing
                        """)
                .param("msn", msn)
                .param("limitClass", limitClass.name())
                .param("tokens", tokens)
                .update();
    }
}
