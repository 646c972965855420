package org.chargebridge.intake.format;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The currency that ends a heading of amounts: {@code Beløp NOK}, {@code Beløb (DKK)}, {@code Summa €}. The heading
 * says it in place of the cells below it, which are then plain numbers.
 *
 * @param heading the rest of the heading, without the currency
 * @param currency an ISO 4217 code, {@link AmountText#KRONER} that do not say whose, or another sign as it was given
 */
record HeadingCurrency(String heading, String currency) {

    private static final Pattern WORD = Pattern.compile(
            "(.+?)(?:\\P{L}(?i:i|in))?(?:\\P{L}+|(?<=\\p{Ll})(?=\\p{Lu}))((?i:nok|dkk|eur|euroa?|kr|kroner))\\P{L}*");
    private static final Pattern SIGN = Pattern.compile("(.+?)(\\p{Sc})\\P{L}*");
    private static final Map<String, String> CURRENCIES = Map.of(
            "nok",
            "NOK",
            "dkk",
            "DKK",
            "eur",
            "EUR",
            "euro",
            "EUR",
            "euroa",
            "EUR",
            "€",
            "EUR",
            "kr",
            AmountText.KRONER,
            "kroner",
            AmountText.KRONER);

    static Optional<HeadingCurrency> of(String heading) {
        for (Pattern pattern : new Pattern[] {SIGN, WORD}) {
            Matcher matcher = pattern.matcher(heading);
            if (matcher.matches()) {
                String word = matcher.group(2);
                return Optional.of(new HeadingCurrency(
                        matcher.group(1), CURRENCIES.getOrDefault(word.toLowerCase(Locale.ROOT), word)));
            }
        }
        return Optional.empty();
    }
}
