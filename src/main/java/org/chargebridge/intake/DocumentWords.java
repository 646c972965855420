package org.chargebridge.intake;

import java.util.Set;
import java.util.regex.Pattern;

/** What ERPs call the kinds and states of their documents, as {@link RecordFields#word} gives them. */
final class DocumentWords {

    static final Set<String> CREDIT_NOTES = Set.of(
            "credit_note",
            "creditnote",
            "credit_memo",
            "creditmemo",
            "kreditnota",
            "kreditnote",
            "kredittnota",
            "kreditfaktura",
            "hyvityslasku",
            "hyvitys",
            "381",
            "credit");
    static final Set<String> INVOICES = Set.of(
            "",
            "invoice",
            "sales_invoice",
            "faktura",
            "salgsfaktura",
            "utgående_faktura",
            "lasku",
            "myyntilasku",
            "claim",
            "krav",
            "380");

    /** What an ERP says of a document of which nothing is to be collected, or not yet. */
    static final Set<String> NOT_OPEN = Set.of(
            "draft",
            "proforma",
            "paid",
            "closed",
            "canceled",
            "cancelled",
            "credited",
            "corrective",
            "kladde",
            "utkast",
            "betalt",
            "innbetalt",
            "indbetalt",
            "lukket",
            "annullert",
            "annulleret",
            "kansellert",
            "makulert",
            "makuleret",
            "kreditert",
            "krediteret",
            "luonnos",
            "maksettu",
            "suljettu",
            "mitätöity",
            "peruttu",
            "hyvitetty");

    private static final Pattern SUM = Pattern.compile(
            "[#*= ]*((sub|del|mellom|mellem|väli)?(sum|summa|total|totalt|totalsum)|i ?alt|yhteensä)([ :.].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

    private DocumentWords() {}

    /** Whether what stands for an invoice's number says that the line sums others up, as of a customer or a page. */
    static boolean isSum(String number) {
        return SUM.matcher(number).matches();
    }
}
