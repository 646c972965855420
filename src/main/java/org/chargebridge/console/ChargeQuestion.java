package org.chargebridge.console;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chargebridge.ledger.LineSearch;

/**
 * What somebody looks for, as they wrote it; what is empty or missing is not asked for.
 *
 * @param amount with or without decimals, such as {@code 1 234,50} or as any of the pages shows it
 * @param before where a list goes on, as the part before it said
 */
public record ChargeQuestion(
        String channel,
        String orderId,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        String amount,
        String before) {

    /** All there are. */
    public static final ChargeQuestion ANY = new ChargeQuestion("", "", "", "", "", "", "", "");

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})(?:[.,]([0-9]{1,2}))?");
    /** Thousands are told from decimals by being parted by the other mark. */
    private static final Pattern PARTED =
            Pattern.compile("[0-9]{1,3}(?:(?:\\.[0-9]{3}){1,3},|(?:,[0-9]{3}){1,3}\\.)[0-9]{1,2}");

    private static final String BLANKS = "[\\s\\u00A0\\u2007\\u2009\\u202F]";
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})");

    /** The same, but where its list goes on. */
    public ChargeQuestion from(String place) {
        return new ChargeQuestion(channel, orderId, invoiceNumber, customerNumber, kid, agreementId, amount, place);
    }

    /** What is wrong with it, in a sentence. */
    public Optional<String> fault() {
        if (given(amount).isPresent() && !AMOUNT.matcher(plainAmount()).matches()) {
            return Optional.of("The amount cannot be read. Write it like 1234.50, without a currency.");
        }
        return given(before)
                .filter(place -> !PLACE.matcher(place).matches())
                .map(place -> "There is no such place in the list. Begin the search anew.");
    }

    /** Whether there is anything beside a channel to look for. */
    public boolean isEmpty() {
        return given(orderId).isEmpty()
                && given(invoiceNumber).isEmpty()
                && given(customerNumber).isEmpty()
                && given(kid).isEmpty()
                && given(agreementId).isEmpty()
                && given(amount).isEmpty();
    }

    /** @throws IllegalArgumentException where there is a {@link #fault()} */
    LineSearch.Wanted wanted() {
        fault().ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        });
        return new LineSearch.Wanted(
                given(channel),
                given(orderId),
                given(invoiceNumber),
                given(customerNumber),
                given(kid).map(number -> number.replaceAll(BLANKS, "")),
                given(agreementId),
                given(amount).map(text -> minor(plainAmount())).orElse(OptionalLong.empty()),
                given(before).map(ChargeQuestion::place));
    }

    private String plainAmount() {
        String plain = amount.replaceAll(BLANKS, "");
        if (!PARTED.matcher(plain).matches()) {
            return plain;
        }
        int decimals = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
        return plain.substring(0, decimals).replaceAll("[.,]", "") + plain.substring(decimals);
    }

    private static OptionalLong minor(String text) {
        BigDecimal major = new BigDecimal(text.replace(',', '.'));
        return OptionalLong.of(major.movePointRight(2).longValueExact());
    }

    private static LineSearch.Place place(String text) {
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no place of a list: " + text);
        }
        return new LineSearch.Place(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Never what is looked for: it may be a person. */
    @Override
    public String toString() {
        return "a question about charges";
    }
}
