package org.chargebridge.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * The append-only log, one JSON object a line. Each line reaches the operating system before the call is answered, so
 * that a killed simulator loses nothing that it said; a last line torn by a kill is cut away when the log is opened.
 */
final class EventLog implements Closeable {

    static final String NAME = "simulator.log.jsonl";

    private final Path file;
    private final FileChannel channel;

    private EventLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static EventLog open(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            Files.createDirectories(directory);
            cutTornLine(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (!locked(channel)) {
                channel.close();
                throw new IllegalStateException("Another simulator writes " + file.toAbsolutePath()
                        + ": stop it, or give this one a data directory of its own");
            }
            return new EventLog(file, channel);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot open the simulator's log " + file.toAbsolutePath(), failure);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void cutTornLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0) {
                bytes.seek(end - 1);
                if (bytes.read() == '\n') {
                    break;
                }
                end--;
            }
            bytes.setLength(end);
        }
    }

    Path file() {
        return file;
    }

    /** Hands every line to the reader, oldest first. */
    void read(Consumer<JsonNode> reader) {
        try (MappingIterator<JsonNode> lines = Json.LOG_READER.readValues(file.toFile())) {
            while (lines.hasNextValue()) {
                reader.accept(lines.nextValue());
            }
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException(
                    "Line " + damaged.getLocation().getLineNr() + " of " + file.toAbsolutePath()
                            + " is not JSON: mend it, or delete the demo's data directory to begin anew",
                    damaged);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read the simulator's log " + file.toAbsolutePath(), failure);
        }
    }

    /** Appends lines in one piece. */
    void append(List<ObjectNode> lines) {
        List<byte[]> json = lines.stream().map(Json::bytes).toList();
        ByteBuffer bytes = ByteBuffer.allocate(
                json.stream().mapToInt(line -> line.length + 1).sum());
        json.forEach(line -> bytes.put(line).put((byte) '\n'));
        bytes.flip();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot write the simulator's log " + file.toAbsolutePath(), failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
