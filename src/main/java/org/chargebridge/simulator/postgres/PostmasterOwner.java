package org.chargebridge.simulator.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who started the PostgreSQL on a data directory. A Java process that is killed leaves its PostgreSQL behind; the next
 * start recognises it by the owner's process being gone, and stops it.
 */
final class PostmasterOwner {

    private static final Logger LOG = LoggerFactory.getLogger(PostmasterOwner.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);
    /** Operating systems tell a process's start with a granularity of up to this much. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final Path directory;
    private final Path ownerFile;

    PostmasterOwner(Path directory) {
        this.directory = directory;
        this.ownerFile = directory.resolveSibling(directory.getFileName() + ".owner");
    }

    /**
     * Stops what a killed process left behind and puts this process down as the owner.
     *
     * @throws IllegalStateException when the owner lives, or its PostgreSQL cannot be stopped
     */
    void takeOver() {
        try {
            Files.createDirectories(directory.getParent());
            stopLeftOver();
            String line = ProcessHandle.current().pid() + " " + start(ProcessHandle.current());
            Files.writeString(ownerFile, line + System.lineSeparator());
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read or write beside " + directory, failure);
        }
    }

    private void stopLeftOver() throws IOException {
        Optional<ProcessHandle> left = postmaster();
        Optional<ProcessHandle> living = Files.exists(ownerFile) ? owner() : left.flatMap(PostmasterOwner::starter);
        if (living.isPresent() && (left.isPresent() || !living.get().equals(ProcessHandle.current()))) {
            throw new IllegalStateException("The database directory " + directory + " is used by process "
                    + living.get().pid() + ": stop that one, or set another chargebridge.demo.data-directory");
        }
        if (left.isPresent()) {
            stop(left.get());
        }
    }

    /** An orphan is adopted by process 1, which started nothing. */
    private static Optional<ProcessHandle> starter(ProcessHandle postmaster) {
        return postmaster.parent().filter(parent -> parent.pid() != 1);
    }

    /** A process that ended and was not waited for counts as alive, but has no command any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    void release() {
        try {
            if (owner().filter(ProcessHandle.current()::equals).isPresent()) {
                Files.deleteIfExists(ownerFile);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The living PostgreSQL that the directory's pid file names; a number reused by another program is not it. */
    private Optional<ProcessHandle> postmaster() throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(PostmasterOwner::runs)
                .filter(process -> process.info().command().orElse("").contains("postgres"));
    }

    private Optional<ProcessHandle> owner() throws IOException {
        if (!Files.exists(ownerFile)) {
            return Optional.empty();
        }
        String[] parts = Files.readString(ownerFile).strip().split(" ");
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        Instant started = Instant.parse(parts[1]);
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(PostmasterOwner::runs)
                .filter(process ->
                        Duration.between(start(process), started).abs().compareTo(SAME_START) <= 0);
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private void stop(ProcessHandle postmaster) {
        LOG.info("Stopping PostgreSQL process {} that a killed demo left on {}", postmaster.pid(), directory);
        List<ProcessHandle> family = postmaster.descendants().toList();
        postmaster.destroy();
        if (!gone(postmaster)) {
            postmaster.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            if (!gone(postmaster) || !family.stream().allMatch(PostmasterOwner::gone)) {
                throw new IllegalStateException("PostgreSQL process " + postmaster.pid() + " on " + directory
                        + " does not stop: end it by hand");
            }
        }
    }

    private static boolean gone(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (runs(process)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }
}
