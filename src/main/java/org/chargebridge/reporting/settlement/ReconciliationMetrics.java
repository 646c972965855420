package org.chargebridge.reporting.settlement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.Reconciliations;
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
                Gauge.builder("chargebridge.reconciliation.unexplained", () -> unexplained(channel.name()))
                        .tag("channel", channel.name())
                        .description(
                                "What does not agree between files, ledger, API and settlements, in minor units; no"
                                        + " value before the first reconciliation")
                        .register(registry);
            }
        }
    }

    private double unexplained(String channel) {
        try {
            return queries.answer(() -> reconciliations.last(channel))
                    .map(last -> (double) last.found().unexplainedMinor())
                    .orElse(Double.NaN);
        } catch (DataAccessException ledgerDown) {
            return Double.NaN;
        }
    }
}
