package org.chargebridge.settlement;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementDates.OpenDate;
import org.chargebridge.ledger.SettlementDates.Outcome;
import org.chargebridge.ledger.SettlementFeeds;
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
import org.springframework.dao.DataIntegrityViolationException;
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

    /** More pages of ledgers than any sales unit has. */
    private static final int LISTING_PAGES_MAX = 50;

    private final SettlementFeeds feeds;
    private final FeedPages pages;
    private final SettlementDates dates;
    private final SettlementTroubles troubles;
    private final ApiSettings api;
    private final SettlementSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final EmptyPages emptyPages = new EmptyPages();
    private final Map<String, Integer> listingPages = new ConcurrentHashMap<>();
    /** Sales units whose last answer was 401. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    SettlementAnswers(
            SettlementFeeds feeds,
            FeedPages pages,
            SettlementDates dates,
            SettlementTroubles troubles,
            ApiSettings api,
            SettlementSettings settings,
            TransactionTemplate transactions,
            Clock clock) {
        this.feeds = feeds;
        this.pages = pages;
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
        if (isTokenOver(call, status)) {
            return;
        }
        try {
            if (status == 200) {
                take(call, body).ifPresentOrElse(why -> troubles.failed(call, why), () -> troubles.over(call));
            } else if (status == 404 && isYoung(call)) {
                notThereYet(call);
            } else {
                Optional<Duration> asked = RetryAfter.asked(status, headers, clock.instant(), api.retryAfterCap());
                Duration own = status == 429 ? Duration.ZERO : settings.failurePause();
                failed(call, Problem.of(status, body).summary(), RetryAfter.atLeast(own, asked));
                asked.ifPresent(pause -> rest(call.msn(), pause));
            }
        } catch (UnreadableAnswer unreadable) {
            failed(call, "200, but " + unreadable.getMessage(), settings.failurePause());
        } catch (DataIntegrityViolationException unstorable) {
            // Of one ledger: the others of the sales unit are read on.
            failed(call, "200, but it cannot be stored: " + unstorable.getMostSpecificCause(), settings.failurePause());
        }
    }

    /** A first 401 says that a token is over: the client has thrown it away, and the next call, with a new one, asks the same. */
    private boolean isTokenOver(SettlementCall call, int status) {
        if (status != 401) {
            refused.remove(call.msn());
            return false;
        }
        return refused.add(call.msn());
    }

    /** What is too much for one question is too much for the others, too: all that these keys read waits. */
    private void rest(String msn, Duration pause) {
        Instant until = clock.instant().plus(pause);
        transactions.executeWithoutResult(tx -> {
            feeds.rest(msn, until);
            dates.rest(msn, until);
        });
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(SettlementCall call, Throwable failure) {
        failed(call, "no whole answer: " + failure.getMessage(), settings.failurePause());
    }

    /** @return what is wrong although the answer could be taken */
    private Optional<String> take(SettlementCall call, byte[] body) throws UnreadableAnswer {
        if (call.about() instanceof SettlementCall.NextPage page) {
            return pages.take(page.feed(), EntryPage.parse(body));
        }
        if (call.about() instanceof SettlementCall.Day day) {
            dayPage(day.date(), EntryPage.parse(body));
        } else {
            ledgers(call.msn(), LedgerPage.parse(body));
        }
        return Optional.empty();
    }

    private void ledgers(String msn, LedgerPage page) throws UnreadableAnswer {
        int read = page.cursor().isEmpty() ? 0 : listingPages.merge(msn, 1, Integer::sum);
        if (read == 0 || read > LISTING_PAGES_MAX) {
            listingPages.remove(msn);
        }
        if (read > LISTING_PAGES_MAX) {
            throw new UnreadableAnswer("the list of ledgers does not end");
        }
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

    private void dayPage(OpenDate day, EntryPage page) throws UnreadableAnswer {
        BigDecimal sum = page.entries().stream()
                .map(entry -> BigDecimal.valueOf(entry.amountMinor()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean more = page.hasMore() && !page.cursor().isEmpty();
        boolean endless = emptyPages.areEndless(
                day.ledgerId() + " " + day.topic() + " " + day.date(),
                more && page.entries().isEmpty());
        if (endless || more && page.cursor().equals(day.cursor())) {
            throw new UnreadableAnswer("the pages of " + day.date() + " lead nowhere");
        }
        transactions.executeWithoutResult(tx -> {
            // With more entries than the feed gave the day differs, whatever else comes of it, and it may not end.
            if (more && !dates.exceeds(day, page.entries().size())) {
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
                                        clock.instant(),
                                        FeedPages.zone(day.date().currency()))
                                .minusDays(YOUNG_DAYS + 1L));
    }

    private void notThereYet(SettlementCall call) {
        if (call.about() instanceof SettlementCall.Day day) {
            transactions.executeWithoutResult(tx -> dates.stillOpen(day.date(), settings.dateInterval()));
        }
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
