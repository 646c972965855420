package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.chargebridge.simulator.PortInUseException;
import org.junit.jupiter.api.Test;

class RestartTest extends SimulatorFixture {

    private Path log() {
        return directory.resolve(EventLog.NAME);
    }

    private List<ChargeView> charges() {
        return simulator
                .charges()
                .sorted(Comparator.comparing(ChargeView::orderId))
                .toList();
    }

    @Test
    void everythingIsRebuiltFromTheLog() {
        UnaryOperator<SimulatorSettings> longMemory = settings -> settings.withKeyMemory(Duration.ofDays(30));
        restart(longMemory);
        create("k1", item("inv-0001", 49900), item("inv-0002", 151), item("inv-0003", 99));
        create("k2", ApiClient.item("far-00001", "agr_demo0002", 10000, "2027-03-01", 3));
        ApiClient.Answer refused = client.post("/agreements/agr_nobody/charges", "k3", "{}");
        simulator.seed(List.of(Agreement.active("agr_extra1", "NOK")));
        simulator.moveTo(Instant.parse("2026-11-05T08:05:00Z"));
        charge("inv-0001");
        List<ChargeView> before = charges();
        Summary summary = simulator.summary();

        restart(longMemory);

        assertThat(charges()).isEqualTo(before);
        assertThat(simulator.now()).isCloseTo(Instant.parse("2026-11-05T08:05:00Z"), within(2, ChronoUnit.MINUTES));
        Summary after = simulator.summary();
        assertThat(after.created()).isEqualTo(summary.created());
        assertThat(after.unseen()).isEqualTo(summary.unseen());
        assertThat(after.calls()).isEqualTo(summary.calls());
        assertThat(client.get("/agreements/agr_extra1").status()).isEqualTo(200);
        assertThat(create("k1", item("inv-0001", 49900), item("inv-0002", 151), item("inv-0003", 99))
                        .status())
                .isEqualTo(202);
        assertThat(create("k1", item("inv-0001", 1)).status()).isEqualTo(409);
        assertThat(client.post("/agreements/agr_nobody/charges", "k3", "{}").body())
                .isEqualTo(refused.body());
        assertThat(simulator.summary().created()).isEqualTo(summary.created());
        simulator.advance(Duration.ofDays(200));
        assertThat(charges().stream().map(ChargeView::status))
                .containsExactly(ChargeStatus.CHARGED, ChargeStatus.CHARGED, ChargeStatus.FAILED);
    }

    @Test
    void theAnswerOfABatchIsRepeatedWordForWordAfterARestart() {
        ApiClient.Answer first = create("k", item("inv-0001", 49900), item("inv-0002", 99), item("inv-0003", 100));
        simulator.advance(Duration.ofHours(20));
        restart();
        assertThat(create("k", item("inv-0001", 49900), item("inv-0002", 99), item("inv-0003", 100))
                        .body())
                .isEqualTo(first.body());
    }

    @Test
    void aBatchThatWasAcceptedBeforeAKillIsProcessedAfterIt() {
        restart(settings -> settings.withBatchDelay(Duration.ofMinutes(5)));
        create("k", item("inv-0001", 49900));
        restart(settings -> settings.withBatchDelay(Duration.ofMinutes(5)));
        assertThat(charge("inv-0001").status()).isEqualTo(404);
        simulator.advance(Duration.ofMinutes(5));
        assertThat(status("inv-0001")).isEqualTo("DUE");
    }

    @Test
    void aTornLastLineIsCutAway() throws IOException {
        create("k", item("inv-0001", 49900));
        simulator.close();
        Files.writeString(log(), "{\"at\":\"2026-11-02T07:00:05Z\",\"op\":\"create-ch", StandardOpenOption.APPEND);
        start(settings -> settings);
        assertThat(status("inv-0001")).isEqualTo("DUE");
        assertThat(Files.readAllLines(log()))
                .allSatisfy(line -> assertThat(line).endsWith("}"));
    }

    @Test
    void whatWasAnsweredWhileItWasBeingStoppedIsInTheLog() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        for (int round = 0; round < 10; round++) {
            Set<String> answered = ConcurrentHashMap.newKeySet();
            CountDownLatch underWay = new CountDownLatch(12);
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                String prefix = "inv-%d-%d-".formatted(round, caller);
                Map<String, String> headers = client.headers();
                calls.add(callers.submit(() -> createUntilStopped(client, headers, prefix, answered, underWay)));
            }
            underWay.await();

            restart();

            for (Future<?> call : calls) {
                call.get();
            }
            assertThat(charges()).extracting(ChargeView::orderId).containsAll(answered);
        }
        callers.shutdown();
    }

    private static void createUntilStopped(
            ApiClient client,
            Map<String, String> headers,
            String prefix,
            Set<String> answered,
            CountDownLatch underWay) {
        Map<String, String> own = new HashMap<>(headers);
        own.put("content-type", "application/json");
        for (int number = 1; true; number++) {
            String orderId = prefix + number;
            own.put("idempotency-key", orderId);
            try {
                String body = batch(item(orderId, 49900));
                if (client.tryCall("POST", "/recurring/v3/agreements/charges", own, body)
                                .status()
                        == 202) {
                    answered.add(orderId);
                }
                underWay.countDown();
            } catch (IOException stopped) {
                return;
            }
        }
    }

    @Test
    void theLogCutAtAnyByteGivesAStateThatWasOnceTrue() throws IOException {
        create("k1", item("inv-0001", 49900));
        create("k2", item("inv-0002", 151));
        simulator.advance(Duration.ofDays(4));
        simulator.close();
        byte[] whole = Files.readAllBytes(log());
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(log(), Arrays.copyOf(whole, length));
            start(settings -> settings);
            assertThat(simulator.summary().created()).isBetween(0L, 2L);
            simulator.close();
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() throws IOException {
        simulator.close();
        String lines = Files.readString(log());
        Files.writeString(log(), "nonsense\n" + lines);
        assertThatThrownBy(() -> start(settings -> settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Line 1 of ")
                .hasMessageContaining(EventLog.NAME);
    }

    @Test
    void twoSimulatorsNeverShareALog() {
        assertThatThrownBy(() -> RecurringApiSimulator.start(SimulatorSettings.inDirectory(directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Another simulator");
    }

    @Test
    void aPortInUseIsNamedAndLeavesTheLogFree() {
        int taken = simulator.port();
        Path other = directory.resolve("other");
        assertThatThrownBy(() -> RecurringApiSimulator.start(
                        SimulatorSettings.inDirectory(other).withPort(taken)))
                .isInstanceOfSatisfying(PortInUseException.class, failure -> assertThat(failure.port())
                        .isEqualTo(taken));
        RecurringApiSimulator.start(SimulatorSettings.inDirectory(other)).close();
    }

    @Test
    void aClockAtThePresentFollowsRealTimeAfterARestart() {
        simulator.moveToPresent();
        restart();
        assertThat(simulator.atPresent()).isTrue();
    }
}
