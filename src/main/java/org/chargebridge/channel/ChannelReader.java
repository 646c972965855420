package org.chargebridge.channel;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.charge.Currency;

/** Turns {@code chargebridge.channels.<name>} into a checked channel with every default filled in. */
final class ChannelReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Pattern SOURCE_ID = Pattern.compile("[a-z][a-z0-9]{0,7}");
    private static final Map<String, Locale> LANGUAGES = Map.of(
            "en", Locale.ENGLISH,
            "nb", Locale.forLanguageTag("nb"),
            "da", Locale.forLanguageTag("da"),
            "fi", Locale.forLanguageTag("fi"));

    private final String name;
    private final RawChannel raw;
    private final List<String> crons;
    private final List<String> settlementCrons;
    private final List<String> expectedCrons;
    private final Map<String, SalesUnit> salesUnits;
    private final boolean hostKeyRequired;
    private final Optional<String> publicUrl;
    private final Fields fields;

    /** @param salesUnits by the name in the configuration and by Merchant-Serial-Number */
    ChannelReader(
            String name,
            RawChannel raw,
            List<String> crons,
            List<String> settlementCrons,
            List<String> expectedCrons,
            Map<String, SalesUnit> salesUnits,
            boolean hostKeyRequired,
            Optional<String> publicUrl,
            List<SettingProblem> problems) {
        this.name = name;
        this.publicUrl = publicUrl;
        this.raw = raw;
        this.crons = crons;
        this.settlementCrons = settlementCrons;
        this.expectedCrons = expectedCrons;
        this.salesUnits = salesUnits;
        this.hostKeyRequired = hostKeyRequired;
        this.fields = new Fields("chargebridge.channels." + name, problems);
    }

    Optional<Channel> read() {
        checkName();
        String sourceId = fields.matching(
                "source-id",
                raw.sourceId(),
                SOURCE_ID,
                "must be a small letter followed by at most seven small letters or digits",
                "Choose a short name of the ERP company, for example visma1; it is part of every order id and can"
                        + " never be changed once used.");
        Optional<SalesUnit> unit = salesUnit();
        Currency currency = unit.map(SalesUnit::currency).orElse(Currency.NOK);
        ZoneId zone = fields.parsed("zone", raw.zone(), ZoneId::of, "is not a time zone", "Write it like Europe/Oslo.")
                .orElse(currency.marketZone());
        Locale language = fields.oneOf("language", raw.language(), Locale.ENGLISH, LANGUAGES);
        Channel.Sftp sftp = new SftpReader(fields, raw.sftp(), hostKeyRequired).read();
        Channel.Input input = new InputReader(fields, raw).read();
        Channel.Defaults defaults = defaults();
        Channel.Policy policy = policy();
        Channel.Reports reports = reports(zone);
        Optional<Settlement> settlement = Optional.ofNullable(raw.settlement())
                .map(given -> new SettlementReader(fields, given).read(settlementCrons, zone));
        Channel.Agreements agreements = new AgreementsReader(fields, raw, publicUrl).read(name);
        Channel.Operations operations = new OperationsReader(fields, raw).read();
        Optional<ExpectedFile> expected = Optional.ofNullable(raw.expectedFile())
                .map(given -> new ExpectedFileReader(fields, given).read(expectedCrons, zone));
        if (fields.failed() || unit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Channel(
                name,
                sourceId,
                unit.get().msn(),
                currency,
                zone,
                language,
                sftp,
                input,
                defaults,
                policy,
                reports,
                settlement,
                agreements,
                operations,
                expected));
    }

    private void checkName() {
        if (!NAME.matcher(name).matches()) {
            fields.wrong(
                    "(name)",
                    name,
                    "must be a small letter followed by at most 30 small letters, digits or hyphens",
                    "Rename the channel.");
        }
    }

    private Optional<SalesUnit> salesUnit() {
        String wanted = fields.required(
                "sales-unit",
                raw.salesUnit(),
                "Name a sales unit of chargebridge.sales-units, by its key or its number.");
        SalesUnit unit = salesUnits.get(wanted);
        if (unit == null && !wanted.isEmpty()) {
            fields.wrong(
                    "sales-unit",
                    wanted,
                    "is not set up in chargebridge.sales-units",
                    "Add it there with msn, currency, client-id, client-secret and subscription-key.");
        }
        return Optional.ofNullable(unit);
    }

    private Channel.Defaults defaults() {
        String template = fields.text("description-template", raw.descriptionTemplate(), "{text}", 100);
        if (!template.replace("{text}", "").replace("{documentNumber}", "").matches("[^{}]*")) {
            fields.wrong(
                    "description-template",
                    template,
                    "knows {text} and {documentNumber} only",
                    "Write for example: Faktura {documentNumber}.");
        }
        int dueDays = fields.number(
                "due-days-after-issue", raw.dueDaysAfterIssue(), -1, 0, 365, "Write the days of the payment term.");
        return new Channel.Defaults(
                fields.number("retry-days", raw.retryDays(), 5, 0, 14, "The API takes 0 to 14; the default is 5."),
                template,
                fields.number(
                        "description-length",
                        raw.descriptionLength(),
                        45,
                        10,
                        100,
                        "The API takes 100; the app shows about 45."),
                dueDays < 0 ? Optional.empty() : Optional.of(dueDays),
                fields.text("legal-entity", raw.legalEntity(), "", 32),
                fields.text("document-series", raw.documentSeries(), "", 32),
                fields.oneOf(
                        "external-id",
                        raw.externalId(),
                        Channel.ExternalId.INVOICE_NUMBER,
                        Map.of("invoice-number", Channel.ExternalId.INVOICE_NUMBER, "kid", Channel.ExternalId.KID)));
    }

    private Channel.Policy policy() {
        Optional<LocalTime> cutOff = fields.parsed(
                "cut-off",
                raw.cutOff(),
                LocalTime::parse,
                "is not a time of day",
                "Write it in quotes, like \"22:00\": without them YAML reads a number.");
        Optional<LocalDate> goLive = fields.parsed(
                "go-live-date", raw.goLiveDate(), LocalDate::parse, "is not a date", "Write it like 2026-12-01.");
        long perCharge = fields.amount(
                "max-per-charge",
                raw.maxPerCharge(),
                "Set the largest sum one invoice may have, for example 20000.00; above it a line waits for a person.");
        long perFile = fields.amount(
                "max-per-file",
                raw.maxPerFile(),
                "Set the largest sum one file may have, for example 5000000.00; above it the file waits for a person.");
        if (perFile > 0 && perFile < perCharge) {
            fields.wrong("max-per-file", raw.maxPerFile(), "is less than max-per-charge", "Raise it.");
        }
        return new Channel.Policy(
                fields.oneOf(
                        "late-due",
                        raw.lateDue(),
                        Channel.LateDue.REFUSE,
                        Map.of("refuse", Channel.LateDue.REFUSE, "shift", Channel.LateDue.SHIFT)),
                fields.number("max-days-late", raw.maxDaysLate(), 3, 0, 365, "The default is 3."),
                fields.number("lead-days", raw.leadDays(), 1, 1, 30, "The default is 1; 2 gives the older rule."),
                cutOff.orElse(LocalTime.of(22, 0)),
                fields.oneOf(
                        "on-conflict",
                        raw.onConflict(),
                        Channel.OnConflict.HOLD,
                        Map.of("hold", Channel.OnConflict.HOLD)),
                goLive,
                perCharge,
                perFile);
    }

    private Channel.Reports reports(ZoneId zone) {
        if (crons.isEmpty()) {
            fields.missing(
                    "status-report.schedule",
                    "Write one or several Quartz cron expressions, for example \"0 0 6 * * ?\" for six o'clock daily.");
        }
        fields.checkSchedules("status-report.schedule", crons, zone);
        return new Channel.Reports(
                List.copyOf(crons),
                fields.oneOf(
                        "status-report.format",
                        raw.statusReport().format(),
                        Channel.StatusFormat.CSV,
                        Map.of(
                                "csv",
                                Channel.StatusFormat.CSV,
                                "json-lines",
                                Channel.StatusFormat.JSON_LINES,
                                "pain.002",
                                Channel.StatusFormat.PAIN_002)),
                fields.flag("status-report.write-empty", raw.statusReport().writeEmpty(), true));
    }

    static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException notAName) {
            return false;
        }
    }
}
