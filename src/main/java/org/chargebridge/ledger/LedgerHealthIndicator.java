package org.chargebridge.ledger;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers and takes changes; in place of Spring Boot's own, which waits for as long as the pool does.
 */
@Component("dbHealthIndicator")
class LedgerHealthIndicator implements HealthIndicator {

    private final JdbcClient jdbc;
    private final HealthQueries queries;

    LedgerHealthIndicator(JdbcClient jdbc, HealthQueries queries) {
        this.jdbc = jdbc;
        this.queries = queries;
    }

    @Override
    public Health health() {
        try {
            boolean readOnly = queries.answer(() -> jdbc.sql("select current_setting('transaction_read_only') = 'on'")
                    .query(Boolean.class)
                    .single());
            return readOnly
                    ? down(LedgerTrouble.READ_ONLY)
                    : Health.up().withDetail("database", "PostgreSQL").build();
        } catch (DataAccessException ledgerDown) {
            return down(LedgerTrouble.of(ledgerDown).orElse(LedgerTrouble.GONE));
        }
    }

    private static Health down(LedgerTrouble trouble) {
        return Health.down()
                .withDetail("failure", trouble.text())
                .withDetail("remedy", trouble.remedy() + " Work goes on by itself.")
                .build();
    }
}
