package org.chargebridge.alarm;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.DueDates;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmFacts;
import org.springframework.stereotype.Component;

/** Charges that wait although this is the last day on which they can be sent for their due date. */
@Component
class DueDateAlarms implements AlarmSource {

    private final AlarmFacts facts;
    private final Channels channels;
    private final AlarmSettings settings;
    private final Clock clock;

    DueDateAlarms(AlarmFacts facts, Channels channels, AlarmSettings settings, Clock clock) {
        this.facts = facts;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> holding() {
        Instant now = clock.instant();
        List<Finding> holding = new ArrayList<>();
        for (Channel channel : channels.all()) {
            LocalDate last = DueDates.earliest(channel, now);
            facts.unsent(channel.name(), channel.msn(), last, now.minus(settings.failsFor()))
                    .ifPresent(unsent -> holding.add(Finding.of(
                                    Kind.DUE_DATE_AT_RISK,
                                    channel.name() + "/" + last,
                                    unsent.lines(),
                                    channel.name(),
                                    last,
                                    channel.msn())
                            .at(channel.name())
                            .with(unsent.amount())));
        }
        return holding;
    }
}
