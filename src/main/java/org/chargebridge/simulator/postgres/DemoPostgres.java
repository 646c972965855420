package org.chargebridge.simulator.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chargebridge.simulator.PortInUseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL on loopback, durable across kills. The database is {@code postgres}, its user {@code postgres}, without a
 * password.
 */
public final class DemoPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoPostgres.class);
    /** How long a start or a stop may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres server;
    private final PostmasterOwner owner;

    private DemoPostgres(EmbeddedPostgres server, PostmasterOwner owner) {
        this.server = server;
        this.owner = owner;
    }

    /**
     * Starts a server on a data directory, which is made at the first start.
     *
     * @param directory of PostgreSQL itself; beside it lie {@code <name>.log} and {@code <name>.owner}
     * @param port 0 takes a free one
     * @throws PortInUseException when the port is taken
     * @throws IllegalStateException when another living process uses the directory, or the server is not durable
     */
    public static DemoPostgres start(Path directory, int port) {
        Path absolute = directory.toAbsolutePath().normalize();
        PostmasterOwner owner = new PostmasterOwner(absolute);
        owner.takeOver();
        try {
            refuseTaken(port);
            if (!Files.exists(absolute)) {
                initialise(absolute, port);
            }
            EmbeddedPostgres server = server(absolute, port);
            DemoPostgres started = new DemoPostgres(server, owner);
            started.verifyDurable();
            return started;
        } catch (IOException failure) {
            owner.release();
            throw new UncheckedIOException(
                    "PostgreSQL did not start on " + absolute + "; its own log is " + logFile(absolute), failure);
        } catch (RuntimeException failure) {
            owner.release();
            throw failure;
        }
    }

    /** A kill during initdb must not leave half a cluster under the real name. */
    private static void initialise(Path directory, int port) throws IOException {
        Path fresh = directory.resolveSibling(directory.getFileName() + ".new");
        FileSystemUtils.deleteRecursively(fresh);
        end(server(fresh, port));
        Files.move(fresh, directory);
    }

    private static EmbeddedPostgres server(Path directory, int port) throws IOException {
        Redirect log = Redirect.appendTo(logFile(directory).toFile());
        // Without a shutdown hook of its own: it would stop the server under the connection pool.
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        if (port != 0) {
            builder.setPort(port);
        }
        return builder.start();
    }

    private static Path logFile(Path directory) {
        return directory.resolveSibling(directory.getFileName().toString().replace(".new", "") + ".log");
    }

    private static void refuseTaken(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            LOG.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException taken) {
            throw new PortInUseException(port, taken);
        }
    }

    private void verifyDurable() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : DURABLE) {
                try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
                    row.next();
                    if (!row.getString(1).equals("on")) {
                        throw new IllegalStateException("PostgreSQL runs with " + setting + " = " + row.getString(1)
                                + ": the demo would lose data when it is killed");
                    }
                }
            }
        } catch (SQLException | RuntimeException failure) {
            close();
            throw new IllegalStateException("PostgreSQL's durability could not be verified", failure);
        }
    }

    public int port() {
        return server.getPort();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    public String user() {
        return "postgres";
    }

    /** Empty: the server trusts loopback. */
    public String password() {
        return "";
    }

    /** Its process has ended when this returns: until then nobody else can use its directory. */
    private static void end(EmbeddedPostgres server) throws IOException {
        // Waits for some seconds only, and says nothing where they were too few.
        server.close();
        Process process = server.getProcess();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL did not stop within {} s and is killed", PATIENCE.toSeconds());
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the server and waits for its end; connections that are still open are cut. */
    @Override
    public void close() {
        try {
            end(server);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            owner.release();
        }
    }
}
