package org.chargebridge.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What one file cost. Times are of the wall clock: the SFTP server's for the pickup, the simulator's log for the charges.
 *
 * @param pickedUp when the gateway began to read the file
 * @param accepted when the API had accepted the last charge
 * @param receipt when the receipt lay on the server, whole
 * @param requests that created charges
 * @param gatewaySeconds of processor time, from the drop to the receipt
 * @param databaseSeconds of PostgreSQL's processor time, likewise
 */
record FileRun(
        InvoiceFile file,
        Instant dropped,
        Instant pickedUp,
        Instant accepted,
        Instant receipt,
        long requests,
        OptionalDouble gatewaySeconds,
        OptionalDouble databaseSeconds) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * Drops a file and waits for its charges and its receipt.
     *
     * @throws IllegalStateException where the simulator's charges or the receipt differ from the file's lines
     */
    static FileRun of(World world, Site site, Gateway gateway, InvoiceFile file) {
        Simulator simulator = site.simulator();
        long before = simulator.created();
        simulator.log().reset();
        OptionalDouble gatewayBefore = gateway.processorSeconds();
        OptionalDouble databaseBefore = world.processorSeconds();
        file.drop(site.path("out"));
        Instant dropped = Instant.now();
        Waiting.until(
                "the API accepts " + file.lines() + " charges",
                PATIENCE,
                () -> simulator.log().read().charges() >= file.lines());
        Instant accepted = simulator.log().lastAt().orElseThrow();
        Instant receipt = site.awaitReceipt("in", file, PATIENCE);
        OptionalDouble gatewaySeconds = difference(gateway.processorSeconds(), gatewayBefore);
        OptionalDouble databaseSeconds = difference(world.processorSeconds(), databaseBefore);
        checkCreated(simulator, before + file.lines());
        Instant pickedUp = site.pickedUp("out", file.name()).orElseThrow();
        FileRun run = new FileRun(
                file,
                dropped,
                pickedUp,
                accepted,
                receipt,
                simulator.log().requests(),
                gatewaySeconds,
                databaseSeconds);
        System.out.println("  " + run.told());
        return run;
    }

    /** Charges come into being a moment after they were accepted. */
    static void checkCreated(Simulator simulator, long expected) {
        Waiting.until(
                expected + " charges exist",
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                () -> simulator.created() >= expected);
        if (simulator.created() != expected) {
            throw new IllegalStateException(simulator.created() + " charges exist instead of " + expected);
        }
    }

    private static OptionalDouble difference(OptionalDouble after, OptionalDouble before) {
        return after.isPresent() && before.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    /** From pickup until every charge was accepted. */
    double seconds() {
        return seconds(pickedUp, accepted);
    }

    double secondsFromDrop() {
        return seconds(dropped, accepted);
    }

    double secondsToReceipt() {
        return seconds(pickedUp, receipt);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    double linesPerSecond() {
        return file.lines() / seconds();
    }

    String told() {
        return String.format(
                java.util.Locale.ROOT,
                "%,d lines: %.1f s from pickup to accepted (%,.0f/s), %.1f s from drop, receipt after %.1f s,"
                        + " %d requests; processor: gateway %.1f s, PostgreSQL %.1f s",
                file.lines(),
                seconds(),
                linesPerSecond(),
                secondsFromDrop(),
                secondsToReceipt(),
                requests,
                gatewaySeconds.orElse(Double.NaN),
                databaseSeconds.orElse(Double.NaN));
    }
}
