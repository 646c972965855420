package org.chargebridge.settlement;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.PayoutDay;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementDates.OpenDate;
import org.chargebridge.ledger.SettlementDates.Outcome;
import org.chargebridge.ledger.SettlementEntries;
import org.chargebridge.ledger.SettlementEntries.Entry;
import org.chargebridge.ledger.SettlementEntries.Payout;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.Feed;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.EntryPage;
import org.chargebridge.recurring.LedgerPage;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.ReportRequests;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each answer of the Report API means. A page is written whole or not at all, with the cursor behind it; what was
 * not answered well is asked again later, and nothing is concluded.
 */
@Component("settlementAnswers")
public class SettlementAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementAnswers.class);

    /** A day this young may not be there yet; for an older one the keys have no access. */
    private static final int YOUNG_DAYS = 3;

    private final SettlementFeeds feeds;
    private final SettlementEntries entries;
    private final SettlementDates dates;
    private final SettlementTroubles troubles;
    private final ApiSettings api;
    private final SettlementSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;

    SettlementAnswers(
            SettlementFeeds feeds,
            SettlementEntries entries,
            SettlementDates dates,
            SettlementTroubles troubles,
            ApiSettings api,
            SettlementSettings settings,
            TransactionTemplate transactions,
            Clock clock) {
        this.feeds = feeds;
        this.entries = entries;
        this.dates = dates;
        this.troubles = troubles;
        this.api = api;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** An HTTP answer came. */
    public void record(SettlementCall call, int status, Map<String, Object> headers, byte[] body) {
        Killpoint.at("settlement.after-page-fetch");
        try {
            if (status == 200) {
                take(call, body);
                troubles.over(call);
            } else if (status == 404 && isYoung(call)) {
                notThereYet(call);
            } else {
                Duration pause = status == 429
                        ? RetryAfter.parse(headers, clock.instant(), api.retryAfterCap())
                        : settings.failurePause();
                failed(call, status + " " + Problem.of(status, body).summary(), pause);
            }
        } catch (UnreadableAnswer unreadable) {
            failed(call, "200, but " + unreadable.getMessage(), settings.failurePause());
        }
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(SettlementCall call, Throwable failure) {
        failed(call, failure.toString(), settings.failurePause());
    }

    private void take(SettlementCall call, byte[] body) throws UnreadableAnswer {
        if (call.about() instanceof SettlementCall.NextPage page) {
            feedPage(page.feed(), EntryPage.parse(body));
        } else if (call.about() instanceof SettlementCall.Day day) {
            dayPage(day.date(), EntryPage.parse(body));
        } else {
            ledgers(call.msn(), LedgerPage.parse(body));
        }
    }

    private void ledgers(String msn, LedgerPage page) {
        transactions.executeWithoutResult(tx -> {
            for (LedgerPage.Ledger ledger : page.ledgers()) {
                if (feeds.seen(msn, shown(ledger))) {
                    LOG.info("Settlement ledger {} was found; sales unit {} reads it", ledger.ledgerId(), msn);
                }
            }
            feeds.listed(msn, page.cursor(), settings.readInterval());
        });
    }

    private static SettlementLedger shown(LedgerPage.Ledger ledger) {
        List<SettlementLedger.SalesUnit> units = ledger.handles().stream()
                .filter(handle -> !ReportRequests.msn(handle).isEmpty())
                .map(handle -> new SettlementLedger.SalesUnit(
                        ReportRequests.msn(handle), ledger.names().getOrDefault(handle, "")))
                .toList();
        return new SettlementLedger(
                ledger.ledgerId(),
                ledger.currency(),
                ledger.owner().map(LedgerPage.Identifier::scheme),
                ledger.owner().map(LedgerPage.Identifier::id),
                ledger.payoutAccount().map(LedgerPage.Identifier::scheme),
                ledger.payoutAccount().map(LedgerPage.Identifier::id),
                units);
    }

    private void feedPage(Feed feed, EntryPage page) {
        List<Entry> read = page.entries().stream().map(SettlementAnswers::entry).toList();
        // A feed that goes on from where it was asked would be asked for ever.
        boolean atEnd = page.tryLater() || read.isEmpty();
        String cursor = page.cursor().isEmpty() ? feed.cursor() : page.cursor();
        boolean written = Boolean.TRUE.equals(transactions.execute(tx -> {
            if (!feeds.pageRead(
                    feed,
                    cursor,
                    read.size(),
                    BalanceCheck.last(feed.balanceMinor(), read),
                    atEnd,
                    settings.readInterval())) {
                return false;
            }
            entries.append(feed, read, payouts(feed, read), zone(feed.currency()));
            checkBalance(feed, read);
            Killpoint.at("settlement.mid-page-commit");
            return true;
        }));
        Killpoint.at("settlement.after-cursor-commit");
        if (written && !read.isEmpty()) {
            LOG.info(
                    "Settlement ledger {}: {} entries of {} read, {} in all",
                    feed.ledgerId(),
                    read.size(),
                    feed.topic().name().toLowerCase(java.util.Locale.ROOT),
                    feed.lastNumber() + read.size());
        }
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
        if (!feeds.gapFound(feed, number)) {
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

    private void dayPage(OpenDate day, EntryPage page) {
        BigDecimal sum = page.entries().stream()
                .map(entry -> BigDecimal.valueOf(entry.amountMinor()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        transactions.executeWithoutResult(tx -> {
            if (page.hasMore() && !page.cursor().isEmpty()) {
                dates.counted(day, page.cursor(), page.entries().size(), sum);
            } else if (page.tryLater()) {
                dates.stillOpen(day, settings.dateInterval());
            } else if (dates.last(day, page.entries().size(), sum, settings.dateInterval()) == Outcome.CLOSED) {
                LOG.info(
                        "Settlement ledger {}: {}{} is closed, and adds up",
                        day.ledgerId(),
                        day.topic() == Topic.FUNDS ? "" : "of the fees, ",
                        day.date());
            }
        });
    }

    private boolean isYoung(SettlementCall call) {
        return call.about() instanceof SettlementCall.Day day
                && day.date()
                        .date()
                        .isAfter(LocalDate.ofInstant(
                                        clock.instant(), zone(day.date().currency()))
                                .minusDays(YOUNG_DAYS + 1L));
    }

    private void notThereYet(SettlementCall call) {
        if (call.about() instanceof SettlementCall.Day day) {
            transactions.executeWithoutResult(tx -> dates.stillOpen(day.date(), settings.dateInterval()));
        }
    }

    private static ZoneId zone(String currency) {
        return Currency.ofCode(currency).map(Currency::marketZone).orElse(ZoneOffset.UTC);
    }

    private void failed(SettlementCall call, String why, Duration pause) {
        Instant next = clock.instant().plus(pause);
        transactions.executeWithoutResult(tx -> {
            if (call.about() instanceof SettlementCall.NextPage page) {
                feeds.failed(page.feed(), why, next);
            } else if (call.about() instanceof SettlementCall.Day day) {
                dates.failed(day.date(), why, next);
            } else {
                feeds.listingFailed(call.msn(), why, next);
            }
        });
        troubles.failed(call, why);
    }
}
