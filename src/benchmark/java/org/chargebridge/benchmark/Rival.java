package org.chargebridge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.chargebridge.benchmark.rivals.BatchJob;
import org.chargebridge.benchmark.rivals.CamelRoute;

/** Another program that sends the same files, in a JVM of its own. */
final class Rival implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Site site;
    private final String folder;
    private final Process process;
    private final boolean toldByName;

    private Rival(Site site, String folder, Class<?> main, boolean toldByName, List<String> arguments) {
        this.site = site;
        this.folder = folder;
        this.toldByName = toldByName;
        try {
            Files.createDirectories(site.path(folder));
            Files.createDirectories(site.path(receipts(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path log = site.directory().resolve(folder + ".log");
        process = Processes.main(site.directory(), log, JVM, main, arguments);
    }

    static Rival batch(World world, Site site) {
        return new Rival(
                site,
                "batch",
                BatchJob.class,
                true,
                List.of(
                        site.simulator().uri(),
                        world.url(world.newDatabase()),
                        String.valueOf(site.sftpPort()),
                        Site.USER,
                        Site.PASSWORD,
                        "batch",
                        receipts("batch")));
    }

    static Rival camel(Site site) {
        return new Rival(
                site,
                "camel",
                CamelRoute.class,
                false,
                List.of(
                        site.simulator().uri(),
                        String.valueOf(site.sftpPort()),
                        Site.USER,
                        Site.PASSWORD,
                        "camel",
                        receipts("camel")));
    }

    private static String receipts(String folder) {
        return folder + "-receipts";
    }

    /** Seconds from when the file was opened until the last of its charges was accepted. */
    double seconds(InvoiceFile file) {
        Simulator simulator = site.simulator();
        long before = simulator.created();
        simulator.log().reset();
        file.drop(site.path(folder));
        if (toldByName) {
            tell(file.name());
        }
        Waiting.until(
                folder + " sends " + file.lines() + " charges",
                PATIENCE,
                () -> check().log().read().charges() >= file.lines());
        FileRun.checkCreated(simulator, before + file.lines());
        Waiting.until(folder + " writes a receipt", PATIENCE, () -> receiptLines(file) == file.lines());
        Instant begun = site.pickedUp(folder, file.name()).orElseThrow();
        Instant ended = simulator.log().lastAt().orElseThrow();
        double seconds = Duration.between(begun, ended).toMillis() / 1000.0;
        System.out.printf(
                java.util.Locale.ROOT,
                "  %s: %,d lines in %.1f s (%,.0f/s)%n",
                folder,
                file.lines(),
                seconds,
                file.lines() / seconds);
        return seconds;
    }

    private long receiptLines(InvoiceFile file) {
        try (Stream<String> lines = Files.lines(site.path(receipts(folder)).resolve("receipt-" + file.name()))) {
            return lines.filter(line -> line.contains(";ACCEPTED;")).count();
        } catch (NoSuchFileException notYet) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Simulator check() {
        if (!process.isAlive()) {
            throw new IllegalStateException(folder + " ended: see " + folder + ".log");
        }
        return site.simulator();
    }

    private void tell(String name) {
        try {
            process.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OptionalLong peakMemory() {
        return ProcStat.peakMemory(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.await(process);
    }
}
