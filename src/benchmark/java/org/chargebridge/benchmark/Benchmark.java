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
            new ReportAndSweep());

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromSystem();
        Path project = Path.of("").toAbsolutePath();
        Report report = new Report(project);
        try (World world = new World(project)) {
            for (Scenario scenario : SCENARIOS) {
                if (options.wants(scenario.name())) {
                    System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + scenario.name());
                    report.add(scenario.name(), scenario.run(world, options));
                }
            }
            report.write(world);
        }
    }
}
