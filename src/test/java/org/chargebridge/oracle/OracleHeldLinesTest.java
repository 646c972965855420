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

/** Each kind of damage to what people decided about held lines is done to a sound run, and must be found. */
class OracleHeldLinesTest {

    private static final String DISCARDED = SoundHeldLines.decision("letter 1", "discard", "200");
    private static final String DONE = "7;DONE;3;2;1";

    @TempDir
    private Path home;

    private SoundRun run;

    @BeforeEach
    void setUp() {
        run = new SoundRun(home);
        run.decided(DISCARDED);
        SoundHeldLines.giveUp(run);
        ordered(run, DONE);
    }

    private static void ordered(SoundRun run, String order) {
        SoundRun.write(run.orders(), "order;state;total;done;failed\n" + order + "\n");
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
                damage("let go, accepted and charged", run -> {
                    run.decided(SoundHeldLines.decision("letter 1", "redrive", "200"));
                    SoundHeldLines.letGo(run);
                }),
                damage("let go by an order that was not answered", run -> {
                    run.decided(SoundHeldLines.decision("letter 1", "redrive", "none"));
                    SoundHeldLines.letGo(run);
                }),
                damage("another line of an accepted document, held since it differs", SoundHeldLines::holdConflict),
                damage(
                        "nobody knows whether it was let go",
                        run -> run.decided(SoundHeldLines.decision("letter 1", "redrive", "none"))),
                damage("nobody knows whether it was discarded", run -> {
                    run.decided(SoundHeldLines.decision("letter 1", "discard", "none"));
                    run.remove(SoundRun.RECEIPT_2);
                }),
                damage(
                        "discarded twice, and the second time turned down",
                        run -> run.decided(DISCARDED, SoundHeldLines.decision("letter 1", "discard", "409"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void whatMayHappenIsNotFound(String what, Damage change) {
        change.to(run);

        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("A4 was discarded, and yet accepted", SoundHeldLines::letGo),
                damage("A4 was accepted, which nobody ordered", run -> {
                    run.decided(SoundHeldLines.decision("letter 1", "redrive", "409"));
                    SoundHeldLines.letGo(run);
                }),
                damage("A4 was let go, and nobody was told what came of it", run -> {
                    run.decided(SoundHeldLines.decision("letter 1", "redrive", "200"));
                    run.remove(SoundRun.RECEIPT_2);
                }),
                damage("A4 was discarded, and nobody was told", run -> run.remove(SoundRun.RECEIPT_2)),
                damage("letter 1 was decided more than once", run -> run.decided(DISCARDED, DISCARDED)),
                damage("letter 1 was decided more than once", run -> {
                    run.decided(DISCARDED, SoundHeldLines.decision("letter 1", "redrive", "200"));
                    SoundHeldLines.letGo(run);
                }),
                damage("order 7 did not come to its end: it is RUNNING", run -> ordered(run, "7;RUNNING;3;2;0")),
                damage("order 7 did not come to its end: it is LOST", run -> ordered(run, "7;LOST;0;0;0")),
                damage("order 7 is done, but not all of its 3 letters", run -> ordered(run, "7;DONE;3;2;0")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageIsFound(String expected, Damage damage) {
        damage.to(run);

        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains(expected));
    }
}
