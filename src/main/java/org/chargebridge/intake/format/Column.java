package org.chargebridge.intake.format;

import java.util.List;
import java.util.Locale;

/**
 * The fields a file can carry, with the headings that ERPs in four languages give them. A heading's rank decides
 * between two columns for one field: the lower one is read, and two of equal rank refuse the file.
 */
public enum Column {
    INVOICE_NUMBER(
            "fakturanr",
            "fakturanummer",
            "faktura nr.",
            "invoice no",
            "laskunumero",
            "laskun numero",
            "laskunro",
            "laskun nro",
            "bilagsnr",
            "documentnumber",
            "document no",
            "number"),
    CUSTOMER_NUMBER(
            "kundenr",
            "kundenummer",
            "customer no",
            "debitornr",
            "debitornummer",
            "asiakasnumero",
            "asiakasnro",
            "customernumber"),
    AGREEMENT_ID("vipps_agreement", "agr", "avtale_id", "aftale_id", "sopimus", "mandate_id"),
    KID(
            "kid-nummer",
            "ocr",
            "betalings-id",
            "fik",
            "viite",
            "viitenumero",
            "viitenro",
            "reference",
            "paymentreference"),
    /** What remains to be paid is read before the invoice's whole amount. */
    AMOUNT(
            List.of(
                    "restbeløp",
                    "restbeløb",
                    "restsum",
                    "utestående",
                    "udestående",
                    "gjenstående",
                    "gjenstående beløp",
                    "avoinna",
                    "avoin",
                    "avoin summa",
                    "remainder",
                    "balance",
                    "remainingamount",
                    "open amount",
                    "outstanding",
                    "outstanding amount"),
            List.of(
                    "amount",
                    "beløp",
                    "beloeb",
                    "beløb",
                    "belop",
                    "bruttobeløb",
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
                    "verollinen summa")),
    /** Whole minor units; read before {@link #AMOUNT}. */
    AMOUNT_MINOR(),
    CURRENCY("valuta", "valuutta", "currencycode"),
    DUE_DATE("forfallsdato", "forfall", "forfaldsdato", "faktura forfaldsdato", "eräpäivä", "eräpvm", "duedate"),
    INVOICE_DATE("fakturadato", "bogføringsdato", "laskun pvm", "laskupvm", "laskun päivämäärä"),
    DESCRIPTION("tekst", "melding", "besked", "kommentar", "comments", "selite"),
    RETRY_DAYS(),
    ACTION(),
    ORIGINAL_INVOICE_NUMBER("kreditert faktura", "original"),
    DOCUMENT_TYPE(),
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

    Column(String... aliases) {
        this.first = List.of();
        this.second = List.of(aliases);
    }

    Column(List<String> first, List<String> second) {
        this.first = first;
        this.second = second;
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
}
