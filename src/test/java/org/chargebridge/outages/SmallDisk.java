package org.chargebridge.outages;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own that holds little; a test is skipped where none may be mounted. */
public final class SmallDisk implements AutoCloseable {

    private static final String BALLAST = "ballast";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** @param options for example {@code size=4m} */
    public static SmallDisk mounted(Path directory, String options) {
        try {
            Files.createDirectories(directory);
            int status = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString());
            Assumptions.assumeTrue(status == 0, "no file system may be mounted here");
        } catch (IOException e) {
            Assumptions.abort("no file system may be mounted here: " + e.getMessage());
        }
        return new SmallDisk(directory);
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** Takes so many bytes of it away, or all that are left. */
    public void fill(long bytes) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(directory.resolve(BALLAST))) {
            for (long left = bytes; left > 0; left -= block.length) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(directory).getUsableSpace() > 0) {
                throw full;
            }
        }
    }

    /** Gives back what was taken away. */
    public void makeRoom() throws IOException {
        Files.deleteIfExists(directory.resolve(BALLAST));
    }

    @Override
    public void close() {
        try {
            if (run("umount", directory.toString()) != 0) {
                run("umount", "--lazy", directory.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
