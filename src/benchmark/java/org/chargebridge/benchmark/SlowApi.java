package org.chargebridge.benchmark;

import java.time.Duration;
import java.util.List;

/** An API that takes 20 ms longer to answer. */
final class SlowApi implements Scenario {

    static final Duration LATENCY = Duration.ofMillis(20);
    private static final double SECONDS = 15;

    @Override
    public String name() {
        return "slow-api";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name());
                Gateway gateway = site.start(world.app())) {
            gateway.awaitReady();
            FileRun.of(world, site, gateway, InvoiceFile.warmUp(InvoiceFile.SHORT_WARM_UP));
            site.simulator().delayCreates(LATENCY);
            FileRun run = FileRun.of(world, site, gateway, new InvoiceFile("lines.csv", "L", options.lines()));
            return List.of(Measure.below(
                    ManyLines.lines(options.lines()) + ", an API that takes 20 ms to answer",
                    run.seconds(),
                    " s",
                    SECONDS,
                    run.requests() + " requests"));
        }
    }
}
