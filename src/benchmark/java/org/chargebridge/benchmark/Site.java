package org.chargebridge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.chargebridge.simulator.sftp.SftpServer;
import org.chargebridge.simulator.sftp.SftpSettings;

/**
 * The surroundings of one scenario, all fresh: a database, a simulator, an SFTP server, and the gateway's settings. The
 * SFTP server tells when a client begins to read a file.
 */
final class Site implements AutoCloseable {

    static final String USER = "bench";
    static final String PASSWORD = "bench-password";

    private final World world;
    private final Path directory;
    private final String database;
    private final Simulator simulator;
    private final SftpServer server;
    private final Map<String, Instant> pickedUp = new ConcurrentHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    Site(World world, String name) {
        this.world = world;
        this.directory = world.directory().resolve(name);
        this.database = world.newDatabase();
        try {
            Files.createDirectories(directory);
            World.copy(world.directory().resolve("routes"), directory.resolve("routes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        simulator = new Simulator(directory);
        server = SftpServer.start(
                SftpSettings.withPassword(directory.resolve("sftp"), directory.resolve("hostkey"), USER, PASSWORD)
                        .withFolders("out", "in"),
                new Opened());
        common();
        channel(USER, "out", "in");
    }

    /** Notes when a client opens a file to read it, which is when the gateway picks it up. */
    private final class Opened implements SftpEventListener {
        @Override
        public void open(ServerSession session, String remoteHandle, Handle localHandle) {
            if (localHandle instanceof FileHandle) {
                pickedUp.putIfAbsent(localHandle.getFile().toString().replaceFirst("^.*sftp/|^/", ""), Instant.now());
            }
        }
    }

    private void common() {
        set("spring.datasource.url", world.url(database));
        set("spring.datasource.username", "postgres");
        set("spring.datasource.password", "");
        set(
                "camel.main.stream-caching-spool-directory",
                directory.resolve("camel").toString());
        set("chargebridge.node", "bench");
        set("chargebridge.data-directory", directory.resolve("data").toString());
        set("chargebridge.operator.user", "operator");
        set("chargebridge.operator.password", "operator-password");
        set("chargebridge.api.base-url", simulator.uri());
        set("chargebridge.sending.creates-per-minute", "1000000");
        set("chargebridge.sales-units.main.msn", "123456");
        set("chargebridge.sales-units.main.currency", "NOK");
        set("chargebridge.sales-units.main.client-id", "demo-client-id");
        set("chargebridge.sales-units.main.client-secret", "demo-client-secret");
        set("chargebridge.sales-units.main.subscription-key", "demo-subscription-key");
    }

    /** A channel of the one sales unit; its name is its source id. */
    Site channel(String name, String out, String in) {
        try {
            Files.createDirectories(path(out));
            Files.createDirectories(path(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String prefix = "chargebridge.channels." + name + ".";
        String key = server.knownHostsLine();
        set(prefix + "source-id", name);
        set(prefix + "sales-unit", "main");
        set(prefix + "sftp.host", "127.0.0.1");
        set(prefix + "sftp.port", String.valueOf(server.port()));
        set(prefix + "sftp.user", USER);
        set(prefix + "sftp.password", PASSWORD);
        set(prefix + "sftp.host-key", key.substring(key.indexOf(' ') + 1));
        set(prefix + "sftp.out-directory", out);
        set(prefix + "sftp.in-directory", in);
        set(prefix + "sftp.poll-interval", "1s");
        set(prefix + "max-per-charge", "20000.00");
        set(prefix + "max-per-file", "9000000000.00");
        set(prefix + "status-report.schedule[0]", "0 0 6 * * ?");
        return this;
    }

    Site set(String property, String value) {
        settings.put(property, value);
        return this;
    }

    Gateway start(Path jar, String... jvm) {
        return new Gateway(directory, jar, List.of(jvm), settings);
    }

    Map<String, String> settings() {
        return settings;
    }

    Path directory() {
        return directory;
    }

    Simulator simulator() {
        return simulator;
    }

    String database() {
        return database;
    }

    Path path(String folder) {
        return directory.resolve("sftp").resolve(folder);
    }

    /** When a client began to read a file. */
    Optional<Instant> pickedUp(String folder, String name) {
        return Optional.ofNullable(pickedUp.get(folder + "/" + name));
    }

    int sftpPort() {
        return server.port();
    }

    /** The receipt of a file, once it lies there whole. */
    Optional<Path> receipt(String in, String fileName) {
        String prefix = "receipt-" + fileName.replaceFirst("\\.[a-z]+$", "") + "-";
        try (Stream<Path> files = Files.list(path(in))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a receipt, checks that it accepts every line, and tells when its last byte was written. */
    Instant awaitReceipt(String in, InvoiceFile file, Duration atMost) {
        Waiting.until("the receipt of " + file.name() + " is there", atMost, () -> receipt(in, file.name())
                .isPresent());
        Path receipt = receipt(in, file.name()).orElseThrow();
        try (Stream<String> lines = Files.lines(receipt)) {
            long accepted =
                    lines.filter(line -> line.contains(";charge;ACCEPTED;")).count();
            if (accepted != file.lines()) {
                throw new IllegalStateException(
                        file.name() + ": the receipt accepts " + accepted + " of " + file.lines() + " lines");
            }
            return Files.getLastModifiedTime(receipt).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
        world.drop(database);
    }
}
