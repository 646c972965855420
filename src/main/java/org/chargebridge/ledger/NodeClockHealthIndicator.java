package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether this machine's clock agrees with the database's: nodes that disagree about the time disagree about due dates
 * and schedules. Down from five seconds on.
 */
@Component
class NodeClockHealthIndicator implements HealthIndicator {

    private static final Duration SKEW_MAX = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final HealthQueries queries;
    private final Clock machine;

    @Autowired
    NodeClockHealthIndicator(JdbcClient jdbc, HealthQueries queries) {
        // The machine's own clock is what is checked, whatever business time says.
        this(jdbc, queries, Clock.systemUTC());
    }

    NodeClockHealthIndicator(JdbcClient jdbc, HealthQueries queries, Clock machine) {
        this.jdbc = jdbc;
        this.queries = queries;
        this.machine = machine;
    }

    @Override
    public Health health() {
        try {
            return queries.answer(this::compared);
        } catch (DataAccessException ledgerDown) {
            return Health.down()
                    .withDetail("failure", "the database cannot be asked for its time")
                    .build();
        }
    }

    private Health compared() {
        Instant asked = machine.instant();
        Instant database = jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        Instant answered = machine.instant();
        Duration skew = database.isBefore(asked)
                ? Duration.between(database, asked)
                : database.isAfter(answered) ? Duration.between(answered, database) : Duration.ZERO;
        Health.Builder health = skew.compareTo(SKEW_MAX) > 0
                ? Health.down()
                        .withDetail("remedy", "Let this machine and the database's follow the same time servers.")
                : Health.up();
        return health.withDetail("secondsFromTheDatabase", skew.toMillis() / 1000.0)
                .build();
    }
}
