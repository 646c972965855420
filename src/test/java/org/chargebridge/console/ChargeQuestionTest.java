package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChargeQuestionTest {

    private static ChargeQuestion amount(String text) {
        return new ChargeQuestion("", "", "", "", "", "", text, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.5|123450",
                "1 234,50|123450",
                "1\u00a0234,50|123450",
                "1\u202f234,50|123450",
                "1,234.50|123450",
                "1.234,50|123450",
                "12.345.678,90|1234567890",
                "1234|123400"
            })
    void anAmountIsFoundAsThePagesShowIt(String written, long minor) {
        assertThat(amount(written).fault()).isEmpty();
        assertThat(amount(written).wanted().amountMinor()).hasValue(minor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234", "1.234", "1,23,45", "12,34.50", "1234.50 NOK", "much", "-5"})
    void whatCouldBeTwoAmountsIsAskedForAgain(String written) {
        assertThat(amount(written).fault()).isPresent();
    }
}
