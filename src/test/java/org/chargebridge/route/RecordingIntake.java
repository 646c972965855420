package org.chargebridge.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.chargebridge.intake.IntakeResult;
import org.chargebridge.intake.ReceivedFile;

/** Stands where files are recorded: keeps what it was given, and fails when a test says so. */
public class RecordingIntake {

    final List<ReceivedFile> received = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    volatile Consumer<ReceivedFile> before = file -> {};

    public IntakeResult receive(ReceivedFile file) {
        before.accept(file);
        try {
            contents.put(file.name(), Files.readAllBytes(file.spool()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        received.add(file);
        return new IntakeResult(".done", "20261121T080000Z-" + file.sha256().substring(0, 8) + "-" + file.name());
    }

    List<String> names() {
        return received.stream().map(ReceivedFile::name).toList();
    }
}
