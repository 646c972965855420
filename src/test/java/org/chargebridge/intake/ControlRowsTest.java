package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.Test;

/** The sums that lists of several pages and columns carry agree with their lines, or refuse the file. */
class ControlRowsTest {

    private static final Channel CHANNEL = ChannelBuilder.channel().build();
    private static final String PAGE = "fakturanr;agreement_id;beløp;forfall;restbeløp\n";
    private static final String ONE = "1;agr_1;500,00;2026-12-01;100,00\n";
    private static final String TWO = "2;agr_2;500,00;2026-12-01;50,00\n";

    @Test
    void theSumOfAnotherColumnMayStandBesideThatOfTheAmount() {
        try (IntakeRig rig = new IntakeRig(CHANNEL)) {
            rig.receive("a.csv", PAGE + ONE + TWO + "Sum;;1000,00;;150,00\n");
            rig.receive("b.csv", PAGE + ONE + TWO + "Sum;;1000;;151\n");

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
            assertThat(rig.fileState("b.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");
        }
    }

    @Test
    void aTotalBehindTheSumsOfPagesIsThatOfTheWholeFile() {
        String pages = PAGE + ONE + "Sum;;;;100,00\n" + PAGE + TWO + "Sum;;;;50,00\n";
        try (IntakeRig rig = new IntakeRig(CHANNEL)) {
            rig.receive("a.csv", pages + "Totalt;;;;150,00\n");
            rig.receive("b.csv", pages + "Totalt;;;;150,01\n");
            rig.receive("c.csv", pages + "Totalt;3;150,00\n");

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "5 ACCEPTED -");
            assertThat(rig.fileState("b.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");
            assertThat(rig.fileState("c.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");
        }
    }

    @Test
    void aSumIsThatOfTheLinesSinceTheLastHeaderOrSum() {
        try (IntakeRig rig = new IntakeRig(CHANNEL)) {
            rig.receive("a.csv", PAGE + ONE + "Sum;;;;100,00\n" + TWO + "Sum;;;;50,00\n");
            rig.receive("b.csv", PAGE + ONE.replace("1;", "3;") + PAGE + TWO.replace("2;", "4;") + "Sum;;;;50,00\n");

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "4 ACCEPTED -");
            assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -", "4 ACCEPTED -");
        }
    }

    @Test
    void anAmountThatCannotBeReadRefusesItsLineAndNotTheFileWhoseSumNobodyCanHoldAgainstIt() {
        String unread = "3;agr_3;500,00;2026-12-01;1.234\n";
        try (IntakeRig rig = new IntakeRig(CHANNEL)) {
            rig.receive("a.csv", PAGE + ONE + unread + "Sum;2;1334,00\n");
            rig.receive("b.csv", PAGE + TWO + unread.replace("3;", "4;") + "Sum;3;1334,00\n");

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED AMOUNT_AMBIGUOUS");
            assertThat(rig.fileState("b.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");
        }
    }

    @Test
    void aLineThatNeedsNoAmountKeepsNoSumFromBeingChecked() {
        String header = "invoice_number;agreement_id;amount;due_date;action\n";
        String lines = "1;agr_1;100,00;2026-12-01;charge\n2;agr_2;50,00;2026-12-01;charge\n1;;;;cancel\n";
        try (IntakeRig rig = new IntakeRig(CHANNEL)) {
            rig.receive("a.csv", header + lines + "TRAILER;3;150,01\n");
            assertThat(rig.fileState("a.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");

            rig.receive("b.csv", header + lines + "TRAILER;3;150,00\n");
            assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 ACCEPTED -");
        }
    }
}
