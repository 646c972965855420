package org.chargebridge.channel;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.TransactionType;

/**
 * One ERP's file exchange, checked and with every default filled in.
 *
 * @param name as in {@code chargebridge.channels.<name>}: {@code [a-z][a-z0-9-]{0,30}}
 * @param sourceId the ERP company that numbers its documents; channels of one company share it (MR1)
 * @param msn the sales unit's Merchant-Serial-Number
 * @param currency the sales unit's; its market decides due dates and cut-offs
 * @param zone the time zone of schedules and of times in files
 * @param language of reports: en, nb, da or fi
 * @param settlement how it hears of what was paid out; empty where it does not
 * @param expectedFile when its files come; empty where none is missed
 */
public record Channel(
        String name,
        String sourceId,
        String msn,
        Currency currency,
        ZoneId zone,
        Locale language,
        Sftp sftp,
        Input input,
        Defaults defaults,
        Policy policy,
        Reports reports,
        Optional<Settlement> settlement,
        Agreements agreements,
        Operations operations,
        Optional<ExpectedFile> expectedFile) {

    /**
     * The ERP's SFTP server.
     *
     * @param hostKey the pinned key as a known_hosts line without the host, for example {@code ssh-ed25519 AAAA...}
     * @param outDirectory where the ERP writes, relative to the user's home
     * @param inDirectory where Chargebridge writes
     * @param pollCron Quartz cron of the poll, unless {@code pollInterval} seconds is used
     */
    public record Sftp(
            String host,
            int port,
            String user,
            Optional<String> password,
            Optional<Path> privateKeyFile,
            Optional<String> privateKeyPassphrase,
            String hostKey,
            String outDirectory,
            String inDirectory,
            int pollIntervalSeconds) {}

    /** What files look like: see {@code docs/file-formats.md}. */
    public record Input(
            Format format,
            String filePattern,
            Optional<String> charset,
            Optional<Character> delimiter,
            Optional<Character> decimalMark,
            Optional<String> datePattern,
            Map<String, String> columns,
            Trailer trailer,
            boolean finalLineEndRequired,
            Optional<String> jsonPointer,
            Optional<String> markerSuffix) {

        Input asOverHttp() {
            return atTheTop(Trailer.OPTIONAL, false);
        }

        Input withoutPointer() {
            return atTheTop(trailer, finalLineEndRequired);
        }

        private Input atTheTop(Trailer otherTrailer, boolean otherFinalLineEndRequired) {
            return new Input(
                    format,
                    filePattern,
                    charset,
                    delimiter,
                    decimalMark,
                    datePattern,
                    columns,
                    otherTrailer,
                    otherFinalLineEndRequired,
                    Optional.empty(),
                    markerSuffix);
        }

        Input ofOurOwnNames() {
            return new Input(
                    Format.JSON_LINES,
                    filePattern,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Trailer.OPTIONAL,
                    false,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public enum Format {
        CSV,
        JSON_LINES
    }

    public enum Trailer {
        OPTIONAL,
        REQUIRED
    }

    /**
     * What a line that does not say gets.
     *
     * @param retryDays 0 to 14
     * @param descriptionTemplate with {@code {text}} and {@code {documentNumber}}
     * @param descriptionLengthMax code points, at most 100 (MR13)
     * @param dueDaysAfterIssue due date of a line without one: issue date plus this many days
     * @param legalEntity organisation number in the identity, empty where the source has one only
     * @param documentSeries of a line without one
     * @param externalId what the settlement report shows: the invoice number or the KID
     */
    public record Defaults(
            int retryDays,
            String descriptionTemplate,
            int descriptionLengthMax,
            Optional<Integer> dueDaysAfterIssue,
            String legalEntity,
            String documentSeries,
            ExternalId externalId) {}

    public enum ExternalId {
        INVOICE_NUMBER,
        KID
    }

    /**
     * What is done about dates and limits.
     *
     * @param leadDays days from creation to the earliest due date (MR10)
     * @param cutOff market time after which the earliest due date is a day later
     * @param maxPerChargeMinor above it a line is held
     * @param maxPerFileMinor above it the file is held
     */
    public record Policy(
            LateDue lateDue,
            int maxDaysLate,
            int leadDays,
            LocalTime cutOff,
            OnConflict onConflict,
            Optional<LocalDate> goLiveDate,
            long maxPerChargeMinor,
            long maxPerFileMinor) {}

    public enum LateDue {
        REFUSE,
        SHIFT
    }

    public enum OnConflict {
        HOLD
    }

    /**
     * How the channel's agreements come to be known.
     *
     * @param importAtStart whether those of its sales unit enter the mapping table once (MR21)
     * @param draft how new ones are offered (MR22)
     * @param publicUrl where the world reaches this gateway
     * @param redirectUrl where a customer goes after deciding about an offer
     * @param agreementUrl where a customer reads about the agreement
     * @param sellerName who offers, as customers know the seller
     */
    public record Agreements(
            boolean importAtStart,
            DraftWay draft,
            Optional<String> publicUrl,
            Optional<String> redirectUrl,
            Optional<String> agreementUrl,
            String sellerName) {}

    /** How a new agreement is offered to a customer. */
    public enum DraftWay {
        LINK,
        DIRECT
    }

    /** Which reports go back, and when. */
    public record Reports(List<String> statusCrons, StatusFormat format, boolean writeEmpty) {}

    public enum ReportFormat {
        CSV,
        JSON_LINES
    }

    /** How a status report is written. */
    public enum StatusFormat {
        CSV(Optional.of(ReportFormat.CSV)),
        JSON_LINES(Optional.of(ReportFormat.JSON_LINES)),
        /** A message of ISO 20022. */
        PAIN_002(Optional.empty());

        private final Optional<ReportFormat> rows;

        StatusFormat(Optional<ReportFormat> rows) {
            this.rows = rows;
        }

        /** Of one that is made of rows. */
        public Optional<ReportFormat> rows() {
            return rows;
        }
    }

    /** The format of files that have a status report's rows and are none: a message has no place for them. */
    public ReportFormat rowFormat() {
        return reports.format()
                .rows()
                .orElse(input.format() == Format.JSON_LINES ? ReportFormat.JSON_LINES : ReportFormat.CSV);
    }

    /** The same channel for what comes over HTTP: known to be complete, whatever stands at its end, and with no wrapping. */
    public Channel asOverHttp() {
        return with(input.asOverHttp());
    }

    /** The same channel for JSON of our own shape, as errors files have it: an object a line, or an array. */
    public Channel withoutPointer() {
        return with(input.withoutPointer());
    }

    /** The same channel for JSON Lines of our own making. */
    public Channel ofOurOwnNames() {
        return with(input.ofOurOwnNames());
    }

    private Channel with(Input other) {
        return new Channel(
                name,
                sourceId,
                msn,
                currency,
                zone,
                language,
                sftp,
                other,
                defaults,
                policy,
                reports,
                settlement,
                agreements,
                operations,
                expectedFile);
    }

    /**
     * What is done about charges that are there already.
     *
     * @param transactionType of charges whose line does not say
     * @param unscheduled whether a line may ask for a charge at once; the API allows that to listed sales units
     * @param captureReminderDays how many days before the market's deadline a status report reminds of a reservation
     * @param refunds whether refunds are made at once, after approval, or never (MR24)
     * @param refundDailyCeilingMinor what refunds made at once may add up to on a day of the market
     * @param twoPersons whether a person has to ask for what a file asks for and a person approves
     */
    public record Operations(
            TransactionType transactionType,
            boolean unscheduled,
            int captureReminderDays,
            RefundPolicy refunds,
            OptionalLong refundDailyCeilingMinor,
            boolean twoPersons) {}

    public enum RefundPolicy {
        AUTO,
        APPROVE,
        REPORT_ONLY
    }

    /** Whether a remote host is this machine, which is all that the demo may talk to (ER17). */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1") || host.equals("[::1]");
    }

    /** Whether an address points at this machine. */
    public static boolean isLoopback(URI address) {
        return address.getHost() != null && isLoopback(address.getHost());
    }
}
