package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Sales units send beside each other, over a real PostgreSQL and real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class ConcurrentSendingTest {

    private static final String MAIN = "123456";
    private static final String SECOND = Surroundings.SECOND.msn();
    private static final String UNDER_WAY = "state = 'SENDING'";
    private static final String ACCEPTED = "state = 'ACCEPTED'";

    /** For as long as a test takes, and less than a call may. */
    private static final long LONG = 170_000;

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-20T08:01:00Z").secondSalesUnit().channel("visma");
        // What was sent is of interest here, not what became of it.
        world.set("chargebridge.sending.confirmation-delay", "1h");
        world.set("chargebridge.api.call-timeout", "175s").set("chargebridge.api.lease", "180s");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void salesUnitThatHangsDelaysNoOtherAndKeepsToItsOwnPlaces() {
        fault(FaultRule.of("create-charges", FaultKind.DELAY)
                .withMsn(SECOND)
                .withDelayMillis(LONG)
                .withTimes(0));
        world.start();
        lines(SECOND).file("hangs", 10_000);
        await("it hangs on all its places", () -> dispatches(SECOND, UNDER_WAY) == 3);

        lines(MAIN).file("works", 20_000);
        await("all of the other are sent", () -> dispatches(MAIN, ACCEPTED) == 10);

        assertThat(dispatches(SECOND, UNDER_WAY)).isEqualTo(3);
        assertThat(dispatches(SECOND, ACCEPTED)).isZero();
        assertThat(world.simulator().summary().created()).isEqualTo(20_000);
        // It ends what hangs.
        world.simulator().close();
    }

    @Test
    void outageLeavesNoMoreUnknownThanWasUnderWayAndEndsWithOneRequestAtATime() {
        fault(FaultRule.status("create-charges", 503).withTimes(0));
        lines(MAIN).file("outage", 20_000);
        world.start();
        await("requests fail", () -> failed() > 0 && dispatches(MAIN, UNDER_WAY) == 0);
        world.simulator().advance(Duration.ofSeconds(6));
        // Those that were under way together fail as one; then one of them is tried again, soon and not soon again.
        await("one of them is tried again", () -> failures() == 2);
        long unknown = dispatches(MAIN, "unanswered > 0");
        assertThat(unknown).isBetween(1L, 3L);
        assertThat(failed()).isEqualTo(unknown + 1);

        world.simulator().clearFaults();
        world.simulator().advance(Duration.ofSeconds(66));
        await("the rest follows", () -> dispatches(MAIN, ACCEPTED) == 10);
        assertThat(world.simulator().summary().created()).isEqualTo(20_000);
        assertThat(world.simulator().summary().duplicatesRefused()).isZero();
    }

    @Test
    void twoNodesSendEachRequestOnce() {
        world.start();
        try (var other = world.startNode("other")) {
            lines(MAIN).file("both", 40_000);
            await("all are sent", () -> dispatches(MAIN, ACCEPTED) == 20);
            assertThat(other.isRunning()).isTrue();
        }
        assertThat(world.simulator().summary().created()).isEqualTo(40_000);
        assertThat(world.simulator().summary().replayed()).isZero();
        assertThat(world.simulator().summary().calls().get("create-charges 202"))
                .isEqualTo(20);
    }

    @Test
    void lookUpsThatHangDelayNoOtherSalesUnit() {
        world.set("chargebridge.sending.confirmation-delay", "1s");
        fault(FaultRule.of("get-charge", FaultKind.DELAY)
                .withMsn(SECOND)
                .withDelayMillis(LONG)
                .withTimes(0));
        world.start();
        lines(SECOND).file("hangs", 100);
        await("those are sent", () -> dispatches(SECOND, ACCEPTED) == 1);
        world.simulator().advance(Duration.ofSeconds(2));
        await("they hang", () -> faults("get-charge") > 1);
        assertThat(faults("get-charge")).isLessThanOrEqualTo(8);

        lines(MAIN).file("works", 1_000);
        await("the others are sent", () -> dispatches(MAIN, ACCEPTED) == 1);
        world.simulator().advance(Duration.ofSeconds(2));
        await("and all of them looked up", () -> charges(MAIN) == 1_000);
        assertThat(charges(SECOND)).isZero();
        world.simulator().close();
    }

    private long charges(String msn) {
        return world.ledger()
                .sql("select count(*) from charge where msn = :msn and seen_at is not null")
                .param("msn", msn)
                .query(Long.class)
                .single();
    }

    @Test
    void failureOfTheRouteGivesItsPlaceBackAndIsToldOnce(CapturedOutput output) {
        world.ledger().sql("alter table pacing rename to pacing_away").update();
        world.start();
        lines(MAIN).file("later", 2_000);
        await("it fails", () -> output.getAll().contains("send-charges could not go on"));
        Awaitility.await().pollDelay(3, TimeUnit.SECONDS).until(() -> true);
        assertThat(output.getAll()).containsOnlyOnce("send-charges could not go on");

        world.ledger().sql("alter table pacing_away rename to pacing").update();
        await("it goes on", () -> dispatches(MAIN, ACCEPTED) == 1);
        await("which is told", () -> output.getAll().contains("send-charges works again"));
    }

    private void fault(FaultRule rule) {
        world.simulator().addFaults(List.of(rule));
    }

    private org.chargebridge.ledger.RecordedLines lines(String msn) {
        return world.lines().channel("visma").msn(msn);
    }

    private long dispatches(String msn, String condition) {
        return world.ledger()
                .sql("select count(*) from dispatch where msn = :msn and " + condition)
                .param("msn", msn)
                .query(Long.class)
                .single();
    }

    private long failed() {
        return faults("create-charges");
    }

    /** Requests that the simulator's faults met, as its log has them. */
    private long faults(String operation) {
        return Surroundings.read(home.resolve("simulator").resolve("simulator.log.jsonl"))
                .lines()
                .filter(line -> line.contains("\"op\":\"fault\"") && line.contains(operation))
                .count();
    }

    private int failures() {
        return world.ledger()
                .sql("select outage_failures from sales_unit where msn = :msn")
                .param("msn", MAIN)
                .query(Integer.class)
                .single();
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Surroundings.await(what, condition);
    }
}
