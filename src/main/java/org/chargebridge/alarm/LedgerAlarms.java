package org.chargebridge.alarm;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OneLine;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.Invariants;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.WebhookStandings;
import org.springframework.stereotype.Component;

/** Files that do not reach the ERP, what the last check of the invariants found, and webhooks that do not work. */
@Component
class LedgerAlarms implements AlarmSource {

    private final Invariants invariants;
    private final WebhookStandings webhooks;
    private final OutboundFiles deliveries;
    private final Channels channels;
    private final AlarmSettings settings;
    private final Clock clock;

    LedgerAlarms(
            Invariants invariants,
            WebhookStandings webhooks,
            OutboundFiles deliveries,
            Channels channels,
            AlarmSettings settings,
            Clock clock) {
        this.invariants = invariants;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        Instant longAgo = clock.instant().minus(settings.failsFor());
        deliveries.backlog().stream()
                .filter(channel ->
                        channels.has(channel.channel()) && !channel.oldest().isAfter(longAgo))
                .forEach(channel -> holding.add(Finding.of(
                                Kind.DELIVERY_LATE,
                                channel.channel(),
                                channel.files(),
                                channel.channel(),
                                channel.oldest().truncatedTo(ChronoUnit.MINUTES))
                        .at(channel.channel())));
        for (Invariants.Found found : invariants.last()) {
            if (found.count() > 0) {
                String name = found.invariant().name();
                holding.add(Finding.of(Kind.INVARIANT_BROKEN, name, name, found.count()));
            }
        }
        for (WebhookStandings.Standing standing : webhooks.all()) {
            standing.trouble()
                    .filter(why -> channels.hasSalesUnit(standing.msn()))
                    .ifPresent(why -> holding.add(
                            Finding.of(Kind.WEBHOOKS_FAIL, standing.msn(), standing.msn(), OneLine.marked(why))));
        }
        return holding;
    }
}
