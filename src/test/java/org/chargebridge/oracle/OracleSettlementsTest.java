package org.chargebridge.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.oracle.SoundSettlement.POSTED;
import static org.chargebridge.oracle.SoundSettlement.READ;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.oracle.OracleTest.Damage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of damage to settlement reports is done to a sound run, and must be found. */
class OracleSettlementsTest {

    @TempDir
    private Path home;

    private SoundRun run;

    @BeforeEach
    void setUp() {
        run = new SoundRun(home);
        SoundSettlement.add(run);
    }

    @Test
    void soundRunHasNoFindings() {
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    /** The charge before it was taken back before it was sent: the API has never heard of that one. */
    @Test
    void chargeThatTookThePlaceOfAnUnsentOneStandsForItsInvoice() {
        run.changeLog("erp-A2-x", "erp-A2-x-2");
        for (String report : List.of(POSTED, READ)) {
            run.change(report, "capture;erp-A2-x;erp-A2-x;;5002", "capture;A2;erp-A2-x-2;;5002");
            run.change(report, "102.50;;erp-A2-x", "102.50;;erp-A2-x-2");
        }

        assertThat(Oracle.findings(run.evidence())).noneMatch(finding -> finding.contains("settlement-"));

        run.change(READ, "capture;A2", "capture;A3");
        assertThat(Oracle.findings(run.evidence()))
                .anyMatch(finding -> finding.contains("tells of erp-A2-x-2 as invoice A3"));
    }

    static Stream<Arguments> damages() {
        return Stream.concat(whole(), entries());
    }

    private static Arguments damage(String expected, Damage damage) {
        return Arguments.of(expected, damage);
    }

    private static Stream<Arguments> whole() {
        return Stream.of(
                damage("no settlement report to post came back", run -> run.remove(POSTED)),
                damage("breaks off", run -> run.cutEnd(POSTED, 20)),
                damage("breaks off", run -> run.cutEnd(READ, 20)),
                damage("0 rows with its sum", run -> run.cutRow(POSTED, ";SUM;")),
                damage("do not add up to its sum", run -> run.change(POSTED, ";0.00;SUM", ";0.01;SUM")),
                damage("do not add up to its sum", run -> run.change(READ, ";control;4;1", ";control;5;1")),
                damage("number is 1 after 7", run -> run.change(POSTED, ";control;4;1;;", ";control;4;1;7;")),
                damage(
                        "should have the running number 1 of settlement reports by payout",
                        run -> run.rename(POSTED, "settlement-erp-payout-2-20261105.csv")),
                damage(
                        "should have the running number 2 of settlement reports by date",
                        run -> run.copy(READ, READ.replace("-1-", "-3-"))),
                damage(
                        "does not say what the bank will show of 3123456-1",
                        run -> run.change(POSTED, "198.39;EXPECTED", "198.40;EXPECTED")));
    }

    private static Stream<Arguments> entries() {
        return Stream.of(
                damage("to post, by payout tells of 3123456 capture 2026-11-05 erp-A1-x 10150", run -> {
                    run.cutRow(POSTED, ";5001;");
                }),
                damage("to read, by date tells of 3123456 fees-retained", run -> run.cutRow(READ, ";fees-retained;")),
                damage("make -10150 with it instead of nothing", run -> run.cutRow(POSTED, ";5001;")),
                damage("which did not happen, or was told before", run -> run.repeatRow(POSTED, ";5002;")),
                damage("tells again of capture 5002", run -> run.repeatRow(READ, ";5002;")),
                damage("tells again of capture 5001", run -> run.change(POSTED, ";5002;", ";5001;")),
                damage("which did not happen", run -> run.change(POSTED, ";5002;102.50;", ";5002;102.51;")),
                damage("which did not happen", run -> run.change(POSTED, "fees-retained", "lucky-draw")),
                damage(
                        "tells of erp-A2-x as invoice erp-A9-x",
                        run -> run.change(POSTED, ";capture;erp-A2-x", ";capture;erp-A9-x")),
                damage("remarks UNMATCHED", run -> run.change(POSTED, "102.50;;", "102.50;UNMATCHED;")),
                damage(
                        "to post, by payout tells of 3123456 capture 2026-11-05 erp-A2-x 999",
                        run -> run.changeLog("\"erp-A2-x\",10250]]}", "\"erp-A2-x\",999]]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageIsFound(String expected, Damage damage) {
        damage.to(run);
        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains(expected));
    }
}
