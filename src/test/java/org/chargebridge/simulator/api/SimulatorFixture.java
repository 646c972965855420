package org.chargebridge.simulator.api;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulator of its own for every test: Monday 2 November 2026, 08:00 in Oslo, five agreements. */
abstract class SimulatorFixture {

    static final Instant START = Instant.parse("2026-11-02T07:00:00Z");
    static final String DUE = "2026-11-05";
    static final String AGREEMENT = "agr_demo0001";

    @TempDir
    protected Path directory;

    protected RecurringApiSimulator simulator;
    protected ApiClient client;

    @BeforeEach
    void start() {
        start(settings -> settings);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    void start(UnaryOperator<SimulatorSettings> change) {
        simulator = RecurringApiSimulator.start(change.apply(SimulatorSettings.inDirectory(directory)
                .withClockStart(START)
                .withBatchDelay(Duration.ZERO)
                .withLimits(RateLimits.lifted())
                .withAgreements(5)));
        client = new ApiClient(simulator);
    }

    /** Another simulator on the same log. */
    void restart(UnaryOperator<SimulatorSettings> change) {
        simulator.close();
        start(change);
    }

    void restart() {
        restart(settings -> settings);
    }

    static String item(String orderId, int amount) {
        return ApiClient.item(orderId, AGREEMENT, amount, DUE, 2);
    }

    static String batch(String... items) {
        return "[" + String.join(",", items) + "]";
    }

    ApiClient.Answer create(String key, String... items) {
        return client.post("/agreements/charges", key, batch(items));
    }

    ApiClient.Answer charge(String orderId) {
        return client.get("/agreements/" + AGREEMENT + "/charges/" + orderId);
    }

    String status(String orderId) {
        return charge(orderId).json().path("status").asText();
    }
}
