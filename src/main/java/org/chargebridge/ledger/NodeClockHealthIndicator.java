package org.chargebridge.ledger;

import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Whether this machine's clock agrees with the database's: nodes that disagree about the time disagree about due dates
 * and schedules. Down from five seconds on.
 */
@Component
class NodeClockHealthIndicator implements HealthIndicator {

    private final NodeClock clock;
    private final HealthQueries queries;

    NodeClockHealthIndicator(NodeClock clock, HealthQueries queries) {
        this.clock = clock;
        this.queries = queries;
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
        Duration skew = clock.skew();
        Health.Builder health = skew.compareTo(NodeClock.SKEW_MAX) > 0
                ? Health.down()
                        .withDetail("remedy", "Let this machine and the database's follow the same time servers.")
                : Health.up();
        return health.withDetail("secondsFromTheDatabase", skew.toMillis() / 1000.0)
                .build();
    }
}
