package org.chargebridge.intake.format;

import static org.chargebridge.intake.format.Column.AGREEMENT_ID;
import static org.chargebridge.intake.format.Column.AMOUNT;
import static org.chargebridge.intake.format.Column.AMOUNT_MINOR;
import static org.chargebridge.intake.format.Column.CURRENCY;
import static org.chargebridge.intake.format.Column.CUSTOMER_NUMBER;
import static org.chargebridge.intake.format.Column.DUE_DATE;
import static org.chargebridge.intake.format.Column.INVOICE_DATE;
import static org.chargebridge.intake.format.Column.INVOICE_NUMBER;
import static org.chargebridge.intake.format.Column.KEY;
import static org.chargebridge.intake.format.Column.KEY_TYPE;
import static org.chargebridge.intake.format.Column.KID;
import static org.chargebridge.intake.format.Column.RETRY_DAYS;
import static org.chargebridge.intake.format.Column.TYPE;
import static org.chargebridge.intake.format.Column.VALID_FROM;
import static org.chargebridge.intake.format.Column.VALID_TO;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a file is about: which columns it may have, and which it must. */
public enum Vocabulary {
    /** Invoices and corrected ones. */
    INVOICES(
            EnumSet.range(INVOICE_NUMBER, Column.SCOPE),
            List.of(
                    EnumSet.of(INVOICE_NUMBER),
                    EnumSet.of(AMOUNT, AMOUNT_MINOR),
                    // What is charged at once says so in its type, and has no date.
                    EnumSet.of(DUE_DATE, INVOICE_DATE, TYPE),
                    EnumSet.of(CUSTOMER_NUMBER, AGREEMENT_ID, KID))),
    /** The mapping table (MR20). */
    AGREEMENTS(
            EnumSet.of(KEY_TYPE, KEY, AGREEMENT_ID, CURRENCY, RETRY_DAYS, VALID_FROM, VALID_TO),
            List.of(EnumSet.of(KEY_TYPE), EnumSet.of(KEY), EnumSet.of(AGREEMENT_ID)));

    private final Set<Column> columns;
    private final List<EnumSet<Column>> required;

    Vocabulary(Set<Column> columns, List<EnumSet<Column>> required) {
        this.columns = columns;
        this.required = required;
    }

    public Set<Column> columns() {
        return columns;
    }

    /** What a header lacks, in words such as {@code customer_number or agreement_id or kid}; empty if it will do. */
    List<String> missing(Set<Column> present) {
        List<String> missing = new ArrayList<>();
        // What a line must hold depends on its action; a file whose lines name theirs is judged line by line.
        List<EnumSet<Column>> needed = present.contains(Column.ACTION) ? required.subList(0, 1) : required;
        for (EnumSet<Column> oneOf : needed) {
            if (oneOf.stream().noneMatch(present::contains)) {
                missing.add(
                        String.join(" or ", oneOf.stream().map(Column::heading).toList()));
            }
        }
        return missing;
    }
}
