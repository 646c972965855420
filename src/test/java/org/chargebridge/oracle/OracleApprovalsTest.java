package org.chargebridge.oracle;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Each kind of damage to what people decided about refunds is done to a sound run, and must be found. */
class OracleApprovalsTest {

    private static final String APPROVED = SoundDeeds.decision("approval 1", "X7", "approve", "200");
    private static final String REFUSED = SoundDeeds.decision("approval 2", "X12", "refuse", "200");
    private static final String REFUNDED = ";refund;PARTIALLY_REFUNDED;;30.00;101.50;30.00;";
    /** The refund of line X12, which was turned down. */
    private static final String PAID_BACK =
            SoundDeeds.REFUND.replace("r7", "r12").replace("3000", "2000").replace("A1", "A2");

    @TempDir
    private Path home;

    private SoundRun run;

    @BeforeEach
    void setUp() {
        run = new SoundRun(home);
        SoundDeeds.add(run);
        run.approvesRefunds();
        run.decided(APPROVED, REFUSED);
        SoundDeeds.tell(run, List.of(SoundDeeds.GIVEN_UP));
    }

    private static Arguments damage(String expected, Damage damage) {
        return Arguments.of(expected, damage);
    }

    @Test
    void soundRunHasNoFindings() {
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                damage(
                        "an approval that was never answered, and carried out",
                        run -> run.decided(SoundDeeds.decision("approval 1", "X7", "approve", "none"), REFUSED)),
                damage(
                        "an approval seen later to be carried out",
                        run -> run.decided(SoundDeeds.decision("approval 1", "X7", "approve", "seen"), REFUSED)),
                damage(
                        "a second approval that is turned down",
                        run -> run.decided(
                                APPROVED, SoundDeeds.decision("approval 1", "X7", "approve", "409"), REFUSED)),
                damage(
                        "a refusal too late",
                        run -> run.decided(
                                APPROVED, SoundDeeds.decision("approval 1", "X7", "refuse", "409"), REFUSED)),
                damage("one that nobody decided about", run -> {
                    run.decided(APPROVED);
                    SoundDeeds.tell(run, List.of());
                }),
                damage("one that was held again when it was approved", run -> {
                    run.decided(APPROVED, SoundDeeds.decision("approval 2", "X12", "approve", "200"));
                    SoundDeeds.tell(run, List.of(SoundDeeds.HELD));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void whatMayHappenIsNotFound(String what, Damage change) {
        change.to(run);

        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("X7 was paid back, which nobody approved", run -> run.decided(REFUSED)),
                damage(
                        "X7 was paid back, which nobody approved",
                        run -> run.decided(SoundDeeds.decision("approval 1", "X7", "approve", "409"), REFUSED)),
                damage(
                        "X7 was refused, and yet paid back",
                        run -> run.decided(SoundDeeds.decision("approval 1", "X7", "refuse", "200"), REFUSED)),
                damage(
                        "X7 was both approved and refused",
                        run -> run.decided(
                                APPROVED, SoundDeeds.decision("approval 1", "X7", "refuse", "200"), REFUSED)),
                damage("X12 was refused, and yet paid back", run -> run.simulated(PAID_BACK)),
                damage("X7 was approved, and nobody was told what came of it", run -> {
                    run.change(SoundDeeds.REPORT, REFUNDED, ";refund;HELD;;30.00;101.50;0.00;");
                    run.changeLog(SoundDeeds.REFUND, "{}");
                }),
                damage("X12 was approved, and nobody was told what came of it", run -> {
                    run.decided(APPROVED, SoundDeeds.decision("approval 2", "X12", "approve", "200"));
                    SoundDeeds.tell(run, List.of());
                }),
                damage("X12 was refused by a person, and nobody was told", run -> SoundDeeds.tell(run, List.of())),
                damage("approval 1 was decided more than once", run -> run.decided(APPROVED, APPROVED, REFUSED)),
                damage("X7 was paid back more often than it was approved", run -> {
                    run.decided(APPROVED, APPROVED, REFUSED);
                    run.simulated(SoundDeeds.REFUND.replace("r7", "r77"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageIsFound(String expected, Damage damage) {
        damage.to(run);

        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains(expected));
    }
}
