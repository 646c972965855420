package org.chargebridge.intake.format;

import java.util.List;
import java.util.Locale;

/**
 * The fields a file can carry, with the headings that ERPs in four languages give them. A heading's rank decides
 * between two columns for one field: the lower one is read, and two of equal rank refuse the file.
 */
public enum Column {
    INVOICE_NUMBER(
            List.of(),
            List.of(
                    "fakturanr",
                    "fakturanummer",
                    "faktura nr.",
                    "invoice no",
                    "bookedinvoicenumber",
                    "laskunumero",
                    "laskun numero",
                    "laskunro",
                    "laskun nro"),
            // Of the voucher that books it: read only where nothing names the invoice itself.
            List.of(
                    "bilagsnr",
                    "bilagsnummer",
                    "dokumentnr",
                    "dokumentnummer",
                    "documentnumber",
                    "document no",
                    "tositenumero",
                    "number")),
    CUSTOMER_NUMBER(
            List.of(),
            List.of(
                    "kundenr",
                    "kundenummer",
                    "customer no",
                    "debitornr",
                    "debitornummer",
                    "asiakasnumero",
                    "asiakasnro",
                    "customernumber"),
            // Beside a number it holds the name.
            List.of("debitor", "customer id", "kunde-id", "asiakastunnus", "debtor no", "debtor number", "kunde no")),
    AGREEMENT_ID(
            List.of(),
            List.of("vipps_agreement", "agr", "avtale_id", "aftale_id", "sopimus", "mandate_id"),
            List.of(
                    "vipps agreement id",
                    "mobilepay agreement",
                    "mobilepay agreement id",
                    "vipps-avtale",
                    "vipps avtale-id",
                    "mobilepay-aftale",
                    "mobilepay aftale-id")),
    KID(
            List.of(),
            List.of(
                    "kid-nummer",
                    "ocr",
                    "betalings-id",
                    "fik",
                    "viite",
                    "viitenumero",
                    "viitenro",
                    "reference",
                    "paymentreference"),
            List.of("kid-nr.", "ocr-nummer", "fik-nr.", "maksuviite", "betalingsreferanse", "betalingsreference")),
    /** What remains to be paid is read before the invoice's whole amount. */
    AMOUNT(
            List.of(
                    "restbeløp",
                    "restbeløb",
                    "restbelop",
                    "restsum",
                    "utestående",
                    "udestående",
                    "gjenstående",
                    "gjenstående beløp",
                    "gjenstår",
                    "avoinna",
                    "avoin",
                    "avoin summa",
                    "remainder",
                    "balance",
                    "remainingamount",
                    "remaining",
                    "open amount",
                    "outstanding",
                    "outstanding amount",
                    "amountoutstanding",
                    "amount due",
                    "balance due"),
            List.of(
                    "amount",
                    "beløp",
                    "beloeb",
                    "beløb",
                    "belop",
                    "bruttobeløb",
                    "bruttobeløp",
                    "brutto",
                    "summa",
                    "yhteensä",
                    "total",
                    "grossamount",
                    // Beside "amount", which is without tax then, they refuse the file rather than charge too little.
                    "beløp inkl mva",
                    "beløb inkl moms",
                    "amount including vat",
                    "amount incl vat",
                    "total incl vat",
                    "verollinen summa"),
            // Of the whole invoice or of what is to be paid: read where no other names the amount.
            List.of(
                    "fakturabeløp",
                    "fakturabeløb",
                    "fakturasum",
                    "totalbeløp",
                    "totalbeløb",
                    "total amount",
                    "invoice amount",
                    "invoice total",
                    "sum",
                    "loppusumma",
                    "laskun summa",
                    "laskun loppusumma",
                    "å betale",
                    "at betale",
                    "til betaling",
                    "beløp å betale",
                    "beløb at betale",
                    "amount to pay",
                    "amount payable",
                    "payable amount",
                    "maksettava",
                    "maksettavaa")),
    /** Whole minor units; read before {@link #AMOUNT}. */
    AMOUNT_MINOR(),
    CURRENCY(List.of(), List.of("valuta", "valuutta", "currencycode"), List.of("valutakode", "valuuttakoodi")),
    DUE_DATE(
            List.of(),
            List.of(
                    "forfallsdato",
                    "forfall",
                    "forfaldsdato",
                    "forfald",
                    "faktura forfaldsdato",
                    "eräpäivä",
                    "eräpvm",
                    "duedate"),
            List.of(
                    "due",
                    "forfallsdag",
                    "forfaldsdag",
                    "betalingsfrist",
                    "sidste rettidige betalingsdato",
                    "payment due date",
                    "laskun eräpäivä",
                    "förfallodatum")),
    INVOICE_DATE("fakturadato", "bogføringsdato", "laskun pvm", "laskupvm", "laskun päivämäärä"),
    DESCRIPTION("tekst", "melding", "besked", "kommentar", "comments", "selite"),
    RETRY_DAYS(),
    ACTION(),
    ORIGINAL_INVOICE_NUMBER("kreditert faktura", "original"),
    DOCUMENT_TYPE("dokumenttype", "bilagstype", "fakturatype", "invoicetype", "laskutyyppi", "laskun tyyppi"),
    /** Of the document in the ERP: what is a draft, paid or cancelled there is not charged. */
    STATUS("fakturastatus", "invoice status", "tila", "laskun tila"),
    ORDER_ID(),
    DOCUMENT_SERIES(),
    INSTALMENT(),
    TRANSACTION_TYPE(),
    TYPE(),
    EXTERNAL_ID(),
    /** Of a stop: whether reserved money may go back to the customer. */
    RELEASE(),
    /** Of agreements offered or changed. */
    PHONE_NUMBER(),
    PRODUCT_NAME(),
    PRODUCT_DESCRIPTION(),
    PRICING_TYPE(),
    SUGGESTED_MAX_AMOUNT(),
    INTERVAL_UNIT(),
    INTERVAL_COUNT(),
    INITIAL_AMOUNT(),
    INITIAL_DESCRIPTION(),
    INITIAL_TRANSACTION_TYPE(),
    CAMPAIGN_TYPE(),
    CAMPAIGN_PRICE(),
    CAMPAIGN_END(),
    SCOPE(),
    /** Of mapping tables. */
    KEY_TYPE(),
    KEY(),
    VALID_FROM(),
    VALID_TO();

    private final List<String> first;
    private final List<String> second;
    private final List<String> last;

    Column(String... aliases) {
        this(List.of(), List.of(aliases), List.of());
    }

    Column(List<String> first, List<String> second, List<String> last) {
        this.first = first;
        this.second = second;
        this.last = last;
    }

    /** The heading in our own files, for example {@code invoice_number}. */
    public String heading() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name in JSON, for example {@code invoiceNumber}. */
    public String jsonName() {
        StringBuilder text = new StringBuilder();
        for (String word : heading().split("_")) {
            text.append(text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }

    /** Aliases that are read before all others. */
    List<String> firstAliases() {
        return first;
    }

    List<String> secondAliases() {
        return second;
    }

    /** Aliases that are read where there is no other. */
    List<String> lastAliases() {
        return last;
    }
}
