package org.chargebridge.channel;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Settlement.Account;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.channel.Settlement.Period;
import org.chargebridge.channel.Settlement.Report;

/** Reads {@code chargebridge.channels.<name>.settlement}. */
final class SettlementReader {

    private static final Map<String, Format> FORMATS = words(Format.values());
    private static final Map<String, Period> PERIODS = words(Period.values());
    private static final Map<String, Format> RETIRED = Map.of("csv", Format.PORTAL_CSV, "xml", Format.PORTAL_XML);

    private final Fields fields;
    private final RawChannel.RawSettlement raw;

    SettlementReader(Fields fields, RawChannel.RawSettlement raw) {
        this.fields = fields;
        this.raw = raw;
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), value);
        }
        return words;
    }

    Settlement read(List<String> schedule, ZoneId zone) {
        Optional<LocalDate> from = fields.parsed(
                "settlement.from", raw.from(), LocalDate::parse, "is not a date", "Write it like 2026-12-01.");
        if (Fields.given(raw.from()).isEmpty()) {
            fields.missing(
                    "settlement.from",
                    "Set the first day that is reported, for example 2026-12-01: what was paid out before it is in the"
                            + " books already.");
        }
        if (schedule.isEmpty()) {
            fields.missing(
                    "settlement.schedule",
                    "Write one or several Quartz cron expressions, for example \"0 0 7 * * ?\" for seven o'clock daily.");
        }
        fields.checkSchedules("settlement.schedule", schedule, zone);
        Report posting = new Report(
                fields.oneOf("settlement.format", raw.format(), Format.CSV, FORMATS),
                fields.oneOf("settlement.period", raw.period(), Period.PAYOUT, PERIODS));
        return new Settlement(
                from.orElse(LocalDate.MAX),
                given("settlement.ledger-owner", raw.ledgerOwner()),
                given("settlement.unknown-entries", raw.unknownEntries()),
                List.copyOf(schedule),
                fields.flag("settlement.bank-days-only", raw.bankDaysOnly(), false),
                posting,
                information(posting),
                fields.oneOf("settlement.camt-version", raw.camtVersion(), 2, Map.of("02", 2, "2", 2, "08", 8, "8", 8)),
                fields.oneOf("settlement.portal-csv", raw.portalCsv(), false, Map.of("tagged", false, "list", true)),
                fields.oneOf("settlement.account", raw.account(), Account.LEDGER, words(Account.values())),
                retiredTree());
    }

    private Optional<Boolean> given(String key, String value) {
        return Fields.given(value).map(text -> fields.flag(key, text, false));
    }

    private List<Report> information(Report posting) {
        List<Report> reports = new ArrayList<>();
        for (String text : Optional.ofNullable(raw.information()).orElse(List.of())) {
            String[] words = text.strip().split("\\s+", 2);
            Format format = fields.oneOf("settlement.information", words[0], Format.CSV, FORMATS);
            Period period =
                    fields.oneOf("settlement.information", words.length < 2 ? "" : words[1], posting.period(), PERIODS);
            Report report = new Report(format, period);
            if (report.equals(posting) || reports.contains(report)) {
                fields.wrong(
                        "settlement.information",
                        text,
                        "is written already",
                        "Name each format and period once, and not that of settlement.format again.");
            }
            reports.add(report);
        }
        return List.copyOf(reports);
    }

    private List<Format> retiredTree() {
        return Optional.ofNullable(raw.retiredTree()).orElse(List.of()).stream()
                .map(text -> fields.oneOf("settlement.retired-tree", text, Format.PORTAL_CSV, RETIRED))
                .distinct()
                .toList();
    }
}
