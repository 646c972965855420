package org.chargebridge.reporting;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.alarm.AlarmSettings;
import org.chargebridge.alarm.AlarmSource;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.FireTimes;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.Reports;
import org.springframework.stereotype.Component;

/** Status reports whose time has passed and that are not made. */
@Component
class ReportLateness implements AlarmSource {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Reports reports;
    private final Channels channels;
    private final AlarmSettings settings;
    private final Clock clock;

    ReportLateness(Reports reports, Channels channels, AlarmSettings settings, Clock clock) {
        this.reports = reports;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
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
