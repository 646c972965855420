package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MinorUnitsTest {

    @Property
    void everyAmountComesBackToTheLastOere(@ForAll @LongRange(min = -9_999_999_999L, max = 9_999_999_999L) long minor) {
        assertThat(MinorUnits.of(new BigDecimal(MinorUnits.toDecimalString(minor))))
                .hasValue(minor);
    }

    @Property
    void nothingIsEverRounded(@ForAll @LongRange(min = 0, max = 99_999_999_999L) long thousandths) {
        BigDecimal amount = BigDecimal.valueOf(thousandths, 3);
        if (thousandths % 10 == 0) {
            assertThat(MinorUnits.of(amount)).hasValue(thousandths / 10);
        } else {
            assertThat(MinorUnits.of(amount)).isEmpty();
        }
    }

    @Test
    void amountThatDoesNotFitIsNoAmount() {
        assertThat(MinorUnits.of(new BigDecimal("1e30"))).isEmpty();
        assertThat(MinorUnits.of(new BigDecimal("100.500"))).hasValue(10_050);
    }
}
