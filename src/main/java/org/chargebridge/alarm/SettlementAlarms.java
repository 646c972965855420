package org.chargebridge.alarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.LedgerOwner;
import org.chargebridge.charge.OneLine;
import org.chargebridge.ledger.Alarm.Amount;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.Reconciliations;
import org.chargebridge.ledger.Reconciliations.Found;
import org.chargebridge.ledger.Reconciliations.Last;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.Standing;
import org.springframework.stereotype.Component;

/** Settlements that cannot be read or have a gap, and what does not agree with them. */
@Component
class SettlementAlarms implements AlarmSource {

    /** The feed may be behind what the API counts; for so long it is nobody's concern. */
    private static final Duration DIFFERS_FOR = Duration.ofDays(1);

    private final SettlementFeeds feeds;
    private final SettlementDates dates;
    private final Reconciliations reconciliations;
    private final Channels channels;
    private final AlarmSettings settings;
    private final Clock clock;

    SettlementAlarms(
            SettlementFeeds feeds,
            SettlementDates dates,
            Reconciliations reconciliations,
            Channels channels,
            AlarmSettings settings,
            Clock clock) {
        this.feeds = feeds;
        this.dates = dates;
        this.reconciliations = reconciliations;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        // The Report API may be hours late; that alone is nobody's concern.
        Instant longAgo = clock.instant().minus(settings.failsFor().multipliedBy(6));
        feeds.listingTroubles().stream()
                .filter(listing -> channels.hasSalesUnit(listing.msn()))
                .filter(listing -> !listing.since().isAfter(longAgo) || refusesKeys(listing.why()))
                .forEach(listing -> trouble(listing.why(), "sales unit " + listing.msn(), holding));
        for (Standing ledger : feeds.standings()) {
            boolean isRead = LedgerOwner.isRead(channels, ledger.salesUnits());
            boolean late = ledger.completeAt().filter(at -> at.isAfter(longAgo)).isEmpty();
            ledger.trouble()
                    .filter(why -> isRead && (late || refusesKeys(why)))
                    .ifPresent(why -> trouble(why, "ledger " + ledger.ledgerId(), holding));
            ledger.gapAt()
                    .ifPresent(entry ->
                            holding.add(Finding.of(Kind.SETTLEMENT_GAP, ledger.ledgerId(), ledger.ledgerId(), entry)));
        }
        dates.troubles().forEach(day -> day(day, longAgo, holding));
        for (Channel channel : channels.all()) {
            reconciliations.last(channel.name()).ifPresent(last -> {
                Found found = last.found();
                if (found.ours() > 0) {
                    holding.add(
                            difference(Kind.RECONCILIATION_DIFFERENCE, channel, last, found.ours(), found.oursMinor()));
                }
                if (found.others() > 0) {
                    holding.add(
                            difference(Kind.SETTLED_FOR_OTHERS, channel, last, found.others(), found.othersMinor()));
                }
            });
        }
        return holding;
    }

    private void day(SettlementDates.Trouble day, Instant longAgo, List<Finding> holding) {
        if (day.failingSince().filter(since -> !since.isAfter(longAgo)).isPresent()) {
            trouble(day.why(), day.date() + " of ledger " + day.ledgerId(), holding);
        } else if (day.differsSince()
                .filter(since -> !since.isAfter(clock.instant().minus(DIFFERS_FOR)))
                .isPresent()) {
            holding.add(Finding.of(Kind.SETTLEMENT_DAY_DIFFERS, day.ledgerId(), day.ledgerId(), day.date()));
        }
    }

    private static Finding difference(Kind kind, Channel channel, Last last, long places, long minor) {
        return Finding.of(kind, channel.name(), places, channel.name(), last.day())
                .at(channel.name())
                .with(Optional.of(new Amount(minor, channel.currency().name())));
    }

    private static void trouble(String why, String where, List<Finding> holding) {
        Kind kind = refusesKeys(why) ? Kind.SETTLEMENT_KEYS_REFUSED : Kind.SETTLEMENTS_FAIL;
        holding.add(Finding.of(kind, where, where, OneLine.marked(why)));
    }

    /** It begins with the HTTP status. */
    private static boolean refusesKeys(String why) {
        return why.startsWith("401") || why.startsWith("403");
    }
}
