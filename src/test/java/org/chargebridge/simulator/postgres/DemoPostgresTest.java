package org.chargebridge.simulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chargebridge.Ports;
import org.chargebridge.simulator.PortInUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPostgresTest {

    @TempDir
    private Path parent;

    /** A demo that is killed: starts a database, writes a row, waits. */
    public static final class Victim {
        public static void main(String[] arguments) throws Exception {
            DemoPostgres postgres = DemoPostgres.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), "")) {
                connection.createStatement().execute("create table kept (id int)");
                connection.createStatement().execute("insert into kept values (42)");
                System.out.println("ready");
                // Until it is killed.
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void whatWasCommittedIsThereAfterARestartAndTheServerIsDurable() throws SQLException {
        Path directory = parent.resolve("postgres");
        try (DemoPostgres first = DemoPostgres.start(directory, Ports.free())) {
            execute(first, "create table kept (id int)");
            execute(first, "insert into kept values (42)");
        }
        try (DemoPostgres second = DemoPostgres.start(directory, Ports.free())) {
            assertThat(single(second, "select id from kept")).isEqualTo("42");
            assertThat(single(second, "show fsync")).isEqualTo("on");
            assertThat(single(second, "show synchronous_commit")).isEqualTo("on");
            assertThat(single(second, "show server_encoding")).isEqualTo("UTF8");
            assertThat(single(second, "select datcollate from pg_database where datname = 'postgres'"))
                    .isEqualTo("C");
        }
    }

    @Test
    void aPostgresLeftByAKilledDemoIsStoppedAndItsDataKept() throws Exception {
        Path directory = parent.resolve("postgres");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        String.valueOf(Ports.free()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitReady(victim);
        long postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
        victim.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        assertThat(ProcessHandle.of(postmaster)).isPresent();

        try (DemoPostgres next = DemoPostgres.start(directory, Ports.free())) {
            assertThat(ProcessHandle.of(postmaster)
                            .flatMap(process -> process.info().command()))
                    .isEmpty();
            assertThat(single(next, "select id from kept")).isEqualTo("42");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedInOneLine() {
        Path directory = parent.resolve("postgres");
        try (DemoPostgres first = DemoPostgres.start(directory, Ports.free())) {
            assertThatThrownBy(() -> DemoPostgres.start(directory, Ports.free()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "is used by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("chargebridge.demo.data-directory");
            assertThat(first.port()).isPositive();
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> DemoPostgres.start(parent.resolve("postgres"), taken.getLocalPort()))
                    .isInstanceOf(PortInUseException.class);
        }
    }

    @Test
    void aHalfMadeClusterOfAKilledFirstStartIsMadeAnew() throws Exception {
        Path directory = parent.resolve("postgres");
        Files.createDirectories(parent.resolve("postgres.new"));
        Files.writeString(parent.resolve("postgres.new/PG_VERSION"), "17\n");
        try (DemoPostgres postgres = DemoPostgres.start(directory, Ports.free())) {
            assertThat(single(postgres, "select 1")).isEqualTo("1");
        }
    }

    private static void awaitReady(Process process) throws IOException {
        InputStream output = process.getInputStream();
        StringBuilder seen = new StringBuilder();
        for (int read = output.read(); read >= 0 && !seen.toString().contains("ready"); read = output.read()) {
            seen.append((char) read);
        }
        assertThat(seen.toString()).contains("ready");
    }

    private static void execute(DemoPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), "")) {
            connection.createStatement().execute(sql);
        }
    }

    private static String single(DemoPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
