package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The samples in {@code docs/samples/out}; {@code -Dgolden=write} writes them anew after a wanted change. */
public final class GoldenFile {

    public static final Path DIRECTORY = Path.of("docs/samples/out");

    private GoldenFile() {}

    public static void assertSame(String name, byte[] content) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(DIRECTORY);
            Files.write(file, content);
        }
        assertThat(content).as("%s, as %s shows it", name, file).isEqualTo(Files.readAllBytes(file));
    }
}
