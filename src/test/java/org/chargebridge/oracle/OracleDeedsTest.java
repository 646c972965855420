package org.chargebridge.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.chargebridge.oracle.OracleTest.Damage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of damage to what lines do to charges and agreements is done to a sound run, and must be found. */
class OracleDeedsTest {

    @TempDir
    private Path home;

    private SoundRun run;

    @BeforeEach
    void setUp() {
        run = new SoundRun(home);
        SoundDeeds.add(run);
    }

    @Test
    void soundRunHasNoFindings() {
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    @Test
    void twoRefundsThatAreSeenInOneSecondAreTwoChanges() {
        String first = "101.50;101.50;30.00";
        run.repeatRow(SoundDeeds.REPORT, first);
        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains("tells again that erp-A1-x"));

        run.changeOnce(SoundDeeds.REPORT, first, "101.50;101.50;20.00");

        assertThat(Oracle.findings(run.evidence())).noneMatch(finding -> finding.contains("tells again"));
    }

    static Stream<Arguments> damages() {
        return Stream.of(answers(), money(), charges(), agreements(), offers()).flatMap(stream -> stream);
    }

    private static Arguments damage(String expected, Damage damage) {
        return Arguments.of(expected, damage);
    }

    private static Arguments told(String expected, String from, String to) {
        return damage(expected, run -> run.change(SoundDeeds.REPORT, from, to));
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                damage("does not answer line 7 (X1)", run -> run.cutRow(SoundDeeds.RECEIPT, ";X1;")),
                damage("answers line 7 twice", run -> run.repeatRow(SoundDeeds.RECEIPT, ";X1;")),
                damage("The cancel X1 was accepted, and nobody was told", run -> run.cutRow(SoundDeeds.REPORT, ";X1;")),
                damage(
                        "The refund X8 was accepted 1 times, but 2 outcomes",
                        run -> run.repeatRow(SoundDeeds.REPORT, ";X8;")),
                damage("told to be done more than once", run -> run.repeatRow(SoundDeeds.REPORT, ";X7;")),
                damage("The capture X2 was told to be done more", run -> run.repeatRow(SoundDeeds.REPORT, ";X2;")),
                told("tells of line X99, which no receipt accepted", ";X1;", ";X99;"));
    }

    private static Stream<Arguments> money() {
        return Stream.of(
                damage(
                        "asked for [REFUND 3000], but the API did [REFUND 3000, REFUND 3000]",
                        run -> run.simulated(SoundDeeds.REFUND.replace("r7", "r77"))),
                damage("moved twice under the key r7", run -> run.simulated(SoundDeeds.REFUND)),
                damage("asked for [REFUND 3000], but the API did []", run -> run.changeLog(SoundDeeds.REFUND, "{}")),
                damage(
                        "but the API did [REFUND 3001]",
                        run -> run.changeLog(SoundDeeds.REFUND, SoundDeeds.REFUND.replace("3000", "3001"))),
                damage("asked for [CAPTURE 2500, CAPTURE 3500]", run -> run.changeLog(SoundDeeds.CAPTURE, "{}")),
                damage(
                        "but the API did [REFUND 3000, REFUND 50000]",
                        run -> run.simulated(
                                SoundDeeds.REFUND.replace("3000", "50000").replace("r7", "r8"))),
                told("asked for [], but the API did [REFUND 3000]", "refund;PARTIALLY_REFUNDED", "refund;REFUSED"),
                told("asked for [CAPTURE 3500], but", "capture;PARTIALLY_CAPTURED", "capture;HELD"),
                told(
                        "without its amount",
                        "charge;PARTIALLY_REFUNDED;;101.50;101.50;30.00",
                        "charge;PARTIALLY_REFUNDED;;" + "101.50;101.50;0.00"));
    }

    private static Stream<Arguments> charges() {
        return Stream.of(
                damage(
                        "X1 was told to be CANCELLED, but its charge is CHARGED",
                        run -> run.changeLog(
                                SoundDeeds.CANCEL_1, SoundDeeds.CANCEL_1.replace("\"CANCELLED\"", "\"CHARGED\""))),
                damage(
                        "one charge could collect: erp-B3-x and erp-B3-x-2",
                        run -> run.changeLog(SoundDeeds.CANCEL_3, "{}")),
                damage(
                        "one charge could collect: erp-B3-x-2 and erp-B3-x-3",
                        run -> run.simulated(SoundDeeds.made("erp-B3-x-3", "agr_7", 7100, "2026-11-06"))),
                damage(
                        "erp-B3-x-3 was charged, but no receipt",
                        run -> run.simulated(SoundDeeds.made("erp-B3-x-3", "agr_7", 7100, "2026-11-06"))),
                damage("erp-B3-x-2 was charged with another amount", run -> run.changeLog("7100,\"20", "7000,\"20")),
                damage(
                        "erp-B4-x-2 was charged with another amount",
                        run -> run.changeLog("erp-B4-x-2\",\"agr_8\",6000", "erp-B4-x-2\",\"agr_8\",8000")),
                damage(
                        "erp-B3-x-2 was charged with the due date",
                        run -> run.changeLog("7100,\"2026-11-06", "7100,\"2026-11-05")),
                damage("erp-B3-x-2 was charged to another", run -> run.changeLog("agr_7\",7100", "agr_8\",7100")),
                damage(
                        "erp-B5-x was told to be CANCELLED, but its charge exists",
                        run -> run.simulated(SoundDeeds.made("erp-B5-x", "agr_9", 4000, "2026-11-05"))),
                damage("erp-B3-x-2 was told to be CHARGED, which the API knows nothing of", run -> {
                    run.changeLog(SoundDeeds.CHANGED, "{}");
                    run.changeLog("erp-B3-x-2\",7100", "erp-B9-x\",7100");
                }),
                told("X4 was told to be PENDING, but it made no charge", ";CHARGED_ANEW;71", ";;71"),
                told("tells another amount of erp-B3-x-2", "CHARGED;;71.00", "CHARGED;;70.00"));
    }

    private static Stream<Arguments> agreements() {
        return Stream.of(
                damage("but the API did it 0 times", run -> run.changeLog(SoundDeeds.UPDATE, "{}")),
                damage("but the API did it 2 times", run -> run.simulated(SoundDeeds.UPDATE)),
                told(
                        "was told to be otherwise, but the API did it 1",
                        "update-agreement;ACTIVE",
                        "update-agreement;HELD"),
                damage("but the API did not stop it", run -> run.changeLog(SoundDeeds.STOP, "{}")),
                told("otherwise, but the API stopped it", "stop-agreement;STOPPED", "stop-agreement;REFUSED"),
                damage(
                        "Nobody asked for the STOP of agr_1",
                        run -> run.simulated(SoundDeeds.STOP.replace("agr_2", "agr_1"))),
                damage(
                        "Nobody asked for the UPDATE of agr_1",
                        run -> run.simulated(SoundDeeds.UPDATE.replace("agr_10", "agr_1"))),
                damage("The end of agr_2 was told to nobody", run -> run.cutRow(SoundDeeds.REPORT, ";agreement;")),
                damage("tells again that agr_2 ended", run -> run.repeatRow(SoundDeeds.REPORT, ";agreement;")),
                told(
                        "agr_2 is EXPIRED, which it is not",
                        "agreement;STOPPED;;;0.00;0.00;2026-11-07T19:00:00+01:00;\r\ns",
                        "agreement;EXPIRED;;;0.00;0.00;2026-11-07T19:00:00+01:00;\r\ns"));
    }

    private static Stream<Arguments> offers() {
        return Stream.of(
                damage("The offer X11 was accepted, and no reply", run -> run.remove(SoundDeeds.REPLY)),
                damage("X11 was replied to more than once", run -> run.repeatRow(SoundDeeds.REPLY, ";X11;")),
                damage("the offer X13, which no receipt accepted", run -> run.change(SoundDeeds.REPLY, "X11", "X13")),
                damage("is not what was drafted for it", run -> run.change(SoundDeeds.REPLY, ";agr_11;", ";agr_2;")),
                damage("without the address", run -> run.change(SoundDeeds.REPLY, "com/agr_11", "com/agr_12")),
                damage("breaks off", run -> run.cutEnd(SoundDeeds.REPLY, 10)),
                told(
                        "X11 became ACTIVE, which the ERP was not told",
                        "draft-agreement;ACTIVE",
                        "draft-agreement;EXPIRED"),
                damage("X11 became ACTIVE, and agr_11 was mapped 0 times", run -> run.remove(SoundDeeds.MAPPED)),
                damage("agr_11 was mapped 2 times", run -> run.copy(SoundDeeds.MAPPED, SoundDeeds.MAPPED + ".csv")),
                damage(
                        "More than one agreement could be accepted at once for C11",
                        run -> run.simulated(SoundDeeds.DRAFT.replace("agr_11", "agr_12"))),
                damage(
                        "An agreement was offered to C12",
                        run -> run.simulated(
                                SoundDeeds.DRAFT.replace("agr_11", "agr_12").replace("C11", "C12"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageIsFound(String expected, Damage damage) {
        damage.to(run);

        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains(expected));
    }
}
