package org.chargebridge.invariant;

import java.util.List;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.Invariants;
import org.chargebridge.ledger.Invariants.Found;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Down while the last check found what must not be. */
@Component
class InvariantsHealthIndicator implements HealthIndicator {

    private final Invariants invariants;
    private final HealthQueries queries;

    InvariantsHealthIndicator(Invariants invariants, HealthQueries queries) {
        this.invariants = invariants;
        this.queries = queries;
    }

    @Override
    public Health health() {
        try {
            return of(queries.answer(invariants::last));
        } catch (DataAccessException ledgerDown) {
            return Health.down()
                    .withDetail("failure", "the database cannot be asked what the last check found")
                    .build();
        }
    }

    private static Health of(List<Found> last) {
        Health.Builder health = Health.up();
        for (Found found : last) {
            if (found.count() > 0) {
                health.down()
                        .withDetail("remedy", "See docs/operating/check-invariants.md.")
                        .withDetail(
                                found.invariant().name(),
                                found.count() + " violations: " + String.join("; ", found.examples()));
            } else {
                health.withDetail(found.invariant().name(), "holds");
            }
        }
        return health.build();
    }
}
