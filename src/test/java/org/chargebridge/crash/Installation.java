package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The packaged gateway, unpacked as in production: its jar beside its libraries, and its routes. */
record Installation(Path directory) {

    private static final Path JAR = Path.of("target", "chargebridge.jar").toAbsolutePath();

    /** Unpacks the jar anew. */
    static Installation in(Path directory) {
        Path home = directory.toAbsolutePath();
        try {
            FileSystemUtils.deleteRecursively(home);
            Files.createDirectories(home);
            run(List.of(
                    java(),
                    "-Djarmode=tools",
                    "-jar",
                    JAR.toString(),
                    "extract",
                    "--destination",
                    home.resolve("app").toString()));
            FileSystemUtils.copyRecursively(Path.of("routes").toAbsolutePath(), home.resolve("routes"));
            return new Installation(home);
        } catch (IOException failure) {
            throw new UncheckedIOException("The gateway could not be unpacked into " + home, failure);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Path jar() {
        return directory.resolve("app").resolve("chargebridge.jar");
    }

    /** Class data shared by all starts, written when the first one stops. */
    Path classData() {
        return directory.resolve("classes.jsa");
    }

    /** A directory to start a gateway in: the routes, and a configuration of its own. */
    Path node(String name, String configuration) {
        Path node = directory.resolve(name);
        try {
            Files.createDirectories(node.resolve("config"));
            FileSystemUtils.copyRecursively(directory.resolve("routes"), node.resolve("routes"));
            Files.writeString(node.resolve("config").resolve("application.yaml"), configuration);
            Files.writeString(
                    node.resolve("encryption-key"), Base64.getEncoder().encodeToString(new byte[32]));
            return node;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(Stream.of(command.get(0), "failed; was the jar packaged?")
                        .toString());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
