package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.chargebridge.Chargebridge;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A release that is a directory of links, as many deployments have it: {@code routes}, {@code config} and {@code data}. */
@DisabledOnOs(OS.WINDOWS)
class LinkedDirectoriesTest {

    @TempDir
    private Path home;

    @Test
    void aGatewayWhoseDirectoriesAreLinksWorks() throws Exception {
        Path release = Files.createDirectories(home.resolve("release"));
        for (String name : List.of("routes", "config", "data")) {
            Path real = Files.createDirectories(home.resolve("shared").resolve(name));
            Files.createSymbolicLink(release.resolve(name), real);
        }
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, release.resolve("routes").resolve(route.getFileName()));
            }
        }
        Path log = home.resolve("gateway.log");
        try (LedgerDatabase database = LedgerDatabase.create();
                World world =
                        new World(home, database.url()).channel("erp").set("chargebridge.data-directory", "data")) {
            StringBuilder settings = new StringBuilder();
            for (Map.Entry<String, String> setting : world.settings().entrySet()) {
                settings.append("%s: '%s'\n".formatted(setting.getKey(), setting.getValue()));
            }
            Files.writeString(release.resolve("config/application.yaml"), settings);
            Process gateway = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx200m",
                            "-cp",
                            absolute(System.getProperty("java.class.path")),
                            Chargebridge.class.getName())
                    .directory(release.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                world.leave("erp", "a.csv", World.invoices("A", 3));
                Awaitility.await("it works")
                        .atMost(Duration.ofMinutes(4))
                        .failFast(() -> assertThat(gateway.isAlive())
                                .as(Files.readString(log))
                                .isTrue())
                        .until(() -> !World.files(world.server("erp").in(), "receipt-a")
                                .isEmpty());
                assertThat(home.resolve("shared/data/spool/test")).isDirectory();
                assertThat(home.resolve("shared/data/work/test")).isDirectory();
            } finally {
                gateway.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((all, entry) -> all + java.io.File.pathSeparator + entry)
                .orElseThrow();
    }
}
