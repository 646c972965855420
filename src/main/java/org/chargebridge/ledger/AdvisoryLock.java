package org.chargebridge.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A turn at what one transaction after the other does, held up to the end of the caller's. */
final class AdvisoryLock {

    private AdvisoryLock() {}

    /**
     * Takes it, waiting as long as for any lock.
     *
     * @throws org.springframework.dao.PessimisticLockingFailureException if it is not had in that time
     */
    static void take(JdbcClient jdbc, String name) {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended(:name, 0))) locked")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    /**
     * Takes it, waiting longer or shorter than for others, which are waited for as ever after it.
     *
     * @param wait how long at most, as PostgreSQL writes it; {@code 0} without end
     * @throws org.springframework.dao.PessimisticLockingFailureException if it is not had in that time
     */
    static void take(JdbcClient jdbc, String name, String wait) {
        jdbc.sql("set local lock_timeout = '" + wait + "'").update();
        take(jdbc, name);
        jdbc.sql("set local lock_timeout = '60s'").update();
    }
}
