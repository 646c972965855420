package org.chargebridge.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A hundred thousand lines, then a million in the same process. */
final class ManyLines implements Scenario {

    private static final double LINES_SECONDS = 10;
    private static final double MANY_SECONDS = 100;
    private static final double MEMORY_MIB = 350;
    private static final double COST_RATIO = 1.1;

    @Override
    public String name() {
        return "many-lines";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        List<Measure> measures = new ArrayList<>();
        try (Site site = new Site(world, name());
                Gateway gateway = site.start(world.app())) {
            gateway.awaitReady();
            // A gateway runs for weeks: what the first large file costs while the JVM compiles does not count.
            FileRun.of(world, site, gateway, InvoiceFile.warmUp(options.lines()));
            List<FileRun> runs = new ArrayList<>();
            for (int i = 1; i <= options.repetitions(); i++) {
                String prefix = Character.toString('A' + i);
                runs.add(FileRun.of(
                        world, site, gateway, new InvoiceFile("lines-" + i + ".csv", prefix, options.lines())));
            }
            List<Double> seconds = runs.stream().map(FileRun::seconds).toList();
            double median = Measure.median(seconds);
            measures.add(Measure.below(
                    lines(options.lines()) + ", from pickup to every charge accepted",
                    median,
                    " s",
                    LINES_SECONDS,
                    Measure.spread(seconds) + "; from drop "
                            + Measure.shown(Measure.median(
                                    runs.stream().map(FileRun::secondsFromDrop).toList()))
                            + " s, receipt after "
                            + Measure.shown(Measure.median(
                                    runs.stream().map(FileRun::secondsToReceipt).toList()))
                            + " s, " + processor(runs.get(runs.size() / 2))));
            if (options.manyLines() > 0) {
                many(world, site, gateway, options, median, measures);
            }
        }
        return measures;
    }

    private static void many(
            World world, Site site, Gateway gateway, Options options, double median, List<Measure> measures) {
        FileRun many = FileRun.of(world, site, gateway, new InvoiceFile("many.csv", "M", options.manyLines()));
        OptionalLong memory = gateway.peakMemory();
        measures.add(Measure.below(
                lines(options.manyLines()) + " in one file, same process",
                many.seconds(),
                " s",
                MANY_SECONDS,
                "from drop " + Measure.shown(many.secondsFromDrop()) + " s, receipt after "
                        + Measure.shown(many.secondsToReceipt()) + " s, "
                        + Measure.shown(many.linesPerSecond()) + " charges/s, " + processor(many)));
        measures.add(
                memory.isPresent()
                        ? Measure.below(
                                "resident memory after that",
                                memory.getAsLong(),
                                " MiB",
                                MEMORY_MIB,
                                "VmHWM, config/jvm.options")
                        : Measure.told("resident memory after that", "not measured", "needs Linux"));
        double ratio = many.seconds() / options.manyLines() / (median / options.lines());
        measures.add(Measure.atMost(
                "cost per line, " + lines(options.manyLines()) + " against " + lines(options.lines()),
                ratio,
                "",
                COST_RATIO,
                ""));
    }

    static String lines(int lines) {
        return String.format(java.util.Locale.ROOT, "%,d invoices", lines);
    }

    private static String processor(FileRun run) {
        return run.gatewaySeconds().isEmpty()
                ? "processor time not measured"
                : "processor: gateway " + Measure.shown(run.gatewaySeconds().getAsDouble()) + " s, PostgreSQL "
                        + Measure.shown(run.databaseSeconds().orElse(0)) + " s";
    }
}
