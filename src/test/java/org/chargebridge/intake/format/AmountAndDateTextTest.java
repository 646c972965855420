package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.time.api.constraints.DateRange;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountAndDateTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100|10000",
                "100,00|10000",
                "100.5|10050",
                "1.234,50|123450",
                "1,234.50|123450",
                "1 234,50|123450",
                "1\u00A0234,50|123450",
                "1\u202F234|123400",
                "1’234.50|123450",
                "1.234.567|123456700",
                "12.345.678,9|1234567890",
                "-100|-10000",
                "100-|-10000",
                "\u2212100,00|-10000",
                "(1,00)|-100",
                "kr 100|10000",
                "kr. 1.250,00|125000",
                "100,00 kr|10000",
                "NOK 100|10000",
                "100 DKK|10000",
                "€ 5.50|550",
                "100,-|10000",
                "kr 1 250,-|125000",
                "kr 1.250,-|125000",
                "1.250,\u2013|125000",
                "500,--|50000",
                "-500,-|-50000",
                "100,5000|10050",
                "1234,500|123450",
                "1 234,500|123450",
                "\u200E100,00\u200F|10000",
                "0|0",
                "0,00|0"
            })
    void amountsAsErpsWriteThem(String text, long minor) {
        assertThat(AmountText.parse(text, Optional.empty()).minor()).isEqualTo(OptionalLong.of(minor));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234|AMOUNT_AMBIGUOUS",
                "1,234|AMOUNT_AMBIGUOUS",
                "0,125|AMOUNT_AMBIGUOUS",
                "100,5001|AMOUNT_TOO_MANY_DECIMALS",
                "19999,999|AMOUNT_TOO_MANY_DECIMALS",
                "1 234,567|AMOUNT_TOO_MANY_DECIMALS",
                "100,00H|AMOUNT_INVALID",
                "1.234,567|AMOUNT_TOO_MANY_DECIMALS",
                "12.34.56|AMOUNT_INVALID",
                "1.23,456.7|AMOUNT_INVALID",
                "1 23 4|AMOUNT_INVALID",
                "1,2,3|AMOUNT_INVALID",
                "0,500,000|AMOUNT_INVALID",
                "500,- -|AMOUNT_INVALID",
                "500,---|AMOUNT_INVALID",
                "1.25,-|AMOUNT_INVALID",
                "100,|AMOUNT_INVALID",
                ",50|AMOUNT_INVALID",
                "abc|AMOUNT_INVALID",
                "1E5|AMOUNT_INVALID",
                "--5|AMOUNT_INVALID",
                "-5-|AMOUNT_INVALID",
                "(-5)|AMOUNT_INVALID",
                "١٠٠|AMOUNT_INVALID",
                "100 SEK|AMOUNT_INVALID",
                "1234567890123456|AMOUNT_TOO_LARGE"
            })
    void amountsThatCouldMeanTwoThingsAreRefused(String text, ReasonCode code) {
        AmountText amount = AmountText.parse(text, Optional.empty());
        assertThat(amount.fault()).contains(code);
        assertThat(amount.minor()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234|,|123400",
                "1,234|.|123400",
                "1.234|.|-",
                "1.234,5|,|123450",
                "1,234.5|,|-",
                "1234.50|,|-",
                "500,-|.|50000",
                "1.000,-|,|100000",
                "1.000,-|.|-",
                "0.500|,|-",
                "0,500|.|-",
                "00.500|,|-"
            })
    void aChannelsDecimalMarkSettlesIt(String text, char mark, String minor) {
        OptionalLong expected = minor.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(minor));
        assertThat(AmountText.parse(text, Optional.of(mark)).minor()).isEqualTo(expected);
    }

    @Property
    void anAmountWrittenWithTwoDecimalsIsReadAsItIs(
            @ForAll @LongRange(min = -99_999_999_999L, max = 99_999_999_999L) long minor,
            @ForAll @IntRange(max = 3) int style) {
        String plain = MinorUnits.toDecimalString(Math.abs(minor));
        String grouped = plain.substring(0, plain.length() - 3).replaceAll("(?<=\\d)(?=(\\d{3})+$)", " ")
                + plain.substring(plain.length() - 3);
        String text =
                switch (style) {
                    case 0 -> plain;
                    case 1 -> plain.replace('.', ',');
                    case 2 -> grouped.replace('.', ',').replace(' ', '.');
                    default -> grouped.replace(' ', '\u00A0');
                };
        assertThat(AmountText.parse(minor < 0 ? "-" + text : text, Optional.empty())
                        .minor())
                .isEqualTo(OptionalLong.of(minor));
    }

    @Property
    void noTextMakesTheParserFail(@ForAll String text) {
        AmountText amount = AmountText.parse(text, Optional.empty());
        assertThat(amount.minor().isPresent()).isNotEqualTo(amount.fault().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01",
        "01.12.2026",
        "1.12.2026",
        "01-12-2026",
        "1/12/2026",
        "20261201",
        "2026-12-01T00:00:00",
        "2026-12-01 00:00",
        "2026/12/01",
        "2026.12.01",
        "20261201 00:00:00",
        "01.12.2026 00:00:00",
        "1.12.2026 0.00",
        "01.12.2026 00.00.00"
    })
    void datesAsErpsWriteThem(String text) {
        assertThat(DateText.parse(text, Optional.empty())).contains(LocalDate.of(2026, 12, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31.02.2026",
                "2026-02-30",
                "01.14.2026",
                "011226",
                "1.12.26",
                "2026-12-01T00:00:00Z",
                "2026-12-01T10:00",
                "01.12.2026 10:00",
                "2026/1/1",
                "1.12-2026",
                "tomorrow",
                "44000",
                "20261301",
                "",
                "2026-1-1",
                "2026-12-01x"
            })
    void datesThatAreNoneAreRefused(String text) {
        assertThat(DateText.parse(text, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "011226,ddMMyy,2026-12-01",
        "2026-12-01,ddMMyy,2026-12-01",
        "12/01/2026,MM/dd/yyyy,2026-12-01",
        "12/1/2026 0:00,M/d/yyyy,2026-12-01",
        "12/1/2026 12:00:00 AM,M/d/yyyy,2026-12-01"
    })
    void aChannelsPatternIsRead(String text, String pattern, LocalDate expected) {
        assertThat(DateText.parse(text, Optional.of(pattern))).contains(expected);
        assertThat(DateText.parse("310226", Optional.of("ddMMyy"))).isEmpty();
        assertThat(DateText.parse("01.12.2026", Optional.of("ddMMyy"))).isEmpty();
        assertThat(DateText.parse("12/1/2026 12:00:00 PM", Optional.of("M/d/yyyy")))
                .isEmpty();
    }

    @Property
    void everyDayIsReadInEveryWay(@ForAll @DateRange(min = "2020-01-01", max = "2099-12-31") LocalDate day) {
        for (String pattern :
                new String[] {"yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "d/M/yyyy", "yyyyMMdd"}) {
            assertThat(DateText.parse(day.format(DateTimeFormatter.ofPattern(pattern)), Optional.empty()))
                    .contains(day);
        }
    }
}
