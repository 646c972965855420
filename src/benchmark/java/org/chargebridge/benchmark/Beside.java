package org.chargebridge.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small file of another company in the same sales unit, dropped while a large one is recorded, and while it is sent. */
final class Beside implements Scenario {

    private static final int LINES = 100;
    private static final double SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "beside";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name()).channel("small", "small-out", "small-in");
                Gateway gateway = site.start(world.app())) {
            gateway.awaitReady();
            FileRun.of(world, site, gateway, InvoiceFile.warmUp(InvoiceFile.SHORT_WARM_UP));
            InvoiceFile many = new InvoiceFile("many.csv", "M", options.manyLines());
            long before = site.simulator().created();
            many.drop(site.path("out"));
            List<Measure> measures = new ArrayList<>();
            Waiting.until("the large file is read", PATIENCE, () -> site.pickedUp("out", many.name())
                    .isPresent());
            Waiting.pause(Duration.ofMillis(3L * options.manyLines() / 1_000));
            measures.add(small(world, site, options, new InvoiceFile("while-recorded.csv", "R", LINES), "is recorded"));
            ChargeLog log = site.simulator().log();
            long begun = log.read().charges();
            Waiting.until(
                    "the large file is sent", PATIENCE, () -> log.read().charges() >= begun + options.manyLines() / 5);
            measures.add(small(world, site, options, new InvoiceFile("while-sent.csv", "T", LINES), "is sent"));
            Waiting.until(
                    "everything is charged",
                    PATIENCE,
                    Duration.ofSeconds(1),
                    () -> site.simulator().created() >= before + options.manyLines() + 2 * LINES);
            FileRun.checkCreated(site.simulator(), before + options.manyLines() + 2 * LINES);
            site.awaitReceipt("in", many, PATIENCE);
            return measures;
        }
    }

    private static Measure small(World world, Site site, Options options, InvoiceFile file, String what) {
        long others = site.simulator().log().read().charges();
        Instant dropped = Instant.now();
        file.drop(site.path("small-out"));
        Instant receipt = site.awaitReceipt("small-in", file, PATIENCE);
        String sent =
                """
                select count(*) from instruction i
                join inbound_file f on f.id = i.file_id and f.name = '%s'
                join block b on b.file_id = i.file_id and i.position between b.first_position and b.last_position
                join dispatch d on d.id = b.dispatch_id and d.state = 'ACCEPTED'
                """
                        .formatted(file.name());
        Waiting.until(
                file.name() + " is charged", PATIENCE, Duration.ofMillis(100), () -> world.query(site.database(), sent)
                        .equals(String.valueOf(LINES)));
        Instant charged = Instant.now();
        long meanwhile = site.simulator().log().read().charges() - others;
        System.out.printf("  %s: %s%n", file.name(), Duration.between(dropped, charged));
        Instant done = receipt.isAfter(charged) ? receipt : charged;
        return Measure.atMost(
                "a file of 100 lines on another channel, dropped while one of " + ManyLines.lines(options.manyLines())
                        + " " + what + ": receipt and all charges",
                Duration.between(dropped, done).toMillis() / 1000.0,
                " s",
                SECONDS,
                String.format(
                        java.util.Locale.ROOT,
                        "receipt %.1f s, charges %.1f s after the drop; %,d charges accepted meanwhile",
                        Duration.between(dropped, receipt).toMillis() / 1000.0,
                        Duration.between(dropped, charged).toMillis() / 1000.0,
                        meanwhile));
    }
}
