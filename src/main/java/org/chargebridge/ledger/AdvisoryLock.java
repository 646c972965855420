package org.chargebridge.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A turn at what one transaction after the other does, waited for longer or shorter than other locks are. */
final class AdvisoryLock {

    private AdvisoryLock() {}

    /**
     * Takes it up to the end of the caller's transaction, in which other locks are waited for as ever then.
     *
     * @param wait how long at most, as PostgreSQL writes it; {@code 0} without end
     * @throws org.springframework.dao.PessimisticLockingFailureException if it is not had in that time
     */
    static void take(JdbcClient jdbc, String name, String wait) {
        jdbc.sql("set local lock_timeout = '" + wait + "'").update();
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended(:name, 0))) locked")
                .param("name", name)
                .query(Integer.class)
                .single();
        jdbc.sql("set local lock_timeout = '60s'").update();
    }
}
