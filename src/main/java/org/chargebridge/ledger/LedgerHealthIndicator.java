package org.chargebridge.ledger;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the database answers; in place of Spring Boot's own, which waits for as long as the pool does. */
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
            queries.answer(() -> jdbc.sql("select 1").query(Integer.class).single());
            return Health.up().withDetail("database", "PostgreSQL").build();
        } catch (DataAccessException ledgerDown) {
            return Health.down()
                    .withDetail("failure", "the database does not answer")
                    .withDetail("remedy", "Check that PostgreSQL runs, and spring.datasource; work goes on by itself.")
                    .build();
        }
    }
}
