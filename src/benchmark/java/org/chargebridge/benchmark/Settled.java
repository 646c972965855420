package org.chargebridge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A settlement ledger with a sale for each line of a file: read from the Report API, and told in one report of a payout. The
 * sales came about in the simulator when its clock was moved beyond the due date.
 */
final class Settled implements Scenario {

    private static final Duration BEYOND_THE_DUE_DATE = Duration.ofDays(22);
    private static final Duration A_DAY = Duration.ofHours(25);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final String FIRST_REPORT = "settlement-" + Site.USER + "-payout-1-";

    @Override
    public String name() {
        return "settlement";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name())) {
            String channel = "chargebridge.channels." + Site.USER + ".settlement.";
            site.set("chargebridge.clock.follow", site.simulator().uri() + "/simulator/clock")
                    .set("chargebridge.tracking.gets-per-minute", "1")
                    .set("chargebridge.settlement.schedule", "0/1 * * * * ?")
                    .set("chargebridge.settlement.read-interval", "1s")
                    .set("chargebridge.settlement.date-interval", "1s")
                    .set(channel + "from", "2020-01-01")
                    .set(channel + "schedule[0]", "0 0 7 * * ?");
            try (Gateway gateway = site.start(world.app())) {
                gateway.awaitReady();
                FileRun.of(world, site, gateway, new InvoiceFile("lines.csv", "S", options.lines()));
                Measure read = read(world, site, options);
                return List.of(read, report(site, gateway, options));
            }
        }
    }

    /**
     * From the first page to the last, by the wall clock: times in the ledger are those of a clock that jumps. Without the
     * time that the simulator takes to move money.
     */
    private static Measure read(World world, Site site, Options options) {
        site.simulator().advance(BEYOND_THE_DUE_DATE);
        String entries = "select coalesce(max(last_number), 0) from settlement_feed where topic = 'FUNDS'";
        Waiting.until("the first page is read", PATIENCE, () -> !ask(world, site, entries)
                .equals("0"));
        long begun = System.nanoTime();
        String payouts = "select count(*) from settlement_payout";
        Waiting.until(
                "the payout is read", PATIENCE, () -> ask(world, site, payouts).equals("1"));
        double seconds = (System.nanoTime() - begun) / 1e9;
        // Nothing of it is read any more when the report is measured.
        String closed = "select count(*) from settlement_payout join settlement_date using (ledger_id, ledger_date)"
                + " where closed_at is not null";
        Waiting.until(
                "the payout's day is closed, of funds and of fees", PATIENCE, INTERVAL, () -> ask(world, site, closed)
                        .equals("2"));
        String matched =
                ask(world, site, "select count(*) from settlement_entry where topic = 'FUNDS' and file_id is not null");
        if (!matched.equals(Integer.toString(options.lines()))) {
            throw new IllegalStateException(matched + " sales of " + options.lines() + " lines were found");
        }
        return Measure.told(
                String.format(
                        Locale.ROOT,
                        "reading %,d entries, each sale tied to its line",
                        Long.parseLong(ask(world, site, entries))),
                Measure.shown(seconds) + " s",
                "counted from when the first page of 1,000 was written to when the last was");
    }

    private static String ask(World world, Site site, String sql) {
        return world.query(site.database(), sql);
    }

    private static Measure report(Site site, Gateway gateway, Options options) {
        long before = gateway.peakMemory().orElse(0);
        Instant begun = Instant.now();
        site.simulator().advance(A_DAY);
        Waiting.until(
                "the settlement report is there", PATIENCE, () -> find(site).isPresent());
        Path report = find(site).orElseThrow();
        check(report, options.lines());
        try {
            double seconds =
                    Duration.between(begun, Files.getLastModifiedTime(report).toInstant())
                                    .toMillis()
                            / 1000.0;
            return Measure.told(
                    String.format(Locale.ROOT, "settlement report over %,d sales as CSV, delivered", options.lines()),
                    Measure.shown(seconds) + " s",
                    "with the fees by payment beside it; counted from when its time came; resident memory at most "
                            + before + " MiB before and " + gateway.peakMemory().orElse(0) + " MiB after");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> find(Site site) {
        try (Stream<Path> files = Files.list(site.path("in"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(FIRST_REPORT))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line's sale stands in it, and what a payout is made of comes to nothing with it. */
    private static void check(Path report, int lines) {
        try (Stream<String> rows = Files.lines(report)) {
            List<String> told = rows.toList();
            long sales = told.stream().filter(row -> row.contains(";capture;")).count();
            boolean tiesOut = told.get(told.size() - 1).matches(".*;0[.]00;0;[^;]*;SUM;.*");
            if (sales != lines || !tiesOut) {
                throw new IllegalStateException(report.getFileName() + " tells " + sales + " sales of " + lines
                        + " and ends with " + told.get(told.size() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
