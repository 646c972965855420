package org.chargebridge.settlement;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.Currency;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementEntries;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementGaps;
import org.chargebridge.recurring.ApiSettings;

/** Fetches settlements into a real ledger; the Report API's answers are given by the test, from a feed of its own. */
public final class Ledgers {

    public static final String MSN = "123456";
    public static final String LEDGER = "302321";

    private final TestClock clock;
    private final SettlementPlan plan;
    private final SettlementAnswers answers;
    private final List<Line> funds = new ArrayList<>();
    private final List<Line> fees = new ArrayList<>();
    private List<String> handles = List.of("api:" + MSN);
    private int pageSize = 1_000;
    private boolean datesOpen;
    private long balance;
    private long feeBalance;

    /** An entry of the feed, as the API writes it. */
    private record Line(String date, String json) {}

    public Ledgers(LedgerDatabase database, TestClock clock, Channel... channels) {
        this(database, clock, "http://127.0.0.1:1", channels);
    }

    Ledgers(LedgerDatabase database, TestClock clock, String api, Channel... channels) {
        this.clock = clock;
        List<SalesUnit> units = List.of(channels).stream()
                .map(Channel::msn)
                .distinct()
                .map(msn -> new SalesUnit(msn, Currency.NOK, "id", "secret", "key"))
                .toList();
        Channels configured = new Channels(List.of(channels), units);
        SettlementFeeds feeds = new SettlementFeeds(database.jdbc(), clock);
        SettlementDates dates = new SettlementDates(database.jdbc(), clock);
        ApiSettings settings = ApiSettings.of(URI.create(api));
        plan = new SettlementPlan(
                feeds, dates, configured, new SettlementSwitch(settings, configured), database.transactions());
        SettlementSettings rhythm = new SettlementSettings(
                Optional.empty(), Duration.ofMinutes(50), Duration.ofMinutes(30), Duration.ofMinutes(10));
        answers = new SettlementAnswers(
                feeds,
                new FeedPages(
                        feeds,
                        new SettlementGaps(database.jdbc(), clock),
                        new SettlementEntries(database.dataSource(), clock),
                        rhythm,
                        database.transactions(),
                        clock),
                dates,
                new SettlementTroubles(clock),
                settings,
                rhythm,
                database.transactions(),
                clock);
    }

    public Ledgers handles(String... msns) {
        handles = List.of(msns).stream().map(msn -> "api:" + msn).toList();
        return this;
    }

    public Ledgers pageSize(int size) {
        pageSize = size;
        return this;
    }

    /** Days do not close any more. */
    public Ledgers datesStayOpen(boolean open) {
        datesOpen = open;
        return this;
    }

    public Ledgers entry(String date, String type, long amount, String pspReference, String reference) {
        return entry(date, type, amount, pspReference, reference, MSN);
    }

    /** @param msn empty for an entry of the whole ledger */
    public Ledgers entry(String date, String type, long amount, String pspReference, String reference, String msn) {
        funds.add(line(date, type, amount, pspReference, reference, msn, balance));
        balance += amount;
        return this;
    }

    /** An entry of the fees, which have a feed of their own. */
    public Ledgers fee(String date, String type, long amount, String pspReference, String reference, String msn) {
        fees.add(line(date, type, amount, pspReference, reference, msn, feeBalance));
        feeBalance += amount;
        return this;
    }

    private static Line line(
            String date,
            String type,
            long amount,
            String pspReference,
            String reference,
            String msn,
            long balanceBefore) {
        String handle = msn.isEmpty() ? "null" : "\"api:" + msn + "\"";
        return new Line(
                date,
                """
                {"pspReference":"%s","time":"%sT10:00:00+01:00","ledgerDate":"%s","entryType":"%s","reference":"%s",
                 "currency":"NOK","amount":%d,"balanceBefore":%d,"balanceAfter":%d,"recipientHandle":%s}
                """
                        .formatted(
                                pspReference,
                                date,
                                date,
                                type,
                                reference,
                                amount,
                                balanceBefore,
                                balanceBefore + amount,
                                handle));
    }

    /** Money to the bank: what fees leave of the balance. */
    public Ledgers payout(String date, int number, long fees) {
        if (fees > 0) {
            entry(date, "fees-retained", -fees, "F" + number, "", "");
        }
        return entry(date, "payout-scheduled", -balance, LEDGER + "-" + number, "Utb. Demo Vippsnr " + number, "");
    }

    /** The balance jumps without an entry. */
    public Ledgers gap(long by) {
        balance += by;
        return this;
    }

    /** Everything that is due, with the answers of an API that holds the feed; returns how many calls there were. */
    public int fetch() {
        int calls = 0;
        for (Optional<SettlementCall> call = next(); call.isPresent(); call = next()) {
            answers.record(call.get(), 200, Map.of(), body(call.get()).getBytes(StandardCharsets.UTF_8));
            calls++;
        }
        return calls;
    }

    /**
     * The next call alone.
     *
     * @param twice whether another node had asked at the same moment, so that its answer comes a second time
     * @return whether one was due
     */
    public boolean fetchOne(boolean twice) {
        Optional<SettlementCall> call = next();
        for (int answer = 0; call.isPresent() && answer < (twice ? 2 : 1); answer++) {
            answers.record(call.get(), 200, Map.of(), body(call.get()).getBytes(StandardCharsets.UTF_8));
        }
        return call.isPresent();
    }

    /** What was not paid out yet, as the API shows it. */
    public long balance() {
        return balance;
    }

    Optional<SettlementCall> next() {
        return plan.next(MSN);
    }

    SettlementAnswers answers() {
        return answers;
    }

    /** What the API answers to a call. */
    String body(SettlementCall call) {
        List<Line> feed = call.path().contains("/fees/") ? fees : funds;
        if (call.about() instanceof SettlementCall.NextPage page) {
            int from = from(page.feed().cursor());
            int to = Math.min(feed.size(), from + pageSize);
            return page(feed.subList(from, to), Integer.toString(to), false, to == feed.size());
        }
        if (call.about() instanceof SettlementCall.Day day) {
            List<Line> lines = feed.stream()
                    .filter(line -> line.date().equals(day.date().date().toString()))
                    .toList();
            int from = from(day.date().cursor());
            int to = Math.min(lines.size(), from + pageSize);
            return page(lines.subList(from, to), Integer.toString(to), to < lines.size(), datesOpen);
        }
        return """
               {"cursor":"","items":[{"ledgerId":"%s","currency":"NOK",
                "payoutBankAccount":{"scheme":"BBAN:NO","id":"86011117947"},
                "owner":{"scheme":"business:NO:ORG","id":"987654321"},
                "settlesForRecipientHandles":["%s"]}]}
               """
                .formatted(LEDGER, String.join("\",\"", handles));
    }

    private static int from(String cursor) {
        return cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    }

    private static String page(List<Line> lines, String cursor, boolean hasMore, boolean tryLater) {
        return "{\"cursor\":\"" + cursor + "\",\"hasMore\":" + hasMore + ",\"tryLater\":" + tryLater + ",\"items\":["
                + String.join(",", lines.stream().map(Line::json).toList()) + "]}";
    }

    /** Time passes, and everything that is due then is fetched. */
    public int fetchAfter(Duration time) {
        clock.advance(time);
        return fetch();
    }
}
