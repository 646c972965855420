package org.chargebridge.channel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.channel.Settlement.Period;
import org.chargebridge.channel.Settlement.Report;

/** Settlement settings of a channel: CSV by payout from 2026-11-01 on, unless a test says otherwise. */
public final class SettlementBuilder {

    private LocalDate from = LocalDate.parse("2026-11-01");
    private Optional<Boolean> owner = Optional.empty();
    private Optional<Boolean> unknownEntries = Optional.empty();
    private Report posting = new Report(Format.CSV, Period.PAYOUT);
    private final List<Report> information = new ArrayList<>();
    private List<Format> retiredTree = List.of();
    private boolean bankDaysOnly;
    private List<String> schedule = List.of("0 0 7 * * ?");

    private SettlementBuilder() {}

    public static SettlementBuilder settlement() {
        return new SettlementBuilder();
    }

    public SettlementBuilder from(String date) {
        from = LocalDate.parse(date);
        return this;
    }

    public SettlementBuilder owner(boolean owns) {
        owner = Optional.of(owns);
        return this;
    }

    public SettlementBuilder unknownEntries(boolean takes) {
        unknownEntries = Optional.of(takes);
        return this;
    }

    public SettlementBuilder posting(Format format, Period period) {
        posting = new Report(format, period);
        return this;
    }

    public SettlementBuilder information(Format format, Period period) {
        information.add(new Report(format, period));
        return this;
    }

    public SettlementBuilder retiredTree(Format... formats) {
        retiredTree = List.of(formats);
        return this;
    }

    public SettlementBuilder bankDaysOnly() {
        bankDaysOnly = true;
        return this;
    }

    public SettlementBuilder schedule(String... crons) {
        schedule = List.of(crons);
        return this;
    }

    public Settlement build() {
        return new Settlement(
                from,
                owner,
                unknownEntries,
                schedule,
                bankDaysOnly,
                posting,
                List.copyOf(information),
                2,
                false,
                Settlement.Account.LEDGER,
                retiredTree);
    }
}
