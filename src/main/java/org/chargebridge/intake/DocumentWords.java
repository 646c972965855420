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
    private static final Set<String> NOT_OPEN = Set.of(
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
            "hyvitetty",
            "void",
            "voided",
            "deleted",
            "reversed",
            "refunded",
            "settled",
            "fully_paid",
            "paid_in_full",
            "written_off",
            "slettet",
            "utlignet",
            "udlignet",
            "oppgjort",
            "afregnet",
            "afsluttet",
            "fullt_betalt",
            "helt_betalt",
            "avskrevet",
            "afskrevet",
            "tapsført",
            "tilbakeført",
            "tilbageført",
            "refundert",
            "refunderet",
            "betald",
            "makulerad",
            "krediterad",
            "annullerad",
            "poistettu",
            "hold",
            "on_hold",
            "credit_hold",
            "credithold",
            "in_review",
            "pending_approval",
            "not_booked",
            "unposted",
            "på_vent",
            "disputed",
            "bestridt",
            "omtvistet",
            "suoritettu",
            "palautettu");

    private static final Pattern SUM = Pattern.compile(
            "[#*= ]*((sub|del|mellom|mellem|väli|slutt?|kontroll?|loppu|grand |kpl )?"
                    + "(sum|summa|total|totalt|totalsum|yhteensä)|total ?bel(ø|oe|o)[pb]|i ?alt|til ?sammen"
                    + "|((inn|ut|ind|ud)gående |opening |closing )?(saldo|balance)|overført|overførsel)([ :.].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

    private DocumentWords() {}

    /** Whether a document is not open by the word of its status, in which a dot at the end says nothing. */
    static boolean isNotOpen(String word) {
        return NOT_OPEN.contains(word.endsWith(".") ? word.substring(0, word.length() - 1) : word);
    }

    /** Whether what stands for an invoice's number says that the line sums others up, as of a customer or a page. */
    static boolean isSum(String number) {
        boolean beginsWithDigit = !number.isEmpty() && Character.isDigit(number.charAt(0));
        return !beginsWithDigit && SUM.matcher(number).matches();
    }
}
