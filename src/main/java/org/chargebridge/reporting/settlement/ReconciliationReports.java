package org.chargebridge.reporting.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.Settlement;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.Reconciliations;
import org.chargebridge.ledger.Reconciliations.Found;
import org.chargebridge.ledger.Reconciliations.Kind;
import org.chargebridge.ledger.Reconciliations.Last;
import org.chargebridge.ledger.Reconciliations.Scope;
import org.chargebridge.ledger.Reconciliations.Totals;
import org.chargebridge.ledger.SettlementEntries;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.Settlements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says once a day, and once for each month, what files asked for, what became of it, what the API showed and what was
 * settled. What does not agree is named, with its likely cause and what to do; an operator is told when it begins and ends.
 */
@Component("reconciliationReports")
public class ReconciliationReports {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationReports.class);

    /** How far back a daily one looks. */
    private static final int DAYS = 92;

    /** Money is on a settlement ledger a second after it was captured; after this long it is missed. */
    private static final Duration UNDER_WAY = Duration.ofDays(3);

    /** From this day on a month has been settled as far as it will be soon. */
    private static final int MONTH_READY_ON = 4;

    private final Reconciliations reconciliations;
    private final Settlements settlements;
    private final SettlementEntries entries;
    private final OutboundFiles outboundFiles;
    private final Channels channels;
    private final LimitedTransactions transactions;
    private final Clock clock;

    ReconciliationReports(
            Reconciliations reconciliations,
            Settlements settlements,
            SettlementEntries entries,
            OutboundFiles outboundFiles,
            Channels channels,
            LimitedTransactions transactions,
            Clock clock) {
        this.reconciliations = reconciliations;
        this.settlements = settlements;
        this.entries = entries;
        this.outboundFiles = outboundFiles;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes those that are due and not made; may be called at any time and on any node.
     *
     * @throws IllegalArgumentException for a channel that is not configured
     */
    public void write(String channelName) {
        Channel channel = channels.named(channelName);
        Optional<Settlement> settings = channel.settlement();
        if (settings.isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), channel.zone());
        LocalDate from = settings.get().from();
        if (reconciliations
                .last(channelName)
                .filter(last -> last.day().equals(today))
                .isEmpty()) {
            matchLate(channel, from);
        }
        writeOnce(channel, Kind.DAY, later(from, today.minusDays(DAYS)), today);
        YearMonth month = YearMonth.from(today).minusMonths(1);
        if (today.getDayOfMonth() >= MONTH_READY_ON && !month.atEndOfMonth().isBefore(from)) {
            writeOnce(channel, Kind.MONTH, later(from, month.atDay(1)), month.atEndOfMonth());
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private void writeOnce(Channel channel, Kind kind, LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            return;
        }
        List<String> unknownOf =
                channel.settlement().flatMap(Settlement::unknownEntries).orElse(true)
                        ? List.of(channel.msn())
                        : List.of();
        Scope scope =
                new Scope(channel.name(), kind, first, last, clock.instant().minus(UNDER_WAY), unknownOf);
        transactions.execute("The reconciliation up to " + last, status -> {
            Optional<Last> before = reconciliations.last(channel.name());
            boolean begun = reconciliations.begin(scope);
            if (begun) {
                make(channel, scope, before);
            }
            return begun;
        });
    }

    /** An entry may have come before the look-up that showed the API's id of its charge, which tells whose it is. */
    private void matchLate(Channel channel, LocalDate from) {
        for (SettlementLedger ledger : settlements.ledgers(channel.name(), channel.msn())) {
            // In a transaction of its own: reports of the ledger wait for it, and not for the reconciliation.
            transactions.execute("Looking for the charges behind ledger " + ledger.ledgerId(), status -> {
                settlements.lock(channel.name(), ledger.ledgerId());
                entries.matchLate(ledger.ledgerId(), from);
                return true;
            });
        }
    }

    private void make(Channel channel, Scope scope, Optional<Last> before) {
        List<Totals> totals = reconciliations.totals(scope);
        Found found = Found.in(totals);
        String name = "reconciliation-" + channel.name() + "-" + scope.last() + "-"
                + scope.kind().name().toLowerCase(java.util.Locale.ROOT) + ".csv";
        ReconciliationRows rows = new ReconciliationRows(channel.language());
        outboundFiles.create(
                channel.name(),
                OutboundFile.Kind.RECONCILIATION,
                channel.sftp().inDirectory() + "/info",
                name,
                out -> rows.write(
                        scope, totals, differences -> reconciliations.forEachDifference(scope, differences), out));
        reconciliations.found(scope, found);
        tell(channel, scope, name, found, before);
    }

    /** What was settled for others may be there every day; it hides nothing of ours. */
    private static void tell(Channel channel, Scope scope, String name, Found found, Optional<Last> before) {
        boolean was = before.filter(last -> last.found().ours() > 0).isPresent();
        if (scope.kind() == Kind.DAY && found.ours() > 0 && !was) {
            LOG.warn(
                    "{}: {} {} of what was asked for, charged and settled does not agree, in {} places: see {} and"
                            + " docs/operating/write-reconciliations.md",
                    channel.name(),
                    MinorUnits.toDecimalString(found.oursMinor()),
                    channel.currency(),
                    found.ours(),
                    name);
        } else if (scope.kind() == Kind.DAY && found.ours() == 0 && was) {
            LOG.info("{}: what was asked for, charged and settled agrees again", channel.name());
        }
        LOG.info(
                "{}: reconciliation {} written: {} unexplained, of them {} settled for others",
                channel.name(),
                name,
                MinorUnits.toDecimalString(found.unexplainedMinor()),
                MinorUnits.toDecimalString(found.othersMinor()));
    }
}
