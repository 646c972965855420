package org.chargebridge.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.ledger.Alarm;
import org.chargebridge.ledger.CachedAnswer;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.LedgerNumbers;
import org.chargebridge.ledger.LedgerNumbers.Snapshot;
import org.chargebridge.ledger.LedgerNumbers.Undelivered;
import org.chargebridge.ledger.LedgerNumbers.Unsent;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.springframework.stereotype.Component;

/** What waits, and for how long: read from the ledger once for all gauges of a scrape, the same on every node. */
@Component
class LedgerMetrics implements MeterBinder {

    private final CachedAnswer<Snapshot> snapshot;
    private final Channels channels;
    private final Map<LimitClass, Integer> limits;

    LedgerMetrics(
            LedgerNumbers numbers,
            HealthQueries queries,
            Channels channels,
            SendingSettings sending,
            TrackingSettings tracking) {
        this.snapshot = new CachedAnswer<>(queries, numbers::snapshot);
        this.channels = channels;
        this.limits = Map.of(
                LimitClass.CREATE_CHARGE, sending.createsPerMinute(),
                LimitClass.CREATE_UNSCHEDULED, sending.unscheduledPerMinute(),
                LimitClass.FETCH_CHARGE, tracking.getsPerMinute());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Channel channel : channels.all()) {
            ofChannel(channel.name(), registry);
        }
        for (SalesUnit unit : channels.salesUnits()) {
            ofSalesUnit(unit.msn(), registry);
        }
        for (Alarm.Kind kind : Alarm.Kind.values()) {
            gauge("chargebridge.alarms.open", all -> all.alarms().getOrDefault(kind.name(), 0L))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .description("Alarms that hold")
                    .register(registry);
        }
        gauge("chargebridge.clock.skew.seconds", all -> seconds(Optional.of(all.clockSkew())))
                .description("How far this node's clock is from the database's")
                .register(registry);
    }

    private void ofChannel(String channel, MeterRegistry registry) {
        gauge("chargebridge.unsent.lines", all -> Optional.ofNullable(
                                all.unsent().get(channel))
                        .map(Unsent::lines)
                        .orElse(0L))
                .tag("channel", channel)
                .description("Accepted charges that the API has not answered yet")
                .register(registry);
        gauge(
                        "chargebridge.unsent.oldest.seconds",
                        all -> seconds(
                                Optional.ofNullable(all.unsent().get(channel)).map(Unsent::oldest)))
                .tag("channel", channel)
                .description("How long the oldest of them has waited")
                .register(registry);
        gauge("chargebridge.deliveries.waiting", all -> Optional.ofNullable(
                                all.undelivered().get(channel))
                        .map(Undelivered::files)
                        .orElse(0L))
                .tag("channel", channel)
                .description("Files for the ERP that are not delivered yet")
                .register(registry);
        gauge(
                        "chargebridge.deliveries.oldest.seconds",
                        all -> seconds(Optional.ofNullable(all.undelivered().get(channel))
                                .map(Undelivered::oldest)))
                .tag("channel", channel)
                .description("How long the oldest of them has waited")
                .register(registry);
    }

    private void ofSalesUnit(String msn, MeterRegistry registry) {
        gauge(
                        "chargebridge.unchecked.oldest.seconds",
                        all -> seconds(Optional.ofNullable(all.unchecked().get(msn))))
                .tag("msn", msn)
                .description("How long the look-up of a charge is overdue that should have come first")
                .register(registry);
        gauge(
                        "chargebridge.webhooks.lag.seconds",
                        all -> seconds(Optional.ofNullable(all.webhooks().get(msn))))
                .tag("msn", msn)
                .description("How long the oldest webhook has waited to be worked on")
                .register(registry);
        limits.forEach((limit, perMinute) -> gauge(
                        "chargebridge.rate.limit.headroom",
                        all -> LedgerNumbers.headroom(
                                Optional.ofNullable(all.buckets().get(msn + "/" + limit.name())), perMinute))
                .tag("msn", msn)
                .tag("limit", limit.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .description(
                        "How much of what may be asked at once is left, from 0 to 1; 0 while the API wants a pause")
                .register(registry));
    }

    private Gauge.Builder<?> gauge(String name, Function<Snapshot, Number> value) {
        return Gauge.builder(name, snapshot, answer -> answer.get()
                .map(all -> value.apply(all).doubleValue())
                .orElse(Double.NaN));
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.orElse(Duration.ZERO).toMillis() / 1000.0;
    }
}
