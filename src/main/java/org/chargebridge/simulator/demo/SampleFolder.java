package org.chargebridge.simulator.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.simulator.api.Agreement;
import org.chargebridge.simulator.api.RecurringApiSimulator;

/** The ERP's folder of the demo: puts the sample files there at the first start, as an ERP would. */
final class SampleFolder {

    static final String WRITTEN = "file written";
    private static final int DUE_IN_DAYS = 3;

    private final Path root;
    private final RecurringApiSimulator simulator;

    SampleFolder(Path root, RecurringApiSimulator simulator) {
        this.root = root;
        this.simulator = simulator;
    }

    Path out() {
        return root.resolve("demo/out");
    }

    Path in() {
        return root.resolve("demo/in");
    }

    /** The date that the sample's valid invoices are due on; empty before the sample was written. */
    Optional<LocalDate> due() {
        return simulator.storyStep(WRITTEN).map(SampleFolder::dateIn).map(begin -> begin.plusDays(DUE_IN_DAYS));
    }

    /** Writes the sample files unless that was done before. */
    void fill(int invoices) {
        if (simulator.storyStep(WRITTEN).isPresent()) {
            return;
        }
        LocalDate today = dateIn(simulator.now());
        SampleInvoices sample = new SampleInvoices(today, today.plusDays(DUE_IN_DAYS), invoices);
        simulator.seed(List.of(
                Agreement.active(SampleInvoices.STOPPED, "NOK").with(Agreement.Status.STOPPED),
                Agreement.active(SampleInvoices.EXPIRED, "NOK").with(Agreement.Status.EXPIRED),
                Agreement.active(SampleInvoices.NOT_ACCEPTED, "NOK").with(Agreement.Status.PENDING)));
        put("agreements-demo.csv", sample.agreements());
        put("invoices-" + today.format(DateTimeFormatter.BASIC_ISO_DATE) + ".csv", sample.invoices());
        simulator.markStory(WRITTEN);
    }

    private static LocalDate dateIn(Instant instant) {
        return LocalDate.ofInstant(instant, DemoProperties.OSLO);
    }

    /** Under a temporary name first, so that nobody takes half a file. */
    private void put(String name, String content) {
        Path part = out().resolve("." + name + ".part");
        try {
            Files.createDirectories(out());
            Files.createDirectories(in());
            Files.writeString(part, content, StandardCharsets.UTF_8);
            Files.move(part, out().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("The sample file " + out().resolve(name) + " cannot be written", failure);
        }
    }

    /** How many status reports lie in the ERP's in-folder. */
    long reports() {
        try (Stream<Path> files = Files.list(in())) {
            return files.filter(file -> file.getFileName().toString().startsWith("status-"))
                    .count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
