package org.chargebridge.reporting.settlement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.Reconciliations;
import org.chargebridge.ledger.Reconciliations.Found;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What the last daily reconciliation of each channel found, whichever node made it. */
@Component
class ReconciliationMetrics implements MeterBinder {

    private final Reconciliations reconciliations;
    private final HealthQueries queries;
    private final Channels channels;

    ReconciliationMetrics(Reconciliations reconciliations, HealthQueries queries, Channels channels) {
        this.reconciliations = reconciliations;
        this.queries = queries;
        this.channels = channels;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Channel channel : channels.all()) {
            if (channel.settlement().isPresent()) {
                unexplained(registry, channel.name(), "ours", Found::oursMinor);
                unexplained(registry, channel.name(), "others", Found::othersMinor);
            }
        }
    }

    private void unexplained(MeterRegistry registry, String channel, String whose, ToLongFunction<Found> minor) {
        Gauge.builder("chargebridge.reconciliation.unexplained", () -> unexplained(channel, minor))
                .tag("channel", channel)
                .tag("whose", whose)
                .description(
                        "What does not agree between files, ledger, API and settlements (ours), and what was settled"
                                + " for others on the same sales unit (others), in minor units; no value before the first"
                                + " reconciliation")
                .register(registry);
    }

    private double unexplained(String channel, ToLongFunction<Found> minor) {
        try {
            return queries.answer(() -> reconciliations.last(channel))
                    .map(last -> (double) minor.applyAsLong(last.found()))
                    .orElse(Double.NaN);
        } catch (DataAccessException ledgerDown) {
            return Double.NaN;
        }
    }
}
