package org.chargebridge.channel;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How a channel hears of what was paid out.
 *
 * @param from the first ledger date that is posted; what is older serves balance and matching only (MR26)
 * @param owner whether this channel posts payouts and fees of the ledgers that its sales unit settles on; unset where one
 *     channel only has sales units there (MR27)
 * @param unknownEntries whether it takes the entries of its sales unit that belong to no charge of ours, where several
 *     channels share the sales unit; unset where none does
 * @param schedule Quartz cron expressions, in the channel's zone
 * @param bankDaysOnly whether reports wait for the market's next bank day
 * @param posting what the ERP books: every entry stands in it once
 * @param information what people read; goes to {@code in/info/}
 * @param camtVersion 2 or 8: camt.05x.001.02 or .08
 * @param portalList whether portal CSV is the list with semicolons instead of tagged records
 * @param account what camt files name as the account
 * @param retiredTree formats in the directories of the SFTP service that Vipps closed in 2024; usually none
 */
public record Settlement(
        LocalDate from,
        Optional<Boolean> owner,
        Optional<Boolean> unknownEntries,
        List<String> schedule,
        boolean bankDaysOnly,
        Report posting,
        List<Report> information,
        int camtVersion,
        boolean portalList,
        Account account,
        List<Format> retiredTree) {

    /** Where that service had what its customer had not removed yet, below the home of the SFTP user. */
    public static final String RETIRED_INBOX = "settlements/inbox/";

    /** One kind of report. */
    public record Report(Format format, Period period) {}

    /** How a report is written. */
    public enum Format {
        CSV,
        JSON_LINES,
        XLSX,
        CAMT_054,
        CAMT_053,
        PORTAL_CSV,
        PORTAL_XML
    }

    /** What a report covers. */
    public enum Period {
        /** A day of the settlement ledger. */
        DATE,
        /** What one transfer to the bank is made of. */
        PAYOUT,
        /** A calendar month of the settlement ledger. */
        MONTH;

        /** As in settings and names. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Which number a bank statement carries. */
    public enum Account {
        LEDGER,
        MSN,
        BANK
    }
}
