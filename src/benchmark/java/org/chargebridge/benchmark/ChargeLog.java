package org.chargebridge.benchmark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads the simulator's log as it grows: how many charges were accepted, in how many requests, and when. The log is
 * written before each answer, and reading it costs the simulator nothing.
 */
final class ChargeLog {

    private static final byte[] CREATE = "\"op\":\"create-charge".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "\"status\":20".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REAL = "\"real\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHARGES = "\"charges\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AGREEMENT = "\",\"agr_".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 400;
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private byte[] rest = new byte[0];
    private long position;
    private long charges;
    private long requests;
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private BiConsumer<Instant, Integer> observer = (at, count) -> {};

    ChargeLog(Path file) {
        this.file = file;
    }

    /** Told of each accepted request: when, and of how many charges. */
    void observe(BiConsumer<Instant, Integer> newObserver) {
        observer = newObserver;
    }

    /** Begins to count anew from where the log has come. */
    void reset() {
        read();
        charges = 0;
        requests = 0;
        first = Optional.empty();
        last = Optional.empty();
    }

    long charges() {
        return charges;
    }

    long requests() {
        return requests;
    }

    Optional<Instant> firstAt() {
        return first;
    }

    Optional<Instant> lastAt() {
        return last;
    }

    /** Reads what was appended since. */
    ChargeLog read() {
        if (!Files.exists(file)) {
            return this;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(position);
            byte[] chunk = new byte[BUFFER];
            for (int n = log.read(chunk); n > 0; n = log.read(chunk)) {
                position += n;
                take(chunk, n);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(byte[] chunk, int length) {
        byte[] bytes = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(chunk, 0, bytes, rest.length, length);
        int start = 0;
        for (int i = rest.length; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i);
                start = i + 1;
            }
        }
        rest = Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private void line(byte[] bytes, int start, int end) {
        int head = Math.min(end, start + HEAD);
        if (find(CREATE, bytes, start, head) < 0 || find(ACCEPTED, bytes, start, head) < 0) {
            return;
        }
        int from = find(CHARGES, bytes, start, end);
        if (from < 0) {
            return;
        }
        int count = 0;
        for (int at = find(AGREEMENT, bytes, from, end); at >= 0; at = find(AGREEMENT, bytes, at + 1, end)) {
            count++;
        }
        int real = find(REAL, bytes, start, head) + REAL.length;
        int quote = real;
        while (bytes[quote] != '"') {
            quote++;
        }
        Instant at = Instant.parse(new String(bytes, real, quote - real, StandardCharsets.US_ASCII));
        charges += count;
        requests++;
        first = first.or(() -> Optional.of(at));
        last = Optional.of(at);
        observer.accept(at, count);
    }

    private static int find(byte[] what, byte[] bytes, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            if (bytes[i] == what[0] && Arrays.equals(what, 0, what.length, bytes, i, i + what.length)) {
                return i;
            }
        }
        return -1;
    }
}
