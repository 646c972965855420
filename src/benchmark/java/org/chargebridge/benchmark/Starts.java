package org.chargebridge.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
            Path archive = site.directory().resolve("chargebridge.jsa");
            try (Gateway writing = site.start(world.app(), "-XX:ArchiveClassesAtExit=" + archive)) {
                writing.awaitReady();
                writing.stop();
            }
            return List.of(
                    measure(
                            "ready after start, jar packed out, with an archive of its classes",
                            times(site, world.app(), options, "-XX:SharedArchiveFile=" + archive),
                            EXTRACTED_SECONDS),
                    measure("ready after start, jar as built", times(site, world.jar(), options), FAT_SECONDS));
        }
    }

    private static List<Double> times(Site site, Path jar, Options options, String... jvm) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < options.repetitions(); i++) {
            try (Gateway gateway = site.start(jar, jvm)) {
                seconds.add(gateway.awaitReady().toMillis() / 1000.0);
                gateway.stop();
            }
        }
        System.out.println("  " + jar.getFileName() + ": " + seconds);
        return seconds;
    }

    private static Measure measure(String name, List<Double> seconds, double limit) {
        return Measure.atMost(name, Measure.median(seconds), " s", limit, Measure.spread(seconds));
    }
}
