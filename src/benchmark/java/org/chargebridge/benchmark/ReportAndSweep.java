package org.chargebridge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.ledger.Lookups;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A status report over a change of every charge, and the choice of all of them for look-ups. The changes are written
 * straight into the ledger, as look-ups would, because looking a hundred thousand charges up is another measure.
 */
final class ReportAndSweep implements Scenario {

    private static final double SECONDS = 10;
    private static final int ROUND = 200;
    private static final String MSN = "123456";
    private static final Duration A_DAY = Duration.ofHours(25);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String CHARGES =
            """
            insert into charge (file_id, position, order_id, msn, channel, agreement_id, dispatch_id, status, due,
                retry_days, seen_at, next_check_at, changed_at)
            select i.file_id, i.position, i.order_id, i.msn, b.channel, i.agreement_id, b.dispatch_id, 'PENDING',
                i.effective_due, i.retry_days, now(), now(), now()
            from instruction i
            join block b on b.file_id = i.file_id and i.position between b.first_position and b.last_position
            on conflict do nothing
            """;

    private static final String CHANGES =
            """
            insert into event (occurred_at, channel, msn, file_id, position, order_id, dispatch_id, status, reportable)
            select now(), channel, msn, file_id, position, order_id, dispatch_id, 'PENDING', true from charge
            """;

    @Override
    public String name() {
        return "report-and-sweep";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name())) {
            site.set("chargebridge.clock.follow", site.simulator().uri() + "/simulator/clock");
            site.set("chargebridge.tracking.gets-per-minute", "1");
            try (Gateway gateway = site.start(world.app())) {
                gateway.awaitReady();
                FileRun.of(world, site, gateway, new InvoiceFile("lines.csv", "L", options.lines()));
                Measure unseen = sweep(world, site, options, "that nothing is known of yet");
                world.execute(site.database(), CHARGES);
                world.execute(site.database(), CHANGES);
                world.execute(site.database(), "analyze charge, event");
                Measure known = sweep(world, site, options, "that were seen before");
                return List.of(report(site, gateway, options), unseen, known);
            }
        }
    }

    private static Measure report(Site site, Gateway gateway, Options options) {
        long before = gateway.peakMemory().orElse(0);
        Instant begun = Instant.now();
        site.simulator().advance(A_DAY);
        Waiting.until(
                "the status report is there", PATIENCE, () -> statusReport(site).isPresent());
        Path report = statusReport(site).orElseThrow();
        try (Stream<String> lines = Files.lines(report)) {
            long changes = lines.filter(line -> line.contains(";PENDING;")).count();
            if (changes != options.lines()) {
                throw new IllegalStateException("the report tells " + changes + " changes of " + options.lines());
            }
            double seconds =
                    Duration.between(begun, Files.getLastModifiedTime(report).toInstant())
                                    .toMillis()
                            / 1000.0;
            return Measure.atMost(
                    String.format(java.util.Locale.ROOT, "status report over %,d changes, delivered", options.lines()),
                    seconds,
                    " s",
                    SECONDS,
                    "counted from when its time came; resident memory at most " + before + " MiB before and "
                            + gateway.peakMemory().orElse(0) + " MiB after");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.util.Optional<Path> statusReport(Site site) {
        try (Stream<Path> files = Files.list(site.path("in"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("status-"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As many rounds as it takes, each with all the charges still waiting, which is more than a sweep meets. Connections
     * are kept, as the gateway's pool keeps them.
     */
    private static Measure sweep(World world, Site site, Options options, String which) {
        SingleConnectionDataSource kept = new SingleConnectionDataSource(world.url(site.database()), true);
        try {
            return sweep(JdbcClient.create(kept), options, which);
        } finally {
            kept.destroy();
        }
    }

    private static Measure sweep(JdbcClient jdbc, Options options, String which) {
        Lookups lookups =
                new Lookups(jdbc, Clock.offset(Clock.fixed(Instant.now(), ZoneOffset.UTC), Duration.ofHours(1)));
        long begun = System.nanoTime();
        for (int chosen = 0; chosen < options.lines(); chosen += ROUND) {
            int found = lookups.due(MSN, ROUND).size();
            if (found != ROUND) {
                throw new IllegalStateException("a round found " + found + " charges of " + ROUND);
            }
        }
        return Measure.atMost(
                String.format(java.util.Locale.ROOT, "choosing %,d due charges %s", options.lines(), which),
                (System.nanoTime() - begun) / 1e9,
                " s",
                SECONDS,
                "in rounds of " + ROUND);
    }
}
