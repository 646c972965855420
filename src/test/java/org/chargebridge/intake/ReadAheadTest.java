package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.CsvInvoiceReader;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.intake.format.Layout;
import org.chargebridge.intake.format.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadAheadTest {

    private static final Channel CHANNEL = ChannelBuilder.channel().build();
    private static final String HEADER = "invoice_number;agreement_id;amount;due_date\n";

    @TempDir
    Path directory;

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "A-" + i + ";agr_a1;100,00;2026-12-01\n")
                .collect(Collectors.joining());
    }

    private InvoiceReader.Entries open(String text) throws IOException, FileRefused {
        Path file = Files.writeString(directory.resolve("file.csv"), text);
        return new CsvInvoiceReader().open(file, CHANNEL.input(), Vocabulary.INVOICES);
    }

    private static List<Integer> positions(ReadAhead ahead) throws IOException, FileRefused {
        List<Integer> positions = new ArrayList<>();
        for (List<Request> next = ahead.next(); !next.isEmpty(); next = ahead.next()) {
            next.forEach(request -> positions.add(request.position()));
        }
        return positions;
    }

    @Test
    void everyRowComesOnceAndInItsOrder() throws Exception {
        for (int count : List.of(0, 1, 1_999, 2_000, 2_001, 11_000)) {
            try (InvoiceReader.Entries entries = open(HEADER + lines(count));
                    ReadAhead ahead = ReadAhead.of(entries, new RequestReader(CHANNEL, entries.layout()))) {
                assertThat(positions(ahead))
                        .containsExactlyElementsOf(
                                IntStream.range(0, count).mapToObj(i -> i + 2).toList());
            }
        }
    }

    @Test
    void failureOfTheReadingIsThrownWhereTheRowsAreTaken() throws Exception {
        InvoiceReader.Entries entries = open(HEADER + lines(5_000));
        InvoiceReader.Entries broken = new BrokenAfter(entries, 4_500);
        try (broken;
                ReadAhead ahead = ReadAhead.of(broken, new RequestReader(CHANNEL, entries.layout()))) {
            assertThat(ahead.next()).hasSize(2_000);
            assertThat(ahead.next()).hasSize(2_000);
            assertThatThrownBy(ahead::next).isInstanceOfSatisfying(FileRefused.class, refused -> assertThat(
                            refused.reason().code())
                    .isEqualTo(ReasonCode.FILE_TOO_LARGE));
        }
    }

    @Test
    void closingEndsTheReadingWhereverItIs() throws Exception {
        try (InvoiceReader.Entries entries = open(HEADER + lines(20_000))) {
            ReadAhead ahead = ReadAhead.of(entries, new RequestReader(CHANNEL, entries.layout()));
            assertThat(ahead.next()).hasSize(2_000);

            ahead.close();

            assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName()
                    .equals(Thread.currentThread().getName() + " read-ahead"));
        }
    }

    /** A file of which nothing more can be made after some of its entries. */
    private static final class BrokenAfter implements InvoiceReader.Entries {

        private final InvoiceReader.Entries entries;
        private int left;

        BrokenAfter(InvoiceReader.Entries entries, int left) {
            this.entries = entries;
            this.left = left;
        }

        @Override
        public Layout layout() {
            return entries.layout();
        }

        @Override
        public Optional<Entry> next() throws FileRefused, IOException {
            if (left-- == 0) {
                throw new FileRefused(Reason.of(ReasonCode.FILE_TOO_LARGE, 1, 1));
            }
            return entries.next();
        }

        @Override
        public void close() throws IOException {
            entries.close();
        }
    }
}
