package org.chargebridge.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** SIGKILL in the middle of sending: when the next life sends again, and whether each line is charged once. */
final class Killed implements Scenario {

    private static final double SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "killed";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        InvoiceFile file = new InvoiceFile("lines.csv", "L", options.lines());
        try (Site site = new Site(world, name())) {
            ChargeLog log = site.simulator().log();
            long charged;
            try (Gateway gateway = site.start(world.app())) {
                gateway.awaitReady();
                file.drop(site.path("out"));
                Waiting.until(
                        "a third is sent",
                        PATIENCE,
                        Duration.ofMillis(5),
                        () -> log.read().charges() > file.lines() / 3);
                gateway.kill();
                charged = log.read().charges();
            }
            if (charged >= file.lines()) {
                throw new IllegalStateException("everything was sent before the kill");
            }
            try (Gateway gateway = site.start(world.app())) {
                AtomicReference<Instant> again = new AtomicReference<>();
                log.observe((at, count) -> again.compareAndSet(null, at));
                gateway.awaitReady();
                Instant ready = Instant.now();
                Waiting.until("it sends again", PATIENCE, () -> {
                    log.read();
                    return again.get() != null;
                });
                Waiting.until(
                        "every line is charged",
                        PATIENCE,
                        Duration.ofMillis(500),
                        () -> site.simulator().created() >= file.lines());
                Instant all = Instant.now();
                FileRun.checkCreated(site.simulator(), file.lines());
                site.awaitReceipt("in", file, PATIENCE);
                double seconds =
                        Math.max(0, Duration.between(ready, again.get()).toMillis() / 1000.0);
                return List.of(Measure.atMost(
                        "sending again after SIGKILL in the middle of " + ManyLines.lines(file.lines())
                                + ", counted from ready",
                        seconds,
                        " s",
                        SECONDS,
                        String.format(
                                java.util.Locale.ROOT,
                                "killed after %,d charges; each line charged once %.1f s after ready",
                                charged,
                                Duration.between(ready, all).toMillis() / 1000.0)));
            }
        }
    }
}
