package org.chargebridge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.chargebridge.simulator.postgres.DemoPostgres;
import org.springframework.util.FileSystemUtils;

/** What all scenarios share: one durable PostgreSQL and the gateway's jar, packed out. */
final class World implements AutoCloseable {

    private static final String URL = "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres";

    private final Path directory;
    private final DemoPostgres postgres;
    private final Path jar;
    private final Path app;
    private int databases;

    World(Path project) throws IOException {
        directory = project.resolve("target/benchmark").toAbsolutePath();
        FileSystemUtils.deleteRecursively(directory);
        Files.createDirectories(directory);
        jar = project.resolve("target/chargebridge.jar").toAbsolutePath();
        app = packedOut();
        copy(project.resolve("routes"), directory.resolve("routes"));
        postgres = DemoPostgres.start(directory.resolve("postgres"), 0);
    }

    private Path packedOut() {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run ./mvnw -Pbenchmark verify");
        }
        Path target = directory.resolve("app");
        Processes.await(Processes.java(
                directory,
                directory.resolve("extract.log"),
                List.of("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", target.toString())));
        return target.resolve("chargebridge.jar");
    }

    static void copy(Path from, Path to) throws IOException {
        FileSystemUtils.copyRecursively(from, to);
    }

    Path directory() {
        return directory;
    }

    /** The jar as it is built. */
    Path jar() {
        return jar;
    }

    /** The jar whose libraries lie beside it. */
    Path app() {
        return app;
    }

    /** A fresh database's name. */
    String newDatabase() {
        String name = "bench" + ++databases;
        execute("postgres", "create database " + name);
        return name;
    }

    String url(String database) {
        return URL.formatted(postgres.port(), database);
    }

    void drop(String database) {
        execute("postgres", "drop database if exists " + database + " with (force)");
    }

    void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row. */
    String query(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Of the server and all its processes. */
    OptionalDouble processorSeconds() {
        try (Stream<String> lines = Files.lines(directory.resolve("postgres/postmaster.pid"))) {
            return ProcStat.processorSeconds(
                    Long.parseLong(lines.findFirst().orElseThrow().strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
