package org.chargebridge.intake;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OneLine;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.AmountText;
import org.chargebridge.intake.format.Column;
import org.chargebridge.intake.format.DateText;
import org.chargebridge.intake.format.Layout;

/** One record's fields, read one by one; the first fault is kept, and reading goes on for what the receipt can show. */
final class RecordFields {

    /** Written as a measure, with an exponent or with decimals that say nothing: {@code 1,23E+17}, {@code 1001.0}. */
    private static final Pattern DAMAGED =
            Pattern.compile("[0-9]([.,][0-9]+)?E[+-]?[0-9]+|[0-9]+[.,]00?", Pattern.CASE_INSENSITIVE);

    /** What a cell shows whose formula failed, in the languages of spreadsheets, or that is too narrow. */
    private static final Pattern ERROR = Pattern.compile("#(N/A|I/T|\\p{Lu}[\\p{Lu}/0]*[!?]|#+)");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[-\\p{Z}]");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final int SHOWN_MAX = 40;

    private final Layout layout;
    private final List<String> cells;
    private final Optional<String> datePattern;
    private Optional<Reason> fault = Optional.empty();
    private Optional<String> amountCurrency = Optional.empty();

    RecordFields(Layout layout, List<String> cells, Optional<String> datePattern) {
        this.layout = layout;
        this.cells = cells;
        this.datePattern = datePattern;
    }

    Optional<Reason> fault() {
        return fault;
    }

    /** Keeps a fault, unless there is one already. */
    void fault(ReasonCode code, Object... arguments) {
        fault(Reason.of(code, arguments));
    }

    void fault(Reason reason) {
        if (fault.isEmpty()) {
            fault = Optional.of(reason);
        }
    }

    String raw(Column column) {
        return layout.value(cells, column);
    }

    /** What the file calls a field, so that people find it in their file; our name where it has no such column. */
    String name(Column column) {
        return shown(layout.heading(column));
    }

    boolean has(Column column) {
        return layout.has(column);
    }

    /** Text in NFC without control characters or halves of characters, or a fault. */
    String text(Column column, int lengthMax) {
        String raw = raw(column);
        if (raw.length() <= lengthMax && isPrintableAscii(raw)) {
            return raw;
        }
        String text = Normalizer.normalize(raw, Normalizer.Form.NFC);
        if (text.codePointCount(0, text.length()) > lengthMax) {
            fault(ReasonCode.TEXT_TOO_LONG, name(column), text.codePointCount(0, text.length()), lengthMax);
            return text.substring(0, text.offsetByCodePoints(0, lengthMax));
        }
        if (!isSound(text)) {
            fault(ReasonCode.TEXT_INVALID, name(column), shown(text));
        }
        return text;
    }

    /**
     * A number that is text, as spreadsheets like to spoil it. With a character inside that nobody sees it would be
     * another document or customer than the same number without.
     */
    String number(Column column, int lengthMax, boolean personal) {
        String text = text(column, lengthMax);
        if (UNSEEN.matcher(text).find()) {
            fault(ReasonCode.TEXT_INVALID, name(column), personal ? Masked.tail(text) : shown(text));
        }
        boolean mayBe = text.indexOf('E') > 0 || text.indexOf('e') > 0 || text.endsWith("0");
        boolean damaged = mayBe && DAMAGED.matcher(text).matches()
                || text.startsWith("#") && ERROR.matcher(text).matches();
        if (damaged) {
            fault(ReasonCode.NUMBER_DAMAGED, name(column), personal ? Masked.tail(text) : text);
        }
        return text;
    }

    /** Minor units: the whole number if the file has one, else the amount; both given must agree. */
    OptionalLong amount(boolean required) {
        String whole = raw(Column.AMOUNT_MINOR);
        String text = raw(Column.AMOUNT);
        OptionalLong minor = whole.isEmpty() ? OptionalLong.empty() : minor(whole);
        if (text.isEmpty()) {
            if (whole.isEmpty() && required) {
                fault(ReasonCode.FIELD_MISSING, name(Column.AMOUNT));
            }
            return minor;
        }
        AmountText amount = AmountText.parse(text, layout.decimalMark());
        amountCurrency = amount.currency();
        amount.fault().ifPresent(code -> amountFault(code, text));
        if (minor.isPresent() && amount.minor().isPresent() && !minor.equals(amount.minor())) {
            fault(ReasonCode.AMOUNT_INVALID, name(Column.AMOUNT_MINOR), whole + " / " + shown(text));
        }
        return minor.isPresent() ? minor : amount.minor();
    }

    /** Minor units of an amount in another column; empty where the cell is, or cannot be read. */
    OptionalLong amount(Column column) {
        String text = raw(column);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        AmountText amount = AmountText.parse(text, layout.decimalMark());
        amount.fault().ifPresent(code -> fault(ReasonCode.AMOUNT_INVALID, name(column), shown(text)));
        return amount.minor();
    }

    /** Notes an amount that is less than is allowed here, or more than the API takes; in minor units. */
    void checkRange(Column column, long minor, long least) {
        String shown = MinorUnits.toDecimalString(minor);
        if (minor < least) {
            fault(ReasonCode.AMOUNT_BELOW_MINIMUM, name(column), shown, MinorUnits.toDecimalString(least));
        } else if (minor > MinorUnits.CHARGE_MAX) {
            fault(ReasonCode.AMOUNT_TOO_LARGE, name(column), shown, Limits.CHARGE_MAX);
        }
    }

    private void amountFault(ReasonCode code, String text) {
        if (code == ReasonCode.AMOUNT_TOO_LARGE) {
            fault(code, name(Column.AMOUNT), shown(text), Limits.CHARGE_MAX);
        } else {
            fault(code, name(Column.AMOUNT), shown(text));
        }
    }

    private OptionalLong minor(String whole) {
        if (whole.matches("-?[0-9]{1,15}")) {
            return OptionalLong.of(Long.parseLong(whole));
        }
        fault(ReasonCode.AMOUNT_INVALID, name(Column.AMOUNT_MINOR), shown(whole));
        return OptionalLong.empty();
    }

    /** The currencies written beside the amount and into its heading. */
    Stream<String> amountCurrencies() {
        return Stream.concat(amountCurrency.stream(), layout.amountCurrency().stream());
    }

    Optional<LocalDate> date(Column column) {
        String text = raw(column);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<LocalDate> date = DateText.parse(text, datePattern);
        if (date.isEmpty()) {
            fault(ReasonCode.DATE_INVALID, name(column), shown(text));
        }
        return date;
    }

    /** A whole number in a range; empty where the cell is. */
    OptionalInt integer(Column column, int min, int max, ReasonCode code) {
        String text = raw(column);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        if (code == ReasonCode.RETRY_DAYS_INVALID) {
            fault(code, shown(text));
        } else {
            fault(code, name(column), shown(text));
        }
        return OptionalInt.empty();
    }

    /** The cell's words in NFC and small letters, hyphens and blanks as underscores. */
    String word(Column column) {
        String raw = raw(column);
        return raw.isEmpty()
                ? raw
                : BETWEEN_WORDS
                        .matcher(Normalizer.normalize(raw, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
                        .replaceAll("_");
    }

    /** A value as a message shows it: short, and on one line. */
    static String shown(String value) {
        String line = UNSEEN.matcher(value.replaceAll(OneLine.BREAK, " ")).replaceAll("?");
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "...";
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSound(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || c == 0xFFFD
                        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
