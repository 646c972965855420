package org.chargebridge.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A checker that cannot fail is worth nothing: each kind of damage is done to a sound run, and must be found. */
class OracleTest {

    @TempDir
    private Path home;

    private SoundRun run;

    @BeforeEach
    void setUp() {
        run = new SoundRun(home);
    }

    @Test
    void soundRunHasNoFindings() {
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    interface Damage {
        void to(SoundRun run);
    }

    static Stream<Arguments> damages() {
        return Stream.concat(Stream.concat(answers(), charges()), Stream.concat(reports(), files()));
    }

    private static Arguments damage(String expected, Damage damage) {
        return Arguments.of(expected, damage);
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                damage("does not answer line 3 (A2)", run -> run.cutRow(SoundRun.RECEIPT, ";A2;")),
                damage("answers line 2 twice", run -> run.repeatRow(SoundRun.RECEIPT, ";A1;")),
                damage("was dropped 1 times and answered 0 times", run -> run.remove(SoundRun.RECEIPT)),
                damage(
                        "answered again without having come again",
                        run -> run.copy(SoundRun.RECEIPT, SoundRun.RECEIPT_2)),
                damage("answers no file that was dropped", run -> run.copy(SoundRun.RECEIPT, "receipt-x-00000000.csv")),
                damage("another amount than the file", run -> run.change(SoundRun.RECEIPT, ";101.50;", ";101.51;")),
                damage(
                        "but its lines add up to",
                        run -> run.change(SoundRun.RECEIPT, ";READ;;;406.00", ";READ;;;407.00")),
                damage("has no control rows", run -> run.cutRow(SoundRun.RECEIPT, "control")),
                damage("breaks off", run -> run.cutEnd(SoundRun.RECEIPT, 30)),
                damage("which does not exist", run -> run.change(SoundRun.RECEIPT, ";HELD;ABOVE", ";MAYBE;ABOVE")),
                damage("speaks of invoice A9", run -> run.change(SoundRun.RECEIPT, "csv;3;A2;", "csv;3;A9;")),
                damage(
                        "is due on 2026-11-06",
                        run -> run.change(SoundRun.RECEIPT, ";2026-11-05;\r\n", ";2026-11-06;\r\n")),
                damage("stands for several documents", run -> run.change(SoundRun.RECEIPT, "erp-A2-x", "erp-A1-x")),
                damage("but the errors file gives back []", run -> run.remove(SoundRun.ERRORS)),
                damage("was accepted more than once", SoundRun::acceptAgain));
    }

    private static Stream<Arguments> charges() {
        return Stream.of(
                damage("was charged twice", run -> run.repeatCharge("erp-A1-x")),
                damage("although its charge existed", run -> run.askAgain("erp-A1-x")),
                damage("but no receipt accepted a line", run -> run.charge("erp-Z9-x", 10150, "2026-11-05", "agr_1")),
                damage("charged with another amount", run -> run.changeLog("\"agr_1\",10150,", "\"agr_1\",10250,")),
                damage(
                        "with the due date 2026-11-06",
                        run -> run.changeLog("10150,\"2026-11-05\"", "10150,\"2026-11-06\"")),
                damage("to another agreement", run -> run.changeLog("\"agr_1\",10150", "\"agr_7\",10150")),
                damage("never charged, and nobody was told", run -> run.cutReportRow("erp-A3-x")),
                damage("REFUSED, but its charge exists", run -> run.charge("erp-A3-x", 10350, "2026-11-05", "agr_3")),
                damage("Accepted was 30750", run -> run.cutReportRow("erp-A3-x")));
    }

    private static Stream<Arguments> reports() {
        return Stream.of(
                damage("tells again that erp-A1-x is CHARGED", run -> run.reportAgain("erp-A1-x", "CHARGED")),
                damage("more often than it was accepted", run -> run.reportAgain("erp-A3-x", "REFUSED")),
                damage("became CHARGED, but the ERP was told nothing", run -> run.cutReportRow("erp-A1-x")),
                damage(
                        "became FAILED, but the ERP was told CHARGED",
                        run -> run.changeLog("\"to\":\"CHARGED\"", "\"to\":\"FAILED\"")),
                damage(
                        "which the API knows nothing of",
                        run -> run.changeLog("\"op\":\"transition\"", "\"op\":\"other\"")),
                damage("without its amount", run -> run.change(SoundRun.REPORT, ";101.50;101.50;", ";101.50;0.00;")),
                damage(
                        "tells another amount",
                        run -> run.change(SoundRun.REPORT, ";101.50;101.50;", ";101.00;101.00;")),
                damage("which no receipt accepted", run -> run.change(SoundRun.REPORT, "erp-A3-x", "erp-A8-x")),
                damage("should have the running number 1", run -> run.rename(SoundRun.REPORT, SoundRun.REPORT_2)),
                damage("says number 1 after", run -> run.rename(SoundRun.REPORT, SoundRun.REPORT_2)),
                damage("bears the name", run -> run.rename(SoundRun.REPORT, SoundRun.REPORT_2)),
                damage("ends no later", run -> run.copy(SoundRun.REPORT, SoundRun.REPORT_2)),
                damage(
                        "do not add up to its control row",
                        run -> run.change(SoundRun.REPORT, ".csv;3;1;", ".csv;4;1;")),
                damage("has 0 control rows", run -> run.cutRow(SoundRun.REPORT, "control")),
                damage("breaks off", run -> run.cutEnd(SoundRun.REPORT, 10)));
    }

    private static Stream<Arguments> files() {
        return Stream.of(
                damage("was left under a temporary name", run -> run.copy(SoundRun.REPORT, ".part-" + SoundRun.REPORT)),
                damage("is of no known kind", run -> run.copy(SoundRun.REPORT, "surprise.csv")),
                damage("still lies where it was dropped", run -> run.leave("late.csv")),
                damage("is missing from the archive", SoundRun::loseArchive),
                damage("too often", SoundRun::archiveAgain),
                damage("holds a secret", run -> run.log("the client-secret-1 is right")),
                damage("holds a token", run -> run.log("Bearer eyJhbGciOiJIUzI1NiJ9.e30")),
                damage("holds a phone number", run -> run.log("customer 91234567 is unknown")),
                damage("holds a full KID", run -> run.log("KID 00812345678 is unknown")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageIsFound(String expected, Damage damage) {
        damage.to(run);
        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains(expected));
    }

    @Test
    void digitsOfATimestampAreNoPhoneNumber() {
        run.log("{\"@timestamp\":\"2026-11-21T16:58:03.491234567Z\"}");
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    @Test
    void fileRefusedAsAWholeIsAnsweredByItsReason() throws Exception {
        String hash = run.drop("bad.csv", "nothing;of;use\n1;2;3\n");
        Path failed = Files.createDirectories(run.out().resolve(".failed"));
        Files.writeString(failed.resolve("20261102T070000000Z-" + hash + "-bad.csv"), "");
        assertThat(Oracle.findings(run.evidence()))
                .containsExactly("erp: bad.csv was dropped 1 times and answered 0 times.");
        Files.writeString(failed.resolve("20261102T070000000Z-" + hash + "-bad.csv.reason.txt"), "no header");
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    /** Under the other name a line was answered otherwise, until a person decided. */
    @Test
    void contentThatCameUnderAnotherNameMayBeAnsweredAsBeforeOnceMore() {
        run.copy(SoundRun.RECEIPT, SoundRun.RECEIPT_2);
        run.copy(SoundRun.ERRORS, SoundRun.ERRORS_2);
        run.comeAgainUnderAnotherName();
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }
}
