package org.chargebridge.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.LedgerOwner;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.LeftBehind;
import org.chargebridge.ledger.LeftBehind.OfChannel;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.Standing;
import org.springframework.stereotype.Component;

/**
 * What nobody tells, follows or answers any more, because the settings were changed: a channel or sales unit was taken out
 * or given another name while its charges were open, a settlement ledger lost the channel that tells it, or
 * {@code public-url} was taken out while customers had links.
 */
@Component
class LeftBehindAlarms implements AlarmSource {

    private final LeftBehind left;
    private final SettlementFeeds feeds;
    private final Channels channels;

    /** Channels without open charges at an earlier look: whatever opens one again is told as a change. */
    private final Set<String> atRest = ConcurrentHashMap.newKeySet();

    LeftBehindAlarms(LeftBehind left, SettlementFeeds feeds, Channels channels) {
        this.left = left;
        this.feeds = feeds;
        this.channels = channels;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        left.channels().stream()
                .filter(channel -> !channels.has(channel))
                .forEach(channel -> channel(channel, holding));
        left.salesUnits().stream().filter(msn -> !channels.hasSalesUnit(msn)).forEach(msn -> {
            long open = left.open(msn);
            if (open > 0) {
                holding.add(Finding.of(Kind.SALES_UNIT_GONE, msn, msn, open));
            }
        });
        if (channels.all().stream()
                .allMatch(channel -> channel.agreements().publicUrl().isEmpty())) {
            long offers = left.offers();
            if (offers > 0) {
                holding.add(Finding.of(Kind.OFFERS_UNREACHABLE, "public-url", offers));
            }
        }
        if (channels.all().stream().anyMatch(channel -> channel.settlement().isPresent())) {
            for (Standing ledger : feeds.standings()) {
                if (isToldToNobody(ledger) && left.hasUntoldMoney(ledger.ledgerId())) {
                    holding.add(Finding.of(
                            Kind.SETTLEMENT_NOT_TOLD,
                            ledger.ledgerId(),
                            ledger.ledgerId(),
                            String.join(", ", ledger.salesUnits())));
                }
            }
        }
        return holding;
    }

    private void channel(String channel, List<Finding> holding) {
        OfChannel what = left.of(channel, !atRest.contains(channel));
        if (what.open() == 0) {
            atRest.add(channel);
        }
        if (!what.isNothing()) {
            holding.add(Finding.of(Kind.CHANNEL_GONE, channel, channel, what.open(), what.untold(), what.files())
                    .at(channel));
        }
    }

    private boolean isToldToNobody(Standing ledger) {
        return LedgerOwner.isAbandoned(channels, ledger.salesUnits())
                || LedgerOwner.isMissing(channels, ledger.salesUnits());
    }
}
