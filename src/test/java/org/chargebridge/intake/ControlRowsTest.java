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
}
