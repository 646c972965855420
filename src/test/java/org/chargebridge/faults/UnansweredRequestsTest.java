package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chargebridge.simulator.api.ApiClient;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.story.InvoiceFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests whose answer is lost, damaged or never comes, against an API that forgets keys after an hour. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnansweredRequestsTest {

    private static final String BATCH = "create-charges";
    private static final String SINGLE = "create-charge";
    private static final Map<String, FaultRule> LOST = lost();

    private FaultyWorld world;

    private static Map<String, FaultRule> lost() {
        Map<String, FaultRule> faults = new LinkedHashMap<>();
        faults.put("dropped", FaultRule.of(BATCH, FaultKind.DROP_AFTER));
        faults.put("cut", FaultRule.of(BATCH, FaultKind.TRUNCATE));
        faults.put("dripped", FaultRule.of(BATCH, FaultKind.DRIP).withDelayMillis(60_000));
        faults.put("reset", FaultRule.of(BATCH, FaultKind.RESET));
        faults.put("gone", FaultRule.of(BATCH, FaultKind.DROP_BEFORE));
        faults.put("failed", FaultRule.of(BATCH, FaultKind.STATUS_AFTER).withStatus(500));
        faults.put("html200", FaultRule.of(BATCH, FaultKind.HTML).withStatus(200));
        faults.put("html500", FaultRule.of(BATCH, FaultKind.HTML).withStatus(500));
        faults.put("html502", FaultRule.of(BATCH, FaultKind.HTML).withStatus(502));
        return faults;
    }

    @BeforeAll
    void start(@TempDir Path home) {
        String[] others = {"lost", "never", "twin", "clash", "single"};
        String[] units = new String[LOST.size() + others.length];
        System.arraycopy(LOST.keySet().toArray(String[]::new), 0, units, 0, LOST.size());
        System.arraycopy(others, 0, units, LOST.size(), others.length);
        world = new FaultyWorld(home, simulator -> simulator.withKeyMemory(Duration.ofHours(1)), units).start();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void answerLostInMidQueueIsAskedForAgainWithTheSameKeyAndNobodyIsChargedTwice() {
        LOST.keySet().forEach(unit -> world.leave(unit, "first", lines("F", 3)));
        LOST.keySet().forEach(unit -> world.await(unit + " takes the first", () -> world.accepted(unit) == 3));
        LOST.forEach(world::fault);
        LOST.keySet().forEach(unit -> world.leave(unit, "second", lines("S", 4)));
        LOST.keySet()
                .forEach(unit ->
                        world.await(unit + " fails", () -> !world.alarms(unit).isEmpty()));
        LOST.keySet().forEach(unit -> world.leave(unit, "third", lines("T", 3)));
        LOST.keySet().forEach(unit -> world.around().awaitFile(unit, "receipt-third-"));
        world.pass(Duration.ofSeconds(6));

        for (String unit : LOST.keySet()) {
            world.await(unit + " goes on", () -> world.accepted(unit) == 10);
            world.await(unit + " is confirmed", () -> world.confirmed(unit) == 10);
            world.assertEachLineIsOneCharge(unit);
            assertThat(world.calls(unit).keys()).as(unit).hasSize(3);
            assertThat(world.calls(unit).attempts()).as(unit).isEqualTo(4);
            assertThat(world.alarms(unit)).as(unit).singleElement().asString().contains("repeated with the same key");
        }
        assertThat(world.api().summary().duplicatesRefused()).isZero();
    }

    @Test
    void afterTheReplayWindowAChargeIsLookedUpAndOnlyAMissingOneGoesOutSingly() {
        world.fault("lost", FaultRule.of(BATCH, FaultKind.DROP_AFTER).withTimes(0))
                .fault("never", FaultRule.of(BATCH, FaultKind.DROP_BEFORE).withTimes(0));
        world.send("lost", "l", 5);
        world.send("never", "n", 5);
        List<String> both = List.of("lost", "never");
        for (int step = 0; step < 3; step++) {
            both.forEach(unit -> world.await(unit + " is tried", () -> nextAttempt(unit) > 0));
            world.pass(Duration.ofMinutes(4));
        }
        both.forEach(unit -> world.await(unit + " is given up", () -> voided(unit) == 1));
        both.forEach(unit -> assertThat(world.calls(unit).keys()).as(unit).hasSize(1));
        world.api().clearFaults();
        long attempts = world.calls("never").attempts();
        world.pass(Duration.ofMinutes(50));
        world.send("lost", "m", 1);
        world.send("never", "o", 1);
        both.forEach(unit -> world.await(unit + " goes on", () -> world.accepted(unit) == 1));
        assertThat(world.calls("never").attempts()).isEqualTo((int) attempts + 1);

        world.pass(Duration.ofMinutes(11));
        both.forEach(unit -> world.await(unit + " is settled", () -> world.confirmed(unit) == 6));
        both.forEach(world::assertEachLineIsOneCharge);
        assertThat(world.calls("lost").operation(SINGLE)).isEmpty();
        assertThat(world.calls("never").operation(SINGLE)).hasSize(5);
        assertThat(world.calls("never").operation(BATCH)).hasSize(1);
        both.forEach(unit -> assertThat(world.alarms(unit))
                .as(unit)
                .satisfiesExactly(
                        line -> assertThat(line).contains("repeated with the same key"),
                        line -> assertThat(line).contains("do not bill them again")));
    }

    @Test
    void aChargeFoundIsAdoptedOnlyIfItIsTheOneAskedFor() {
        ApiClient other = new ApiClient(world.api(), world.merchant("twin"));
        String items = String.join(
                ",",
                item("A1", "agr_demo0001", 10_000, FaultyWorld.DUE),
                item("A2", "agr_demo0002", 99_900, FaultyWorld.DUE),
                item("A3", "agr_demo0003", 10_000, "2027-01-16"),
                item("A4", "agr_demo0044", 10_000, FaultyWorld.DUE));
        assertThat(other.post("/agreements/charges", "by-somebody-else", "[" + items + "]")
                        .status())
                .isEqualTo(202);
        world.fault("twin", FaultRule.of(BATCH, FaultKind.DROP_BEFORE).withTimes(0));
        InvoiceFile file = new InvoiceFile();
        for (int i = 1; i <= 5; i++) {
            file.line("A" + i, "agr_demo000" + i, "100,00", FaultyWorld.DUE);
        }
        world.leave("twin", "twins", file);
        world.await("tried", () -> nextAttempt("twin") > 0);
        world.pass(Duration.ofMinutes(11));
        world.await("given up", () -> voided("twin") == 1);
        world.api().clearFaults();
        world.pass(Duration.ofMinutes(61));

        world.await("two are confirmed", () -> world.confirmed("twin") == 2);
        world.await("three are held", () -> world.inStatus("twin", "HELD") == 3);
        assertThat(world.charged("twin")).isEqualTo(5);
        assertThat(world.api().summary().duplicatesRefused()).isZero();
        assertThat(world.count(
                        "twin",
                        "select count(*) from dead_letter where msn = :msn and state = 'OPEN' and kind = 'CHARGE'"))
                .isEqualTo(3);
    }

    @Test
    void aConflictIsLookedUpAndNeverSentAgainAsItWas() {
        world.fault("clash", FaultRule.of(BATCH, FaultKind.STATUS_AFTER).withStatus(409));
        world.send("clash", "done", 3);
        world.await("not believed", () -> voided("clash") == 1);
        world.fault("clash", FaultRule.status(BATCH, 409));
        world.send("clash", "open", 2);
        world.await("not believed either", () -> voided("clash") == 2);
        world.fault("clash", FaultRule.of(SINGLE, FaultKind.STATUS_AFTER).withStatus(409));
        world.pass(Duration.ofMinutes(61));
        world.await("settled", () -> world.confirmed("clash") == 5);
        world.assertEachLineIsOneCharge("clash");
        assertThat(world.calls("clash").operation(BATCH)).hasSize(1);
        assertThat(world.calls("clash").operation(SINGLE)).hasSize(2);
    }

    @Test
    void aSingleSendWhoseAnswerIsLostIsTreatedLikeABatch() {
        world.fault("single", FaultRule.status(BATCH, 409));
        world.send("single", "s", 2);
        world.await("to be looked up", () -> voided("single") == 1);
        world.fault("single", FaultRule.of(SINGLE, FaultKind.DROP_AFTER))
                .fault("single", FaultRule.of(SINGLE, FaultKind.DROP_BEFORE));
        world.pass(Duration.ofMinutes(61));
        world.passUntil("settled", Duration.ofSeconds(66), () -> world.confirmed("single") == 2);
        world.assertEachLineIsOneCharge("single");
        assertThat(world.calls("single").keys()).hasSize(3);
    }

    private String item(String invoice, String agreement, int amount, String due) {
        return ApiClient.item(FaultyWorld.orderId("twin", invoice), agreement, amount, due, 5);
    }

    private static InvoiceFile lines(String prefix, int count) {
        return new InvoiceFile().lines(prefix, count, FaultyWorld.DUE);
    }

    /** Requests of the unit that were tried without an answer and wait for their next attempt. */
    private long nextAttempt(String unit) {
        return world.count(
                unit, "select count(*) from dispatch where msn = :msn and state = 'READY' and unanswered > 0");
    }

    private long voided(String unit) {
        return world.count(
                unit, "select count(*) from dispatch where msn = :msn and state = 'VOID' and line_count > 0");
    }
}
