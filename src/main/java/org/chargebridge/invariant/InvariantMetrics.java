package org.chargebridge.invariant;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.Invariants;
import org.chargebridge.ledger.Invariants.Found;
import org.chargebridge.ledger.Invariants.Invariant;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What the last check found, whichever node made it. */
@Component
class InvariantMetrics implements MeterBinder {

    private final Invariants invariants;
    private final HealthQueries queries;

    InvariantMetrics(Invariants invariants, HealthQueries queries) {
        this.invariants = invariants;
        this.queries = queries;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Invariant invariant : Invariant.values()) {
            Gauge.builder("invariant_violations", () -> violations(invariant))
                    .tag("invariant", invariant.name().toLowerCase(Locale.ROOT))
                    .description("What the last check found that must not be; no value before the first check")
                    .register(registry);
        }
    }

    private double violations(Invariant invariant) {
        try {
            return queries.answer(invariants::last).stream()
                    .filter(found -> found.invariant() == invariant)
                    .mapToDouble(Found::count)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (DataAccessException ledgerDown) {
            return Double.NaN;
        }
    }
}
