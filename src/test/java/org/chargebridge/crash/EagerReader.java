package org.chargebridge.crash;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An ERP that takes every file the moment it sees its final name, to find out whether one was ever short. */
final class EagerReader implements AutoCloseable {

    private static final long RHYTHM_MS = 20;

    private final Path directory;
    private final Map<Path, Integer> firstSeen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "eager-reader");
        thread.setDaemon(true);
        return thread;
    });

    EagerReader(Path directory) {
        this.directory = directory;
        executor.scheduleWithFixedDelay(this::look, 0, RHYTHM_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> !file.getFileName().toString().startsWith("."))) {
            for (Path file : files) {
                if (!firstSeen.containsKey(file)) {
                    firstSeen.put(file, content(file));
                }
            }
        } catch (IOException gone) {
            Progress.say("  the directory " + directory + " could not be read: " + gone);
        }
    }

    private static int content(Path file) throws IOException {
        return Arrays.hashCode(Files.readAllBytes(file));
    }

    /** Files that held something else when they were first seen, and files that are no longer there. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        firstSeen.forEach((file, content) -> {
            try {
                if (content(file) != content) {
                    findings.add(file.getFileName() + " was seen with other bytes before it had those it has now.");
                }
            } catch (IOException gone) {
                findings.add(file.getFileName() + " was taken away after it had been delivered.");
            }
        });
        return findings;
    }

    int files() {
        return firstSeen.size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
