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
 * @param recoveries amounts in minor units that fail on the due date's first run and succeed on this retry day; 0 is the
 *     due date's next run
 * @param behaviour what the API does where its documentation leaves that open
 * @param settlement how merchants are paid out
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
        Behaviour behaviour,
        SettlementTerms settlement) {

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
                Map.of(203, 3, 204, 0),
                Behaviour.seen(),
                SettlementTerms.usual());
    }

    public SimulatorSettings {
        merchants = List.copyOf(merchants);
        recoveries = Map.copyOf(recoveries);
        if (merchants.isEmpty()) {
            throw new IllegalArgumentException("The simulator needs at least one merchant");
        }
    }

    public SimulatorSettings withPort(int newPort) {
        return Copies.with(this, "port", newPort);
    }

    public SimulatorSettings withClockStart(Instant start) {
        return Copies.with(this, "clockStart", Optional.of(start));
    }

    public SimulatorSettings withLimits(RateLimits newLimits) {
        return Copies.with(this, "limits", newLimits);
    }

    public SimulatorSettings withMerchants(Merchant... newMerchants) {
        return Copies.with(this, "merchants", List.of(newMerchants));
    }

    public SimulatorSettings withTokenLifetime(Duration lifetime) {
        return Copies.with(this, "tokenLifetime", lifetime);
    }

    public SimulatorSettings withAgreements(int count) {
        return Copies.with(this, "agreements", count);
    }

    public SimulatorSettings withKeyMemory(Duration memory) {
        return Copies.with(this, "keyMemory", memory);
    }

    public SimulatorSettings withBatchDelay(Duration delay) {
        return Copies.with(this, "batchDelay", delay);
    }

    public SimulatorSettings withLeadDays(int days) {
        return Copies.with(this, "leadDays", days);
    }

    public SimulatorSettings withSettlement(SettlementTerms terms) {
        return Copies.with(this, "settlement", terms);
    }

    public SimulatorSettings withBehaviour(Behaviour newBehaviour) {
        return Copies.with(this, "behaviour", newBehaviour);
    }
}
