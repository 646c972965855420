package org.chargebridge.simulator.api;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the simulator is set up. Begin with {@link #inDirectory(Path)} and change what differs.
 *
 * @param port 0 takes a free one
 * @param dataDirectory holds {@code simulator.log.jsonl}, from which everything is rebuilt
 * @param clockStart where the clock begins when there is no log yet; empty means the present
 * @param tokenLifetime in real time, like a client's own cache
 * @param agreements how many active agreements {@code agr_demo0001} ... are seeded, in the first merchant's currency
 * @param keyMemory how long an Idempotency-Key is remembered, on the simulator's clock
 * @param batchDelay between the 202 of a batch and its charges' existence, on the simulator's clock
 * @param leadDays the earliest due date, in days from today in the market's time zone
 * @param recoveries amounts in minor units that fail on the due date and succeed on this retry day
 * @param behaviour what the API does where its documentation leaves that open
 */
public record SimulatorSettings(
        int port,
        Path dataDirectory,
        Optional<Instant> clockStart,
        RateLimits limits,
        List<Merchant> merchants,
        Duration tokenLifetime,
        int agreements,
        Duration keyMemory,
        Duration batchDelay,
        int leadDays,
        Map<Integer, Integer> recoveries,
        Behaviour behaviour) {

    /** The port of the demo. */
    public static final int DEFAULT_PORT = 8090;

    /** The documented limits, the demo's sales unit, a free port, the present, no agreements. */
    public static SimulatorSettings inDirectory(Path dataDirectory) {
        return new SimulatorSettings(
                0,
                dataDirectory,
                Optional.empty(),
                RateLimits.documented(),
                List.of(Merchant.DEMO),
                Duration.ofHours(1),
                0,
                Duration.ofHours(24),
                Duration.ofMillis(300),
                1,
                Map.of(203, 3),
                Behaviour.seen());
    }

    public SimulatorSettings {
        merchants = List.copyOf(merchants);
        recoveries = Map.copyOf(recoveries);
        if (merchants.isEmpty()) {
            throw new IllegalArgumentException("The simulator needs at least one merchant");
        }
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(
                newPort,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                tokenLifetime,
                agreements,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withClockStart(Instant start) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                Optional.of(start),
                limits,
                merchants,
                tokenLifetime,
                agreements,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withLimits(RateLimits newLimits) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                newLimits,
                merchants,
                tokenLifetime,
                agreements,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withMerchants(Merchant... newMerchants) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                List.of(newMerchants),
                tokenLifetime,
                agreements,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withTokenLifetime(Duration lifetime) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                lifetime,
                agreements,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withAgreements(int count) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                tokenLifetime,
                count,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withKeyMemory(Duration memory) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                tokenLifetime,
                agreements,
                memory,
                batchDelay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withBatchDelay(Duration delay) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                tokenLifetime,
                agreements,
                keyMemory,
                delay,
                leadDays,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withLeadDays(int days) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                tokenLifetime,
                agreements,
                keyMemory,
                batchDelay,
                days,
                recoveries,
                behaviour);
    }

    public SimulatorSettings withBehaviour(Behaviour newBehaviour) {
        return new SimulatorSettings(
                port,
                dataDirectory,
                clockStart,
                limits,
                merchants,
                tokenLifetime,
                agreements,
                keyMemory,
                batchDelay,
                leadDays,
                recoveries,
                newBehaviour);
    }
}
