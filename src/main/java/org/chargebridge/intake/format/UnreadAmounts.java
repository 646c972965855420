package org.chargebridge.intake.format;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * Amounts under headings that nobody told us: where the amount read is that of the whole invoice, another column may
 * hold what remains of it, or what was paid of it, and where it does not say that tax is in it, another may say so.
 * Charging it would take too much or too little without a word.
 */
final class UnreadAmounts {

    private static final Pattern REMAINDER = Pattern.compile(
            "rest|restanse|restbel.*|restsum.*|restsaldo.*|restg.*ld.*"
                    + "|resterende.*|remaining.*|.*outstanding.*|utestaaende.*|udestaaende.*|gjenstaa.*|avoinna.*|avoin"
                    + "(saldo|summa|maara|euro|eur).*|open(amount|balance).*|amount(due|open)|balancedue|saldo(nok|dkk|eur|kr)?"
                    + "|(aa?pent|aapen|aabent|aaben|apent|apne)(bel|saldo).*|ubetalt(bel.*)?|unpaid(amount)?|maksamatta.*|jaljella.*"
                    // What is to be paid: where a part was paid, less than the whole.
                    + "|(aa|a|at|til|att)betal(e|es|ing|a)(nok|dkk|eur|kr|bel.*)?|bel.*(aa|at|til)betal(e|ing)|skyldig.*|restance.*|(aa?pen|aaben|apen)post.*"
                    + "|topay|payable(amount|nok|dkk|eur)?|amount(topay|payable|owed)|maksettava.*"
                    // What was paid already, which is not in the amount to charge.
                    + "|(inn|ind)betalt(bel.*|sum.*)?|betaltbel.*|paid(amount|sum|todate)|(amount|sum)paid|maksettu(summa|maara)");

    /** Of days, dates and counts, in which nothing remains to be paid. */
    private static final Pattern NO_AMOUNT =
            Pattern.compile(".*(dag|days|dato|date|paiv|antal|count|percent|prosent).*");

    private static final Pattern WITH_TAX = Pattern.compile(
            ".*(inkl|incl|including)(mva|moms|vat|tax).*|.*(medmva|medmoms|sisalv|verollinen).*|brutto(bel.*|sum.*|total.*)?"
                    + "|gross(amount|total|sum).*");

    private static final Pattern OF_ONE_PIECE = Pattern.compile(".*(pris|price|hinta|vekt|weight|paino|margin).*");

    private UnreadAmounts() {}

    /**
     * Refuses a header whose amount is likely not the one to charge.
     *
     * @param columns as {@link Layout#bindHeader} found them
     * @param mapping the channel's own headings; an amount that it names is the right one
     * @throws FileRefused naming both headings
     */
    static void refuse(
            List<String> header, Map<Column, Integer> columns, Map<String, String> mapping, Vocabulary vocabulary)
            throws FileRefused {
        Integer read = columns.get(Column.AMOUNT);
        if (read == null || columns.containsKey(Column.AMOUNT_MINOR)) {
            return;
        }
        String amount = Folding.fold(header.get(read));
        List<String> mapped = mapping.values().stream().map(Folding::fold).toList();
        boolean ofTheWhole = Headings.find(amount, vocabulary)
                .or(() -> HeadingCurrency.of(header.get(read))
                        .flatMap(named -> Headings.find(Folding.fold(named.heading()), vocabulary)))
                .filter(heading -> heading.column() == Column.AMOUNT && heading.rank() > 1)
                .isPresent();
        if (mapped.contains(amount) || !ofTheWhole) {
            return;
        }
        boolean saysTax = WITH_TAX.matcher(amount).matches();
        OptionalInt unread = IntStream.range(0, header.size())
                .filter(i -> {
                    String other = Folding.fold(header.get(i));
                    return i != read
                            && !mapped.contains(other)
                            && Headings.find(other, vocabulary)
                                    .filter(heading -> heading.column() != Column.AMOUNT)
                                    .isEmpty()
                            && (isRemainder(other) || !saysTax && isWithTax(other));
                })
                .findFirst();
        if (unread.isPresent()) {
            throw new FileRefused(Reason.of(
                    ReasonCode.FILE_COLUMNS_CLASH,
                    Column.AMOUNT.heading(),
                    header.get(read).strip() + " (" + (read + 1) + ")",
                    header.get(unread.getAsInt()).strip() + " (" + (unread.getAsInt() + 1) + ")"));
        }
    }

    private static boolean isRemainder(String folded) {
        return REMAINDER.matcher(folded).matches() && !NO_AMOUNT.matcher(folded).matches();
    }

    private static boolean isWithTax(String folded) {
        return WITH_TAX.matcher(folded).matches()
                && !OF_ONE_PIECE.matcher(folded).matches();
    }
}
