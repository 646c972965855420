package org.chargebridge.reporting;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.alarm.AlarmSettings;
import org.chargebridge.alarm.AlarmSource;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.FireTimes;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.CachedAnswer;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.Reports;
import org.springframework.stereotype.Component;

/** Status reports whose time has passed and that are not made. */
@Component
class ReportLateness implements AlarmSource, MeterBinder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Reports reports;
    private final Channels channels;
    private final AlarmSettings settings;
    private final Clock clock;
    private final CachedAnswer<Map<String, Duration>> lateness;

    ReportLateness(Reports reports, Channels channels, AlarmSettings settings, Clock clock, HealthQueries queries) {
        this.reports = reports;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
        this.lateness = new CachedAnswer<>(queries, this::lateness);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Channel channel : channels.all()) {
            Gauge.builder("chargebridge.report.late.seconds", () -> lateness.get()
                            .map(all -> all.getOrDefault(channel.name(), Duration.ZERO)
                                            .toMillis()
                                    / 1000.0)
                            .orElse(Double.NaN))
                    .tag("channel", channel.name())
                    .description("How long ago a status report should have been made that is not; 0 where none is owed")
                    .register(registry);
        }
    }

    private Map<String, Duration> lateness() {
        Instant now = clock.instant();
        Map<String, Duration> late = new HashMap<>();
        for (Channel channel : channels.all()) {
            owed(channel, now).ifPresent(cutOff -> late.put(channel.name(), Duration.between(cutOff, now)));
        }
        return late;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        for (Channel channel : channels.all()) {
            owed(channel, clock.instant().minus(settings.failsFor()))
                    .ifPresent(cutOff -> holding.add(Finding.of(
                                    Kind.REPORT_LATE,
                                    channel.name(),
                                    channel.name(),
                                    TIME.format(cutOff.atZone(channel.zone())))
                            .at(channel.name())));
        }
        return holding;
    }

    /** The cut-off of the report that a channel should have by then and has not; empty where there is none. */
    Optional<Instant> owed(Channel channel, Instant by) {
        return reports.since(channel.name())
                .flatMap(since -> FireTimes.latest(channel.reports().statusCrons(), channel.zone(), since, by))
                .filter(cutOff -> channel.reports().writeEmpty() || reports.hasChanges(channel.name(), cutOff));
    }
}
