package org.chargebridge.recurring;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Paths and queries of the Report API, which tells what was settled and paid out. It is read only. */
public final class ReportRequests {

    /** {@code GET} lists the ledgers that the keys may read. */
    public static final String LEDGERS_PATH = "/settlement/v1/ledgers";

    static final String REPORTS_ROOT = "/report/";

    private static final String LEDGER_ROOT = "/report/v2/ledgers/";
    private static final String HANDLE = "api:";

    private ReportRequests() {}

    /** Which money a list of entries is about. */
    public enum Topic {
        /** What is paid out: sales, refunds, fees taken, payouts. */
        FUNDS,
        /** What payments cost. It explains the fees taken from the funds and is never added to them. */
        FEES;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The handle by which the Report API names a sales unit. */
    public static String handle(String msn) {
        return HANDLE + msn;
    }

    /** The sales unit that a handle names; empty for a handle of another kind. */
    public static String msn(String handle) {
        return handle.startsWith(HANDLE) ? handle.substring(HANDLE.length()) : "";
    }

    /**
     * The query that lists the ledgers of a sales unit.
     *
     * @param cursor where the list goes on, empty at its beginning
     */
    public static String ledgersQuery(String msn, String cursor) {
        return "settlesForRecipientHandles=" + encoded(handle(msn)) + cursor("&", cursor);
    }

    /** {@code GET} gives a page of all entries in the order in which they appeared, from a cursor on. */
    public static String feedPath(String ledgerId, Topic topic) {
        return LEDGER_ROOT + ChargeRequests.segment(ledgerId) + "/" + topic.word() + "/feed";
    }

    /** {@code GET} gives a page of a day's entries, and says whether more may come. */
    public static String datePath(String ledgerId, Topic topic, LocalDate date) {
        return LEDGER_ROOT + ChargeRequests.segment(ledgerId) + "/" + topic.word() + "/dates/" + date;
    }

    /** The query of a page: empty for the first. */
    public static String pageQuery(String cursor) {
        return cursor("", cursor);
    }

    private static String cursor(String before, String cursor) {
        return cursor.isEmpty() ? "" : before + "cursor=" + encoded(cursor);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
