package org.chargebridge.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A thousand files of a hundred lines, all recorded before sending begins: how full the requests are. */
final class SmallFiles implements Scenario {

    private static final int FILES = 1_000;
    private static final int LINES = 100;
    private static final double CHARGES_PER_REQUEST = 1_990;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "small-files";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name())) {
            List<InvoiceFile> files = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                files.add(new InvoiceFile("small-" + (FILES + i) + ".csv", "S" + (FILES + i) + "-", LINES));
            }
            double recorded = record(world, site, files);
            return List.of(send(world, site, recorded, files));
        }
    }

    /** A gateway that asks for something to send once an hour only. */
    private static double record(World world, Site site, List<InvoiceFile> files) {
        site.set("chargebridge.sending.poll-interval", "1h");
        try (Gateway gateway = site.start(world.app())) {
            gateway.awaitReady();
            // Sending looks once right after the start.
            Waiting.pause(Duration.ofSeconds(3));
            long begun = System.nanoTime();
            files.forEach(file -> file.drop(site.path("out")));
            String count = "select count(*) from instruction";
            Waiting.until("all files are recorded", PATIENCE, Duration.ofMillis(500), () -> world.query(
                            site.database(), count)
                    .equals(String.valueOf(FILES * LINES)));
            double seconds = (System.nanoTime() - begun) / 1e9;
            gateway.stop();
            if (site.simulator().created() > 0) {
                throw new IllegalStateException("sending began before all files were recorded");
            }
            return seconds;
        }
    }

    private static Measure send(World world, Site site, double recorded, List<InvoiceFile> files) {
        site.set("chargebridge.sending.poll-interval", "500ms");
        ChargeLog log = site.simulator().log();
        try (Gateway gateway = site.start(world.app())) {
            gateway.awaitReady();
            Waiting.until("all charges are accepted", PATIENCE, () -> log.read().charges() >= FILES * LINES);
            FileRun.checkCreated(site.simulator(), FILES * LINES);
            files.forEach(file -> site.awaitReceipt("in", file, PATIENCE));
        }
        double seconds =
                Duration.between(log.firstAt().orElseThrow(), log.lastAt().orElseThrow())
                                .toMillis()
                        / 1000.0;
        return Measure.atLeast(
                "charges in a request, 1,000 files of 100 lines recorded before sending begins",
                (double) log.charges() / log.requests(),
                "",
                CHARGES_PER_REQUEST,
                log.requests() + " requests; recorded within " + Measure.shown(recorded) + " s of the drop, sent in "
                        + Measure.shown(seconds) + " s");
    }
}
