package org.chargebridge.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.Settlement;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementDates.OpenDate;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.Feed;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.chargebridge.recurring.ReportRequests;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What to ask the Report API next: which ledgers there are, what is new on them, and which of their days are closed; one
 * request at a time. Each of the three has its turn after the one before it, so that none waits for ever behind another that
 * is due again as soon as it was answered.
 */
@Component("settlementPlan")
public class SettlementPlan {

    private final SettlementFeeds feeds;
    private final SettlementDates dates;
    private final Channels channels;
    private final SettlementSwitch settlementSwitch;
    private final TransactionTemplate transactions;
    /** Which kind of question is the next one's turn, by sales unit. */
    private final Map<String, Integer> turns = new ConcurrentHashMap<>();

    SettlementPlan(
            SettlementFeeds feeds,
            SettlementDates dates,
            Channels channels,
            SettlementSwitch settlementSwitch,
            TransactionTemplate transactions) {
        this.feeds = feeds;
        this.dates = dates;
        this.channels = channels;
        this.settlementSwitch = settlementSwitch;
        this.transactions = transactions;
    }

    /** The next call with a sales unit's keys; empty when nothing is due, or nobody asks for settlement reports. */
    public Optional<SettlementCall> next(String msn) {
        Optional<LocalDate> from = postedFrom(msn);
        if (from.isEmpty() || settlementSwitch.offBecause().isPresent()) {
            return Optional.empty();
        }
        return transactions.execute(status -> plan(msn, from.get()));
    }

    /**
     * The first day that a channel of the sales unit, or of another one on the same ledger, posts. A sales unit that its last
     * channel has left is read on, so that what is paid out still is not lost unseen.
     */
    private Optional<LocalDate> postedFrom(String msn) {
        List<Channel> own = channels.all().stream()
                .filter(channel -> channel.msn().equals(msn))
                .toList();
        boolean settles = own.stream().anyMatch(channel -> channel.settlement().isPresent());
        if (!settles && !(own.isEmpty() && feeds.knows(msn))) {
            return Optional.empty();
        }
        return channels.all().stream()
                .flatMap(channel -> channel.settlement().stream())
                .map(Settlement::from)
                .min(LocalDate::compareTo);
    }

    private Optional<SettlementCall> plan(String msn, LocalDate from) {
        List<Supplier<Optional<SettlementCall>>> kinds = List.of(
                () -> feeds.listingDue(msn).map(cursor -> ledgers(msn, cursor)),
                () -> feeds.due(msn).map(feed -> page(msn, feed)),
                () -> dates.due(msn, from).map(day -> day(msn, day)));
        int first = turns.getOrDefault(msn, 0);
        for (int i = 0; i < kinds.size(); i++) {
            int kind = (first + i) % kinds.size();
            Optional<SettlementCall> call = kinds.get(kind).get();
            if (call.isPresent()) {
                turns.put(msn, kind + 1);
                return call;
            }
        }
        return Optional.empty();
    }

    private static SettlementCall ledgers(String msn, String cursor) {
        return new SettlementCall(
                msn,
                ReportRequests.LEDGERS_PATH,
                ReportRequests.ledgersQuery(msn, cursor),
                new SettlementCall.Ledgers());
    }

    private static ReportRequests.Topic topic(Topic topic) {
        return switch (topic) {
            case FUNDS -> ReportRequests.Topic.FUNDS;
            case FEES -> ReportRequests.Topic.FEES;
        };
    }

    private static SettlementCall page(String msn, Feed feed) {
        return new SettlementCall(
                msn,
                ReportRequests.feedPath(feed.ledgerId(), topic(feed.topic())),
                ReportRequests.pageQuery(feed.cursor()),
                new SettlementCall.NextPage(feed));
    }

    private static SettlementCall day(String msn, OpenDate day) {
        return new SettlementCall(
                msn,
                ReportRequests.datePath(day.ledgerId(), topic(day.topic()), day.date()),
                ReportRequests.pageQuery(day.cursor()),
                new SettlementCall.Day(day));
    }
}
