package org.chargebridge.console.rest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.HealthQueries;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How many dead letters of each kind wait for a person, counted in the ledger whenever metrics are read. */
@Component
class DeadLetterMetrics implements MeterBinder {

    private final DeadLetters deadLetters;
    private final HealthQueries queries;

    DeadLetterMetrics(DeadLetters deadLetters, HealthQueries queries) {
        this.deadLetters = deadLetters;
        this.queries = queries;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (DeadLetter.Kind kind : DeadLetter.Kind.values()) {
            Gauge.builder("chargebridge.dead.letters.open", () -> count(kind))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .description("Dead letters that wait for a person")
                    .register(registry);
        }
    }

    private double count(DeadLetter.Kind kind) {
        try {
            return queries.answer(() -> deadLetters.openCount(kind));
        } catch (DataAccessException ledgerDown) {
            return Double.NaN;
        }
    }
}
