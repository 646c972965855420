package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.IntakeRig.HEADER;

import java.nio.charset.StandardCharsets;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class FileAccountTest {

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    private static String line(String number, String amount) {
        return number + ";C1;agr_abc1;;" + amount + ";2026-12-01;Text\n";
    }

    @Test
    void everyKindOfAnswerAddsUp() {
        rig.receive(
                "mixed.csv",
                HEADER
                        + line("1", "100,00")
                        + line("1", "100,00")
                        + line("1", "200,00")
                        + line("2", "0,50")
                        + line("3", "0")
                        + line("4", "-100")
                        + line("5", "1.234")
                        + line("6", "2000000")
                        + "7;;;;100;2026-12-01;\n"
                        + "8;C9;;;100;2026-12-01;\n"
                        + "9;C1;agr_abc1;;100;2026-11-20;\n"
                        + "10;C1;agr_abc1;;100;31.02.2027;\n"
                        + "11;C1;agr_abc1;;100;2029-01-01;\n"
                        + "12;C1;AGR_1;;100;2026-12-01;\n"
                        + "13;C1;agr_abc1;1,23E+17;100;2026-12-01;\n");

        assertThat(rig.answers("mixed.csv"))
                .containsExactly(
                        "2 ACCEPTED -",
                        "3 DUPLICATE ALREADY_RECORDED",
                        "4 HELD CONFLICT",
                        "5 REFUSED AMOUNT_BELOW_MINIMUM",
                        "6 IGNORED NOTHING_TO_COLLECT",
                        "7 HELD CREDIT_NOTE",
                        "8 REFUSED AMOUNT_AMBIGUOUS",
                        "9 HELD ABOVE_MAX_PER_CHARGE",
                        "10 REFUSED AGREEMENT_NOT_GIVEN",
                        "11 REFUSED AGREEMENT_UNKNOWN",
                        "12 REFUSED DUE_TOO_SOON",
                        "13 REFUSED DATE_INVALID",
                        "14 REFUSED DUE_TOO_FAR",
                        "15 REFUSED AGREEMENT_ID_MALFORMED",
                        "16 REFUSED NUMBER_DAMAGED");
        assertThat(rig.letters()).containsExactly("LINE CONFLICT", "LINE CREDIT_NOTE", "LINE ABOVE_MAX_PER_CHARGE");
    }

    @Test
    void whatIsCountedIsWhatTheReceiptSaysAndOnlyOnce() {
        String header = HEADER.strip() + ";action\n";
        byte[] bytes = (header + "1;C1;agr_abc1;;100,00;2026-12-01;;\n2;C1;agr_abc1;;x;2026-12-01;;\n"
                        + "2;C1;agr_abc1;;100,00;2026-12-01;;discard\n")
                .getBytes(StandardCharsets.UTF_8);

        rig.receive("demo", "a.csv", bytes);
        rig.receive("demo", "b.csv", bytes);

        assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 IGNORED DISCARDED", "4 IGNORED DISCARDED");
        assertThat(counted("ACCEPTED")).isEqualTo(1);
        assertThat(counted("REFUSED")).isZero();
        assertThat(counted("IGNORED")).isEqualTo(2);
    }

    private double counted(String answer) {
        return rig.meters
                .counter("chargebridge.lines", "channel", "demo", "answer", answer)
                .count();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogShowsNoLongNumberAndNoControlSignOfAFileWithoutHeader(CapturedOutput output) {
        rig.receive("list.csv", "\u001b[31m1001;Kari;50001200018;+47 912 34 567;199,00;2026-12-01\n");

        assertThat(rig.fileState("list.csv")).isEqualTo("REFUSED FILE_LAYOUT_UNKNOWN");
        assertThat(output.getOut())
                .contains("list.csv is refused as a whole")
                .doesNotContain("50001200018", "912 34 567", "\u001b");
    }
}
