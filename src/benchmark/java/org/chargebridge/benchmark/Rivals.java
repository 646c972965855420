package org.chargebridge.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The gateway and what could be written instead, one after the other on the same files. */
final class Rivals implements Scenario {

    private static final double TIMES_BATCH = 4;
    private static final double TIMES_CAMEL = 15;

    @Override
    public String name() {
        return "rivals";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name());
                Gateway gateway = site.start(world.app());
                Rival batch = Rival.batch(world, site);
                Rival camel = Rival.camel(site)) {
            gateway.awaitReady();
            InvoiceFile warmUp = InvoiceFile.warmUp(options.lines());
            FileRun.of(world, site, gateway, warmUp);
            batch.seconds(warmUp);
            camel.seconds(warmUp);
            List<Double> ours = new ArrayList<>();
            List<Double> batches = new ArrayList<>();
            List<Double> camels = new ArrayList<>();
            for (int i = 1; i <= options.repetitions(); i++) {
                InvoiceFile file = new InvoiceFile("lines-" + i + ".csv", Character.toString('A' + i), options.lines());
                ours.add(FileRun.of(world, site, gateway, file).seconds());
                batches.add(batch.seconds(file));
                camels.add(camel.seconds(file));
            }
            List<Measure> measures = new ArrayList<>(List.of(
                    row("Chargebridge", ours, ours, 1, gateway.peakMemory(), options),
                    row(
                            "Spring Batch, chunks of 1,000, 16 threads",
                            batches,
                            ours,
                            TIMES_BATCH,
                            batch.peakMemory(),
                            options),
                    row("Camel route, split, 16 threads", camels, ours, TIMES_CAMEL, camel.peakMemory(), options)));
            measures.add(slow(world, site, gateway, batch, camel, options));
            return measures;
        }
    }

    /** The same with an API that is as far away as a real one: what a call costs is then its latency. */
    private static Measure slow(World world, Site site, Gateway gateway, Rival batch, Rival camel, Options options) {
        site.simulator().delayCreates(SlowApi.LATENCY);
        InvoiceFile file = new InvoiceFile("slow.csv", "Z", options.lines() / 2);
        double ours = FileRun.of(world, site, gateway, file).seconds();
        double batches = batch.seconds(file);
        double camels = camel.seconds(file);
        return Measure.told(
                "the same with an API that takes 20 ms to answer, " + ManyLines.lines(options.lines() / 2),
                Measure.shown(ours) + " s: " + Measure.shown(batches / ours) + " and " + Measure.shown(camels / ours)
                        + " times as fast",
                "Spring Batch " + Measure.shown(batches) + " s, Camel route " + Measure.shown(camels) + " s; 1 run");
    }

    private static Measure row(
            String name, List<Double> seconds, List<Double> ours, double least, OptionalLong memory, Options options) {
        double median = Measure.median(seconds);
        double times = median / Measure.median(ours);
        String detail = Measure.spread(seconds) + "; "
                + Measure.shown(Math.rint(options.lines() / median)) + " charges/s; "
                + (memory.isPresent() ? memory.getAsLong() + " MiB resident" : "memory not measured");
        String value = ManyLines.lines(options.lines()) + " in " + Measure.shown(median) + " s";
        return least == 1
                ? Measure.told(name, value, detail)
                : new Measure(
                        name,
                        value + ": the gateway is " + Measure.shown(times) + " times as fast",
                        "at least " + Measure.shown(least) + " times",
                        Optional.of(times >= least),
                        detail);
    }
}
