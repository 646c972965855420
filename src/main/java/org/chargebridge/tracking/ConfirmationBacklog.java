package org.chargebridge.tracking;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.alarm.AlarmSource;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.Lookups;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How long confirming what was accepted will take within the budget of GETs: the metric
 * {@code confirmation_backlog_seconds}, and one warning when a due date comes first (ER6).
 */
@Component
class ConfirmationBacklog implements AlarmSource {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationBacklog.class);

    private final Lookups lookups;
    private final Channels channels;
    private final TrackingSettings settings;
    private final Clock clock;
    private final Map<String, Double> seconds = new ConcurrentHashMap<>();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    ConfirmationBacklog(
            Lookups lookups, Channels channels, TrackingSettings settings, Clock clock, MeterRegistry meters) {
        this.lookups = lookups;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
        channels.salesUnits()
                .forEach(unit -> meters.gauge(
                        "confirmation_backlog_seconds",
                        List.of(Tag.of("msn", unit.msn())),
                        seconds,
                        backlog -> backlog.getOrDefault(unit.msn(), 0.0)));
    }

    /** Nothing waits to be looked up. */
    void none(String msn) {
        seconds.put(msn, 0.0);
        warned.remove(msn);
    }

    /** A due date that comes before what is due until then is confirmed. */
    private record Late(LocalDate due, Instant finished) {}

    /** Counts what waits. */
    void measure(SalesUnit unit) {
        SortedMap<LocalDate, Long> backlog = lookups.backlogByDue(unit.msn());
        late(unit, backlog)
                .filter(late -> warned.add(unit.msn()))
                .ifPresent(late -> LOG.warn(
                        "Confirming the charges of sales unit {} that are due until {} takes until about {}: raise"
                                + " chargebridge.tracking.gets-per-minute",
                        unit.msn(),
                        late.due(),
                        late.finished()));
        long lines = backlog.values().stream().mapToLong(Long::longValue).sum();
        seconds.put(unit.msn(), 60.0 * lines / settings.getsPerMinute());
    }

    /** Earliest due dates are confirmed first, so each must be met by what is due until then. */
    private Optional<Late> late(SalesUnit unit, SortedMap<LocalDate, Long> backlog) {
        long lines = 0;
        for (Map.Entry<LocalDate, Long> due : backlog.entrySet()) {
            lines += due.getValue();
            Instant starts =
                    due.getKey().atStartOfDay(unit.currency().marketZone()).toInstant();
            Instant finished = finished(lines);
            if (starts.isAfter(clock.instant()) && finished.isAfter(starts)) {
                return Optional.of(new Late(due.getKey(), finished));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        for (SalesUnit unit : channels.salesUnits()) {
            late(unit, lookups.backlogByDue(unit.msn()))
                    .ifPresent(late -> holding.add(Finding.of(
                            Kind.CONFIRMATION_LATE,
                            unit.msn(),
                            unit.msn(),
                            late.due(),
                            late.finished().truncatedTo(ChronoUnit.MINUTES))));
        }
        return holding;
    }

    /** When that many look-ups are done. */
    Instant finished(long lines) {
        return clock.instant().plusMillis(60_000 * lines / settings.getsPerMinute());
    }
}
