package org.chargebridge.settlement;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.PayoutDay;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.SettlementEntries;
import org.chargebridge.ledger.SettlementEntries.Entry;
import org.chargebridge.ledger.SettlementEntries.Payout;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.Feed;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.chargebridge.ledger.SettlementGaps;
import org.chargebridge.recurring.EntryPage;
import org.chargebridge.recurring.ReportRequests;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the pages of a settlement ledger's feed, each whole or not at all, with the cursor behind it. An entry that the feed gives
 * again is written once, and a feed that gives nothing else is not followed round and round.
 */
@Component
class FeedPages {

    private static final Logger LOG = LoggerFactory.getLogger(FeedPages.class);

    private final SettlementFeeds feeds;
    private final SettlementGaps gaps;
    private final SettlementEntries entries;
    private final SettlementSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final EmptyPages emptyPages = new EmptyPages();

    FeedPages(
            SettlementFeeds feeds,
            SettlementGaps gaps,
            SettlementEntries entries,
            SettlementSettings settings,
            TransactionTemplate transactions,
            Clock clock) {
        this.feeds = feeds;
        this.gaps = gaps;
        this.entries = entries;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @return why the feed leads nowhere; empty where it does
     * @throws UnreadableAnswer for an entry in another currency than its ledger's: their amounts make no sum
     */
    Optional<String> take(Feed feed, EntryPage page) throws UnreadableAnswer {
        for (EntryPage.Entry entry : page.entries()) {
            if (!entry.currency().equals(feed.currency())) {
                throw new UnreadableAnswer("entry " + entry.pspReference() + " of " + word(feed) + " is in "
                        + entry.currency() + ", its ledger in " + feed.currency());
            }
        }
        List<Entry> read = page.entries().stream().map(FeedPages::entry).toList();
        String cursor = page.cursor().isEmpty() ? feed.cursor() : page.cursor();
        Optional<String> trouble = transactions.execute(tx -> write(feed, cursor, page.tryLater(), read));
        Killpoint.at("settlement.after-cursor-commit");
        return trouble;
    }

    private Optional<String> write(Feed feed, String cursor, boolean tryLater, List<Entry> read) {
        List<Entry> fresh = fresh(feed, read);
        boolean onlyAgain = fresh.isEmpty() && !read.isEmpty() && !tryLater;
        boolean leadsOn = read.isEmpty() && !tryLater && !cursor.equals(feed.cursor());
        boolean atEnd = tryLater || read.isEmpty() && !leadsOn;
        if (!feeds.pageRead(
                feed,
                cursor,
                fresh.size(),
                BalanceCheck.last(feed.balanceMinor(), fresh),
                atEnd,
                settings.readInterval())) {
            return Optional.empty();
        }
        if (onlyAgain) {
            return nowhere(feed, "gives nothing but entries that were read before");
        }
        if (emptyPages.areEndless(feed.ledgerId() + " " + word(feed), leadsOn)) {
            return nowhere(feed, "gives one page after the other without entries");
        }
        entries.append(feed, fresh, payouts(feed, fresh), zone(feed.currency()));
        checkBalance(feed, fresh);
        Killpoint.at("settlement.mid-page-commit");
        tell(feed, read.size(), fresh.size());
        return Optional.empty();
    }

    private Optional<String> nowhere(Feed feed, String what) {
        String why = "the feed of " + word(feed) + " " + what;
        feeds.failed(feed, why, clock.instant().plus(settings.failurePause()));
        return Optional.of(why);
    }

    private List<Entry> fresh(Feed feed, List<Entry> read) {
        Set<Integer> again = entries.again(feed, read);
        List<Entry> fresh = new ArrayList<>(read.size());
        for (int i = 0; i < read.size(); i++) {
            if (!again.contains(i)) {
                fresh.add(read.get(i));
            }
        }
        return fresh;
    }

    private static void tell(Feed feed, int read, int fresh) {
        if (fresh > 0) {
            LOG.info(
                    "Settlement ledger {}: {} entries of {} read, {} in all{}",
                    feed.ledgerId(),
                    fresh,
                    word(feed),
                    feed.lastNumber() + fresh,
                    read == fresh ? "" : "; " + (read - fresh) + " that the feed gave again are counted once");
        }
    }

    private static String word(Feed feed) {
        return feed.topic().name().toLowerCase(Locale.ROOT);
    }

    private static Entry entry(EntryPage.Entry read) {
        return new Entry(
                read.pspReference(),
                read.time(),
                read.ledgerDate(),
                read.entryType(),
                read.reference(),
                read.currency(),
                read.amountMinor(),
                read.balanceBefore(),
                read.balanceAfter(),
                read.recipientHandle(),
                ReportRequests.msn(read.recipientHandle()));
    }

    private static List<Payout> payouts(Feed feed, List<Entry> read) {
        List<Payout> payouts = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Entry entry = read.get(i);
            if (feed.topic() == Topic.FUNDS && SettlementEntries.isPayout(entry)) {
                payouts.add(new Payout(feed.lastNumber() + i + 1, entry, bankDate(feed.currency(), entry)));
            }
        }
        return payouts;
    }

    /** The bank's day is a guess at best in a currency that no market of ours pays in. */
    private static LocalDate bankDate(String currency, Entry entry) {
        return Currency.ofCode(currency)
                .map(known -> PayoutDay.expected(known, entry.ledgerDate()))
                .orElse(entry.ledgerDate());
    }

    private void checkBalance(Feed feed, List<Entry> read) {
        OptionalInt gap = BalanceCheck.firstGap(feed.balanceMinor(), read);
        if (gap.isEmpty()) {
            return;
        }
        long number = feed.lastNumber() + gap.getAsInt() + 1;
        if (!gaps.found(feed, number)) {
            return;
        }
        if (feed.topic() == Topic.FUNDS) {
            LOG.error(
                    "Settlement ledger {}: the balance does not follow at entry {} of {} ({}): no report is made beyond it."
                            + " See docs/operating/fetch-settlements.md",
                    feed.ledgerId(),
                    number,
                    read.get(gap.getAsInt()).ledgerDate(),
                    read.get(gap.getAsInt()).entryType());
        } else {
            LOG.warn(
                    "Settlement ledger {}: the balance of its fees does not follow at entry {}; reports do not add fees,"
                            + " so they go on",
                    feed.ledgerId(),
                    number);
        }
    }

    /** In which days of a ledger begin. */
    static ZoneId zone(String currency) {
        return Currency.ofCode(currency).map(Currency::marketZone).orElse(ZoneOffset.UTC);
    }
}
