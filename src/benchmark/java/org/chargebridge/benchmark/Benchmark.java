package org.chargebridge.benchmark;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Runs the scenarios one after the other and writes what they measured. {@code docs/performance.md} tells how it is
 * started and what can be chosen.
 */
public final class Benchmark {

    private static final List<Scenario> SCENARIOS = List.of(
            new ManyLines(),
            new Floor(),
            new Rivals(),
            new SmallFiles(),
            new SlowApi(),
            new Killed(),
            new Starts(),
            new Beside(),
            new ReportAndSweep(),
            new Settled());

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromSystem();
        Path project = Path.of("").toAbsolutePath();
        Report report = new Report(project);
        boolean failed = false;
        try (World world = new World(project)) {
            for (Scenario scenario : SCENARIOS) {
                if (options.wants(scenario.name())) {
                    System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + scenario.name());
                    failed |= !measured(scenario, world, options, report);
                }
            }
            report.write(world);
        }
        if (failed) {
            System.exit(1);
        }
    }

    /** What is not as it should be is not printed; the other scenarios go on. */
    private static boolean measured(Scenario scenario, World world, Options options, Report report) {
        try {
            report.add(scenario.name(), scenario.run(world, options));
            return true;
        } catch (RuntimeException e) {
            System.out.println("  " + scenario.name() + " was not measured: " + e.getMessage()
                    + "; logs are in target/benchmark/" + scenario.name());
            return false;
        }
    }
}
