package org.chargebridge.intake.format;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.ReasonCode;

/**
 * Reads an amount as ERPs write it. What could mean two things, or has more than two significant decimals, is refused
 * and never rounded.
 *
 * @param minor minor units; empty where it cannot be read
 * @param fault why it cannot be read
 * @param currency what is written beside the amount: an ISO 4217 code, or {@link #KRONER} that do not say whose
 */
public record AmountText(OptionalLong minor, Optional<ReasonCode> fault, Optional<String> currency) {

    /** The word for the currency of Norway, of Denmark and of others. */
    public static final String KRONER = "kr";

    private static final Pattern PARENTHESES = Pattern.compile("\\((.*)\\)");
    private static final Pattern WORD_BEFORE = Pattern.compile("(?i)(kr\\.?|nok|dkk|eur|€)(.*)");
    private static final Pattern WORD_AFTER = Pattern.compile("(?i)(.*?)(kr\\.?|nok|dkk|eur|€)");
    /** More digits before the mark, or other marks among them, leave it no thousands to part. */
    private static final Pattern THREE_AND_THREE = Pattern.compile("[0-9]{1,3}[.,][0-9]{3}");

    /** Dashes in place of the decimals, which make the comma before them the decimal mark. */
    private static final Pattern NO_DECIMALS = Pattern.compile(",--?$");

    private static final Pattern WHOLE = Pattern.compile("-?[0-9][0-9.']*");
    private static final Pattern PLAIN = Pattern.compile("[0-9]+");
    private static final Map<String, String> CURRENCIES =
            Map.of("nok", "NOK", "dkk", "DKK", "eur", "EUR", "€", "EUR", KRONER, KRONER, KRONER + ".", KRONER);
    private static final int DIGITS_MAX = 15;
    private static final int PLAIN_DIGITS_MAX = 12;
    private static final char GROUP = '\'';

    /**
     * Reads the text.
     *
     * @param decimalMark the channel's; without it the last of dot and comma is the mark, and a single one between
     *     one to three digits and exactly three is ambiguous
     */
    public static AmountText parse(String text, Optional<Character> decimalMark) {
        OptionalLong plain = plain(text, decimalMark);
        if (plain.isPresent()) {
            return new AmountText(plain, Optional.empty(), Optional.empty());
        }
        String rest = unifiedBlanks(text);
        Optional<String> currency = Optional.empty();
        boolean negative = false;
        boolean whole = false;
        for (String before = ""; !rest.equals(before); ) {
            before = rest;
            Matcher parentheses = PARENTHESES.matcher(rest);
            Matcher wordBefore = WORD_BEFORE.matcher(rest);
            Matcher wordAfter = WORD_AFTER.matcher(rest);
            if (parentheses.matches() && !negative) {
                negative = true;
                rest = strip(parentheses.group(1));
            } else if (currency.isEmpty() && wordBefore.matches()) {
                currency = Optional.of(wordBefore.group(1));
                rest = strip(wordBefore.group(2));
            } else if (currency.isEmpty() && wordAfter.matches()) {
                currency = Optional.of(wordAfter.group(2));
                rest = strip(wordAfter.group(1));
            } else if (NO_DECIMALS.matcher(rest).find()) {
                rest = strip(NO_DECIMALS.matcher(rest).replaceFirst(""));
                whole = true;
                if (!WHOLE.matcher(rest).matches()) {
                    return failed(ReasonCode.AMOUNT_INVALID);
                }
            } else if (!negative && rest.startsWith("-")) {
                negative = true;
                rest = strip(rest.substring(1));
            } else if (!negative && rest.endsWith("-")) {
                negative = true;
                rest = strip(rest.substring(0, rest.length() - 1));
                if (NO_DECIMALS.matcher(rest).find()) {
                    // A dash too many: whether it is a sign nobody can say.
                    return failed(ReasonCode.AMOUNT_INVALID);
                }
            }
        }
        Optional<String> code =
                currency.map(word -> word.toLowerCase(Locale.ROOT)).map(CURRENCIES::get);
        if (whole && decimalMark.filter(mark -> mark == '.').isPresent() && rest.indexOf('.') >= 0) {
            return failed(ReasonCode.AMOUNT_INVALID);
        }
        return unsigned(rest, whole ? Optional.of(',') : decimalMark, negative, code);
    }

    /** The amount of most files, digits with two decimals, told without patterns; empty for everything else. */
    private static OptionalLong plain(String text, Optional<Character> decimalMark) {
        int mark = text.length() - 3;
        if (mark < 1 || mark > PLAIN_DIGITS_MAX) {
            return OptionalLong.empty();
        }
        long minor = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != mark && c >= '0' && c <= '9') {
                minor = minor * 10 + c - '0';
            } else if (i != mark || c != decimalMark.orElse(c) || c != '.' && c != ',') {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(minor);
    }

    private static AmountText unsigned(
            String text, Optional<Character> decimalMark, boolean negative, Optional<String> currency) {
        int lastDot = text.lastIndexOf('.');
        int lastComma = text.lastIndexOf(',');
        int mark;
        if (decimalMark.isPresent()) {
            mark = text.lastIndexOf(decimalMark.get());
        } else if (lastDot >= 0 && lastComma >= 0) {
            mark = Math.max(lastDot, lastComma);
        } else {
            mark = Math.max(lastDot, lastComma);
            if (mark >= 0 && text.indexOf(text.charAt(mark)) != mark) {
                mark = -1;
            } else if (mark >= 0 && THREE_AND_THREE.matcher(text).matches()) {
                return failed(ReasonCode.AMOUNT_AMBIGUOUS);
            }
        }
        String whole = mark < 0 ? text : text.substring(0, mark);
        String decimals = mark < 0 ? "" : text.substring(mark + 1);
        Optional<String> digits = ungrouped(whole, mark >= 0 ? text.charAt(mark) : ' ');
        if (digits.isEmpty() || mark >= 0 && !PLAIN.matcher(decimals).matches()) {
            return failed(ReasonCode.AMOUNT_INVALID);
        }
        return value(digits.get(), decimals, negative, currency);
    }

    private static AmountText value(String digits, String decimals, boolean negative, Optional<String> currency) {
        if (digits.length() > DIGITS_MAX) {
            return failed(ReasonCode.AMOUNT_TOO_LARGE);
        }
        if (decimals.length() > DIGITS_MAX) {
            return failed(ReasonCode.AMOUNT_TOO_MANY_DECIMALS);
        }
        BigDecimal amount = new BigDecimal((negative ? "-" : "") + digits + (decimals.isEmpty() ? "" : "." + decimals));
        OptionalLong minor = MinorUnits.of(amount);
        return minor.isPresent()
                ? new AmountText(minor, Optional.empty(), currency)
                : failed(ReasonCode.AMOUNT_TOO_MANY_DECIMALS);
    }

    /** The digits of groups of three; empty if the groups are not of three, or marked in more than one way. */
    private static Optional<String> ungrouped(String whole, char decimalMark) {
        char separator = 0;
        int group = 0;
        boolean first = true;
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
                group++;
                continue;
            }
            boolean known = c == GROUP || (c == '.' || c == ',') && c != decimalMark;
            boolean sameAsBefore = separator == 0 || separator == c;
            if (!known || !sameAsBefore || group == 0 || group > 3 || !first && group != 3) {
                return Optional.empty();
            }
            separator = c;
            first = false;
            group = 0;
        }
        // Thousands do not begin with a zero: such a mark is one of decimals, and not the channel's.
        boolean grouped = !first && group == 3 && digits.charAt(0) != '0';
        return digits.isEmpty() || !first && !grouped ? Optional.empty() : Optional.of(digits.toString());
    }

    /** Every blank and apostrophe inside becomes one and the same group mark, every dash a hyphen. */
    private static String unifiedBlanks(String text) {
        StringBuilder unified = new StringBuilder(text.length());
        for (char c : Cells.trim(text).toCharArray()) {
            if (Cells.isBlank(c) || c == '’' || c == '\'') {
                unified.append(GROUP);
            } else {
                unified.append(c == '\u2212' || c == '\u2013' ? '-' : c);
            }
        }
        return unified.toString();
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == GROUP) {
            start++;
        }
        while (end > start && text.charAt(end - 1) == GROUP) {
            end--;
        }
        return text.substring(start, end);
    }

    private static AmountText failed(ReasonCode fault) {
        return new AmountText(OptionalLong.empty(), Optional.of(fault), Optional.empty());
    }
}
