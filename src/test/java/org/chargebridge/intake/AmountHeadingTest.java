package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A heading may say which currency the plain numbers below it are in; a charge takes that of the sales unit only. */
class AmountHeadingTest {

    private static String answer(String heading, Currency currency, String moreHeadings, String moreCells) {
        try (IntakeRig rig =
                new IntakeRig(ChannelBuilder.channel().currency(currency).build())) {
            rig.receive(
                    "a.csv",
                    "fakturanr;agreement_id;forfall;" + heading + moreHeadings + "\n1;agr_abc1;2026-12-01;100"
                            + moreCells + "\n");
            return rig.answers("a.csv").get(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Beløp NOK, NOK",
        "Beløp (NOK), NOK",
        "Beløp i NOK, NOK",
        "beløpNOK, NOK",
        "Restbeløp nok, NOK",
        "Beløp (kr.), NOK",
        "Beløb kr, DKK",
        "Beløb i kroner, DKK",
        "Amount [DKK], DKK",
        "Amount in EUR, EUR",
        "Summa (€), EUR",
        "Summa euroa, EUR",
        "Avoinna EUR, EUR"
    })
    void anAmountIsReadUnderAHeadingThatNamesTheSalesUnitsCurrency(String heading, Currency currency) {
        assertThat(answer(heading, currency, "", "")).isEqualTo("2 ACCEPTED -");
    }

    @ParameterizedTest
    @CsvSource({
        "Beløp NOK, DKK",
        "Beløp NOK, EUR",
        "Beløp kr, EUR",
        "Amount EUR, NOK",
        "Summa (€), NOK",
        "Summa €, DKK",
        "Amount ($), NOK",
        "Amount £, EUR"
    })
    void anAmountInAnotherCurrencyIsRefused(String heading, Currency currency) {
        assertThat(answer(heading, currency, "", "")).isEqualTo("2 REFUSED CURRENCY_MISMATCH");
    }

    @ParameterizedTest
    @CsvSource({"Beløp NOK, NOK, EUR", "Beløp NOK, EUR, EUR"})
    void whatAnInvoiceInAnotherCurrencyIsWorthAtHomeIsNotCharged(String heading, Currency unit, String line) {
        assertThat(answer(heading, unit, ";valuta", ";" + line)).isEqualTo("2 REFUSED CURRENCY_MISMATCH");
    }

    @ParameterizedTest
    @CsvSource({"Beløp NOK, Beløp EUR", "Beløp NOK, Saldo NOK", "Beløp NOK, Beløp inkl. mva NOK"})
    void twoHeadingsThatMayBothBeTheAmountRefuseTheFile(String first, String second) {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive(
                    "a.csv",
                    "fakturanr;agreement_id;forfall;" + first + ";" + second + "\n1;agr_abc1;2026-12-01;100;90\n");

            assertThat(rig.fileState("a.csv")).isEqualTo("REFUSED FILE_COLUMNS_CLASH");
        }
    }
}
