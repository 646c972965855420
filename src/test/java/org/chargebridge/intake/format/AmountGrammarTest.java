package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chargebridge.charge.MinorUnits;

/** Any row of digits, dots and commas is read as the page on files says, or not at all. */
class AmountGrammarTest {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern DECIMALS = Pattern.compile("([0-9]+)([.,])([0-9]+)");
    private static final Pattern AMBIGUOUS = Pattern.compile("[0-9]{1,3}[.,][0-9]{3}");
    private static final Pattern THOUSANDS = Pattern.compile("([1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\\2[0-9]{3})*)");
    private static final Pattern BOTH = Pattern.compile(THOUSANDS + "(?!\\2)([.,])([0-9]+)");

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("0", "1", "5", "00", "250", "999", ".", ",")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    private static OptionalLong minor(String whole, String decimals) {
        return MinorUnits.of(new BigDecimal(whole.replaceAll("[.,]", "") + "." + decimals));
    }

    private static OptionalLong read(String text, Optional<Character> mark) {
        Matcher decimals = DECIMALS.matcher(text);
        Matcher thousands = THOUSANDS.matcher(text);
        Matcher both = BOTH.matcher(text);
        if (DIGITS.matcher(text).matches()) {
            return minor(text, "0");
        }
        if (both.matches() && mark.filter(c -> c != both.group(3).charAt(0)).isEmpty()) {
            return minor(both.group(1), both.group(4));
        }
        boolean single = decimals.matches();
        if (mark.isEmpty() && single && !AMBIGUOUS.matcher(text).matches()
                || single && mark.filter(c -> c == decimals.group(2).charAt(0)).isPresent()) {
            return minor(decimals.group(1), decimals.group(3));
        }
        boolean grouped = thousands.matches()
                && (mark.isEmpty()
                        ? !AMBIGUOUS.matcher(text).matches()
                        : mark.get() != thousands.group(2).charAt(0));
        return grouped ? minor(text, "0") : OptionalLong.empty();
    }

    @Property(tries = 3_000)
    void withoutAMarkOfTheChannelTheLastOfDotAndCommaIsIt(@ForAll("texts") String text) {
        assertThat(AmountText.parse(text, Optional.empty()).minor()).isEqualTo(read(text, Optional.empty()));
    }

    @Property(tries = 3_000)
    void theChannelsMarkIsTheOnlyOne(@ForAll("texts") String text, @ForAll boolean comma) {
        Optional<Character> mark = Optional.of(comma ? ',' : '.');
        assertThat(AmountText.parse(text, mark).minor()).isEqualTo(read(text, mark));
    }
}
