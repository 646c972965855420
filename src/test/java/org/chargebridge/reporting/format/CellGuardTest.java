package org.chargebridge.reporting.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellGuardTest {

    @ParameterizedTest
    @CsvSource({
        "=1+1, '''=1+1'",
        "@SUM(A1), '''@SUM(A1)'",
        "+cmd, '''+cmd'",
        "-cmd, '''-cmd'",
        "-, '''-'",
        "-12.50, -12.50",
        "+4712345678, +4712345678",
        "'-1 234,00', '-1 234,00'",
        "'''=1', '''=1'",
        "plain, plain"
    })
    void onlyWhatASpreadsheetWouldRunIsGuarded(String cell, String guarded) {
        assertThat(CellGuard.guard(cell)).isEqualTo(guarded);
    }

    @Property
    void noCellBeginsLikeAFormulaUnlessItIsANumber(@ForAll String cell) {
        String guarded = CellGuard.guard(cell);

        assertThat(guarded.endsWith(cell)).isTrue();
        if (!guarded.isEmpty() && "=+-@".indexOf(guarded.charAt(0)) >= 0) {
            assertThat(guarded.substring(1)).matches("\\d[\\d .,\\u00A0\\u202F]*");
        }
    }
}
