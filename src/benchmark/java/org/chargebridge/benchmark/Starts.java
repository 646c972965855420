package org.chargebridge.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How long until the gateway says that it is ready. */
final class Starts implements Scenario {

    private static final double EXTRACTED_SECONDS = 10;
    private static final double FAT_SECONDS = 15;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name())) {
            return List.of(
                    measure(
                            "ready after start, jar packed out, with an archive of its classes",
                            times(options, site::start),
                            EXTRACTED_SECONDS),
                    measure(
                            "ready after start, jar as built",
                            times(options, () -> site.start(world.jar())),
                            FAT_SECONDS));
        }
    }

    private static List<Double> times(Options options, Supplier<Gateway> start) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < options.repetitions(); i++) {
            try (Gateway gateway = start.get()) {
                seconds.add(gateway.awaitReady().toMillis() / 1000.0);
                gateway.stop();
            }
        }
        return seconds;
    }

    private static Measure measure(String name, List<Double> seconds, double limit) {
        return Measure.atMost(name, Measure.median(seconds), " s", limit, Measure.spread(seconds));
    }
}
