package org.chargebridge.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long statements are planned: for the tables as they are, not as they were when the connection planned the statement
 * first. A plan kept from the time when a table held a few rows reads a hundred thousand of them once for each.
 */
final class PlannedAnew {

    private PlannedAnew() {}

    /** Up to the end of the caller's transaction. */
    static void in(JdbcClient jdbc) {
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
    }
}
