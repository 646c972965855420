package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.format.FormatRig.csv;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number that an export guards for a spreadsheet is the number, as the spreadsheet gives it back. */
class SpreadsheetTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=\"00777\"|00777",
                "\"=\"\"00777\"\"\"|00777",
                " =\"00777\" |00777",
                "'=\"00777\"|00777",
                "=\"\"|``",
                "=\"A\"&\"B\"|=\"A\"&\"B\"",
                "=SUM(1)|=SUM(1)",
                "=00777|=00777"
            })
    void theTextIsReadAndNotTheFormula(String cell, String value) {
        FormatRig.Read read = csv("kid;fakturanr;beløp;forfall\n" + cell + ";1;100;2026-12-01\n");

        assertThat(read.values(Column.KID)).containsExactly(value);
    }
}
