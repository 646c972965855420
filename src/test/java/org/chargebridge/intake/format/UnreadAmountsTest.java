package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.format.FormatRig.csv;
import static org.chargebridge.intake.format.FormatRig.input;
import static org.chargebridge.intake.format.FormatRig.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole amount is not charged where another column, under a heading that is not known, says what to charge. */
class UnreadAmountsTest {

    private static final String LINE = "\n1;C1;500;2026-12-01;100\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Restbeløp NOK",
                "Restbeløb (DKK)",
                "Rest",
                "Åpent beløp",
                "Åbent beløb",
                "Resterende beløb",
                "Utestående saldo",
                "Saldo",
                "Avoin saldo",
                "Avoinna EUR",
                "Remaining Amt. (LCY)",
                "Open Balance",
                "Å betale",
                "Å betale (NOK)",
                "A betale",
                "At betale",
                "Til betaling",
                "Att betala",
                "Skyldig",
                "Skyldig beløp",
                "Ubetalt",
                "Restance",
                "Åpen post",
                "To pay",
                "Payable Amount",
                "Amount payable",
                "Maksettava",
                "Maksettavaa",
                "Innbetalt",
                "Indbetalt beløb",
                "Betalt beløp",
                "Beløp å betale",
                "Amount paid",
                "Maksettu summa"
            })
    void aRemainderUnderAnUnknownHeadingRefusesTheFileAndIsNamed(String heading) {
        FormatRig.Read read = csv("fakturanr;kundenr;beløp;forfall;" + heading + LINE);

        assertThat(read.refusal()).isEqualTo(ReasonCode.FILE_COLUMNS_CLASH);
        assertThat(read.refused().orElseThrow().reason().arguments())
                .containsExactly("amount", "beløp (3)", heading + " (5)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bruttobeløp",
                "Total inkl. mva",
                "Sum inkl. mva",
                "Verollinen",
                "Total Amount Including Tax",
                "Gross total"
            })
    void anAmountWithTaxUnderAnUnknownHeadingRefusesTheFile(String heading) {
        assertThat(csv("fakturanr;kundenr;beløp;forfall;" + heading + LINE).refusal())
                .isEqualTo(ReasonCode.FILE_COLUMNS_CLASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Betalt",
                "Innbetalt dato",
                "Payable days",
                "Betalingsmåte",
                "Betalingsbetingelser",
                "Mva-beløp",
                "Netto",
                "Beløp ekskl. mva",
                "Pris inkl. mva",
                "Bruttovekt",
                "Days outstanding",
                "Restaurant",
                "Balance account",
                "Avdeling"
            })
    void otherUnknownHeadingsAreIgnored(String heading) {
        assertThat(csv("fakturanr;kundenr;beløp;forfall;" + heading + LINE).values(Column.AMOUNT))
                .containsExactly("500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gjenstår", "amountOutstanding", "Amount due", "Balance Due"})
    void whatRemainsIsReadWhereItsHeadingIsWellKnown(String heading) {
        assertThat(csv("fakturanr;kundenr;amount;forfall;" + heading + LINE).values(Column.AMOUNT))
                .containsExactly("100");
    }

    @Test
    void whatRemainsGoesBeforeWhatIsNotKnown() {
        FormatRig.Read read =
                csv("fakturanr;kundenr;beløp;forfall;restbeløp;restbeløp (NOK)\n1;C1;500;2026-12-01;100;100\n");

        assertThat(read.values(Column.AMOUNT)).containsExactly("100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Å betale", "Til betaling", "Maksettavaa", "Fakturabeløp", "Total amount", "Loppusumma (€)"})
    void whatIsToBePaidIsReadWhereNoOtherNamesTheAmount(String heading) {
        assertThat(csv("fakturanr;kundenr;forfall;MVA;" + heading + "\n1;C1;2026-12-01;20;100\n")
                        .values(Column.AMOUNT))
                .containsExactly("100");
    }

    @Test
    void theWholeAmountIsNotReadBesideWhatIsToBePaid() {
        assertThat(csv("fakturanr;kundenr;forfall;Fakturabeløp;Å betale\n1;C1;2026-12-01;500;100\n")
                        .refusal())
                .isEqualTo(ReasonCode.FILE_COLUMNS_CLASH);
    }

    @Test
    void aColumnThatTheChannelNamesSettlesIt() {
        String text = "fakturanr;kundenr;beløp;forfall;Restbeløp NOK" + LINE;

        assertThat(csv(text, StandardCharsets.UTF_8, input(null, null, Map.of("amount", "Restbeløp NOK")))
                        .values(Column.AMOUNT))
                .containsExactly("100");
        assertThat(csv(text, StandardCharsets.UTF_8, input(null, null, Map.of("amount", "beløp")))
                        .values(Column.AMOUNT))
                .containsExactly("500");
    }

    @Test
    void inJsonItCostsItsOwnLineOnly() {
        String invoice = "{\"invoiceNumber\":\"1\",\"kid\":\"12\",\"amount\":500,\"dueDate\":\"2026-12-01\"";
        FormatRig.Read read = json(invoice + ",\"openBalance\":100}\n" + invoice + "}\n", input());

        assertThat(read.rows().get(0).fault()).isPresent();
        assertThat(read.values(Column.AMOUNT)).containsExactly("500");
    }
}
