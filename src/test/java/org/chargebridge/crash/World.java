package org.chargebridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.chargebridge.Ports;
import org.chargebridge.oracle.Evidence;
import org.chargebridge.oracle.Oracle;
import org.chargebridge.simulator.postgres.DemoPostgres;
import org.chargebridge.simulator.sftp.SftpServer;
import org.chargebridge.simulator.sftp.SftpSettings;

/** What lives on while gateways die: a durable PostgreSQL, the ERP's SFTP server and the API simulator. */
final class World implements AutoCloseable {

    static final String CHANNEL = "erp";
    private static final List<String> SECRETS =
            List.of("demo-client-secret", "demo-subscription-key", "sftp-secret-1", Gateway.OPERATOR_PASSWORD);
    /** What stands for the answer to an order where the gateway died. */
    static final String UNANSWERED = "none";

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Path home;
    private final DemoPostgres postgres;
    private final SftpServer sftp;
    private final Simulator simulator;
    private final Installation installation;
    private final Policies policies;
    private final List<Gateway> gateways = new CopyOnWriteArrayList<>();
    private final int webhookPort = Ports.free();
    private int drops;

    World(Path home, Installation installation, Instant clockStart, Policies policies) {
        this.policies = policies;
        this.home = home.toAbsolutePath();
        this.installation = installation;
        create(this.home);
        postgres = DemoPostgres.start(this.home.resolve("postgres"), Ports.free());
        sftp = SftpServer.start(SftpSettings.withPassword(
                        this.home.resolve("sftp"), this.home.resolve("hostkey"), CHANNEL, "sftp-secret-1")
                .withFolders("out", "in"));
        simulator = Simulator.start(this.home, Ports.free(), clockStart);
        create(this.home.resolve("dropped").resolve(CHANNEL));
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A gateway on this database, not started yet. */
    Gateway gateway(String node) {
        int web = Ports.free();
        int management = Ports.free();
        String hostKey = sftp.knownHostsLine().substring(sftp.knownHostsLine().indexOf(' ') + 1);
        String configuration = Configuration.of(
                node,
                postgres.url(),
                postgres.user(),
                simulator.address(),
                sftp.port(),
                hostKey,
                web,
                management,
                webhookPort,
                gateways.isEmpty(),
                policies);
        Path directory = installation.node(home.getFileName() + "-" + node, configuration);
        Gateway gateway = new Gateway(installation, node, directory, home.resolve("logs"), web, management);
        gateways.add(gateway);
        return gateway;
    }

    /** What it is called in messages. */
    String name() {
        return home.getFileName().toString();
    }

    /** The gateways that are processes now, ready or not. */
    List<Gateway> running() {
        return gateways.stream().filter(Gateway::isAlive).toList();
    }

    Simulator simulator() {
        return simulator;
    }

    Path out() {
        return home.resolve("sftp").resolve("out");
    }

    Path in() {
        return home.resolve("sftp").resolve("in");
    }

    /** Drops a file as an ERP does, under a temporary name first, and keeps a copy as evidence. */
    void drop(String name, String content) {
        drops++;
        try {
            Files.writeString(
                    home.resolve("dropped").resolve(CHANNEL).resolve("%05d-%s".formatted(drops, name)), content);
            Path part = Files.writeString(home.resolve("sftp").resolve(".part-" + name), content);
            // Two arrivals of one name and content differ in their time.
            Files.setLastModifiedTime(part, FileTime.from(EPOCH.plusSeconds(drops)));
            Files.move(part, out().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a person ordered about something, and was answered: a row of evidence. */
    void decided(String subject, String place, String order, String answer) {
        write("decisions.csv", "subject;file;position;order;answer", String.join(";", subject, place, order, answer));
    }

    /** What became of a decision about many letters: a row of evidence. */
    void ordered(long order, String state, int total, int done, int failed) {
        write(
                "orders.csv",
                "order;state;total;done;failed",
                "%d;%s;%d;%d;%d".formatted(order, state, total, done, failed));
    }

    /** Where a customer was led by an address of ours: a row of evidence. */
    void led(String address, String agreement) {
        write("led.csv", "address;agreement", address + ";" + agreement);
    }

    private synchronized void write(String name, String head, String row) {
        try {
            Path file = home.resolve(name);
            String text = (Files.exists(file) ? "" : head + "\n") + row + "\n";
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file by its content, as evidence names it, of what the operator is shown of it. */
    String contentOf(JsonNode file) throws IOException {
        String sha256 = file.path("sha256").asText();
        if (sha256.isEmpty()) {
            throw new IOException("The gateway is not ready to show a file");
        }
        return sha256.substring(0, 8);
    }

    /** Files that the gateway has not taken yet. */
    boolean isTaken() {
        return names(out()).stream().allMatch(name -> name.startsWith("."));
    }

    static List<String> names(Path directory) {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One number from the ledger: only to know when the gateway rests, never to judge it. */
    long ask(String sql) {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** What the ledger's own invariants, its views {@code invariant_...}, complain of. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("set chargebridge.business_time = '" + simulator.now() + "'");
            List<String> views = texts(
                    statement,
                    "select table_name from information_schema.views where table_name ~ '^invariant_i[0-9]+$'");
            for (String view : views) {
                texts(statement, "select violation from " + view)
                        .forEach(violation -> violations.add(view + ": " + violation));
            }
            return violations;
        } catch (SQLException failure) {
            throw new IllegalStateException("The invariants could not be asked", failure);
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** What the independent checker finds. */
    List<String> findings() {
        List<Path> logs;
        try (Stream<Path> list = Files.list(home.resolve("logs"))) {
            logs = list.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Oracle.findings(new Evidence(
                home.resolve("dropped"),
                simulator.log(),
                List.of(new Evidence.Exchange(CHANNEL, out(), in(), policies.approvesRefunds())),
                logs,
                new Evidence.People(home.resolve("decisions.csv"), home.resolve("orders.csv"), home.resolve("led.csv")),
                SECRETS));
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        simulator.close();
        sftp.close();
        postgres.close();
    }
}
