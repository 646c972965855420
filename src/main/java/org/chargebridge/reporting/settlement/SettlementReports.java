package org.chargebridge.reporting.settlement;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.ReportTimes;
import org.chargebridge.channel.Settlement;
import org.chargebridge.channel.Settlement.Period;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.SettlementEntries;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementPeriods;
import org.chargebridge.ledger.SettlementPeriods.Complete;
import org.chargebridge.ledger.SettlementReport;
import org.chargebridge.ledger.Settlements;
import org.chargebridge.ledger.Settlements.Tellers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells a channel on its schedule what was paid out: every period that gets no more entries, once, in its order. What comes
 * late for a period that was told is in the next one, marked.
 */
@Component("settlementReports")
public class SettlementReports {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementReports.class);

    private final Settlements settlements;
    private final SettlementPeriods periods;
    private final SettlementEntries entries;
    private final SettlementTellers tellers;
    private final SettlementFiles files;
    private final Channels channels;
    private final LimitedTransactions transactions;
    private final Clock clock;

    SettlementReports(
            Settlements settlements,
            SettlementPeriods periods,
            SettlementEntries entries,
            SettlementTellers tellers,
            SettlementFiles files,
            Channels channels,
            LimitedTransactions transactions,
            Clock clock) {
        this.settlements = settlements;
        this.periods = periods;
        this.entries = entries;
        this.tellers = tellers;
        this.files = files;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes every report of the channel that is due and not made; may be called at any time and on any node.
     *
     * @throws IllegalArgumentException for a channel that is not configured
     */
    public void write(String channelName) {
        Channel channel = channels.named(channelName);
        Optional<Settlement> settings = channel.settlement();
        if (settings.isEmpty() || ReportTimes.settlementsRest(channel, clock.instant())) {
            return;
        }
        for (SettlementLedger ledger : settlements.ledgers(channelName, channel.msn())) {
            Optional<Tellers> told = tellers.of(ledger);
            if (told.isPresent()) {
                for (Period period : periods(settings.get())) {
                    writeAll(channel, settings.get(), ledger, period, told.get());
                }
            }
        }
    }

    private static Set<Period> periods(Settlement settings) {
        Set<Period> periods = new LinkedHashSet<>();
        periods.add(settings.posting().period());
        settings.information().forEach(report -> periods.add(report.period()));
        if (!settings.retiredTree().isEmpty()) {
            periods.add(Period.PAYOUT);
        }
        return periods;
    }

    /** One transaction a report: a stop or a failure loses none that is made. */
    private void writeAll(Channel channel, Settlement settings, SettlementLedger ledger, Period period, Tellers told) {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = transactions.execute(
                    "The settlement report of ledger " + ledger.ledgerId() + " by " + period.word(),
                    status -> writeNext(channel, settings, ledger, period, told));
        }
    }

    private boolean writeNext(
            Channel channel, Settlement settings, SettlementLedger ledger, Period period, Tellers told) {
        settlements.lock(channel.name(), ledger.ledgerId());
        LocalDate from = periods.begin(channel.name(), ledger.ledgerId(), period.name(), settings.from());
        Optional<Complete> complete = next(channel, from, ledger, period);
        if (complete.isEmpty()) {
            return false;
        }
        entries.matchLate(ledger.ledgerId(), from);
        SettlementReport report = settlements.make(
                channel.name(),
                ledger.ledgerId(),
                period.name(),
                complete.get(),
                from,
                told,
                settings.posting().period() == period);
        Killpoint.at("settlement-report.after-assignment");
        List<String> names =
                report.number() == 0 ? new ArrayList<>() : files.write(channel, settings, ledger, period, report);
        Killpoint.at("settlement-report.before-commit");
        LOG.info(
                "{}: settlement report {} of ledger {}, {} {}: {} lines, {} {}: {}",
                channel.name(),
                report.number(),
                ledger.ledgerId(),
                period.word(),
                report.lastDate(),
                report.lines(),
                MinorUnits.toDecimalString(report.sumMinor()),
                ledger.currency(),
                names.isEmpty() ? "nothing of this channel" : String.join(", ", names));
        return true;
    }

    private Optional<Complete> next(Channel channel, LocalDate from, SettlementLedger ledger, Period period) {
        String id = ledger.ledgerId();
        LocalDate today = LocalDate.ofInstant(clock.instant(), market(ledger));
        return switch (period) {
            case DATE -> periods.nextDay(channel.name(), id, from, today);
            case PAYOUT -> periods.nextPayout(channel.name(), id, from);
            case MONTH -> periods.nextMonth(channel.name(), id, from, today);
        };
    }

    private static ZoneId market(SettlementLedger ledger) {
        return Currency.ofCode(ledger.currency()).map(Currency::marketZone).orElse(ZoneOffset.UTC);
    }
}
