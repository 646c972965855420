package org.chargebridge.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.chargebridge.Chargebridge;
import org.chargebridge.Patience;
import org.chargebridge.Ports;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.chargebridge.simulator.sftp.SftpServer;
import org.chargebridge.simulator.sftp.SftpSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A gateway among the real things it talks to: an SFTP server, a PostgreSQL and the API simulator with its own clock. The
 * gateway can be stopped and started again; its surroundings go on.
 */
public final class Surroundings implements AutoCloseable {

    public static final Duration PATIENCE = Patience.LONG;

    /** A sales unit beside the demo's. */
    static final Merchant SECOND = new Merchant("654321", "second-id", "second-secret", "second-key", "NOK");

    private final Path home;
    private final LedgerDatabase database = LedgerDatabase.create();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<SftpServer> servers = new ArrayList<>();
    private RecurringApiSimulator simulator;
    private ConfigurableApplicationContext gateway;

    public Surroundings(Path home, String now) {
        this(home, now, UnaryOperator.identity());
    }

    /** With a simulator that is set up otherwise: {@code change} gets the settings that all others have. */
    public Surroundings(Path home, String now, UnaryOperator<SimulatorSettings> change) {
        this.home = home;
        simulator = RecurringApiSimulator.start(change.apply(SimulatorSettings.inDirectory(home.resolve("simulator"))
                .withClockStart(Instant.parse(now))
                .withLimits(RateLimits.lifted())
                .withBatchDelay(Duration.ZERO)
                .withMerchants(Merchant.DEMO, SECOND)
                .withAgreements(300)));
        set("spring.datasource.url", database.url());
        set("spring.datasource.username", "postgres");
        set("spring.datasource.password", "");
        set("server.port", "0");
        set("management.server.port", "0");
        set("spring.main.banner-mode", "off");
        set("logging.structured.format.console", "");
        set("chargebridge.node", "test");
        set("chargebridge.data-directory", home.resolve("data").toString());
        set("chargebridge.operator.user", "operator");
        set("chargebridge.operator.password", "operator-password");
        set("chargebridge.api.base-url", simulator.baseUri().toString());
        set("chargebridge.clock.follow", simulator.baseUri() + "/simulator/clock");
        set("chargebridge.sending.confirmation-delay", "1s");
        set("chargebridge.sending.fill-wait", "100ms");
        set("chargebridge.sending.poll-interval", "100ms");
        set("chargebridge.reporting.poll-interval", "200ms");
        set("chargebridge.delivery.poll-interval", "200ms");
        set("chargebridge.tracking.schedule", "0/1 * * * * ?");
        set("chargebridge.tracking.gets-per-minute", "600000");
        salesUnit("main", Merchant.DEMO);
    }

    /** A sales unit with the keys that the simulator knows for it. */
    public Surroundings salesUnit(String name, Merchant merchant) {
        String prefix = "chargebridge.sales-units." + name + ".";
        set(prefix + "msn", merchant.msn());
        set(prefix + "currency", merchant.currency());
        set(prefix + "client-id", merchant.clientId());
        set(prefix + "client-secret", merchant.clientSecret());
        return set(prefix + "subscription-key", merchant.subscriptionKey());
    }

    /** A setting of the gateway, for its next start. */
    public Surroundings set(String property, String value) {
        settings.put(property, value);
        return this;
    }

    /** Whatever is set below that name is not set any more, from the gateway's next start on. */
    Surroundings without(String prefix) {
        settings.keySet().removeIf(property -> property.startsWith(prefix + "."));
        return this;
    }

    /** Reached from outside, so that changes are told by webhooks; gives the port they are delivered to. */
    public int reachedFromOutside() {
        int port = Ports.free();
        try {
            Path key = home.resolve("encryption-key");
            Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
            set("chargebridge.encryption-key", key.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set("chargebridge.public-url", "http://127.0.0.1:" + port);
        set("chargebridge.public-port", String.valueOf(port));
        set("chargebridge.webhooks.schedule", "0/1 * * * * ?");
        set("chargebridge.webhooks.poll-interval", "100ms");
        return port;
    }

    /** A channel of the sales unit {@code main} with an SFTP server of its own. */
    public Surroundings channel(String name) {
        return channel(name, "main");
    }

    public Surroundings channel(String name, String salesUnit) {
        SftpServer server = SftpServer.start(SftpSettings.withPassword(
                        home.resolve("sftp-" + name), home.resolve("hostkey-" + name), name, "secret-" + name)
                .withFolders("out", "in"));
        servers.add(server);
        String prefix = "chargebridge.channels." + name + ".";
        set(prefix + "source-id", name);
        set(prefix + "sales-unit", salesUnit);
        set(prefix + "sftp.host", "127.0.0.1");
        set(prefix + "sftp.port", String.valueOf(server.port()));
        set(prefix + "sftp.user", name);
        set(prefix + "sftp.password", "secret-" + name);
        set(
                prefix + "sftp.host-key",
                server.knownHostsLine().substring(server.knownHostsLine().indexOf(' ') + 1));
        set(prefix + "sftp.out-directory", "out");
        set(prefix + "sftp.in-directory", "in");
        set(prefix + "sftp.poll-interval", "1s");
        set(prefix + "max-per-charge", "20000.00");
        set(prefix + "max-per-file", "5000000.00");
        set(prefix + "status-report.schedule[0]", "0 * * * * ?");
        set(prefix + "status-report.write-empty", "false");
        return this;
    }

    /** The keys of a second sales unit, which the simulator knows; channels name it {@code second}. */
    Surroundings secondSalesUnit() {
        set("chargebridge.sales-units.second.msn", SECOND.msn());
        set("chargebridge.sales-units.second.currency", "NOK");
        set("chargebridge.sales-units.second.client-id", SECOND.clientId());
        set("chargebridge.sales-units.second.client-secret", SECOND.clientSecret());
        set("chargebridge.sales-units.second.subscription-key", SECOND.subscriptionKey());
        return this;
    }

    public Surroundings start() {
        gateway = startNode("test");
        return this;
    }

    /** One more gateway on the same ledger; the caller closes it. */
    ConfigurableApplicationContext startNode(String name) {
        String[] arguments = settings.entrySet().stream()
                .filter(setting -> !setting.getKey().equals("chargebridge.node"))
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--chargebridge.node=" + name;
        return new SpringApplication(Chargebridge.class).run(all);
    }

    public void stop() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    public RecurringApiSimulator simulator() {
        return simulator;
    }

    /** Lines recorded without a file. */
    RecordedLines lines() {
        return new RecordedLines(database);
    }

    public JdbcClient ledger() {
        return database.jdbc();
    }

    /** How many charges the ledger says are in this state. */
    public long charges(String status) {
        return ledger().sql("select count(*) from charge where status = :status")
                .param("status", status)
                .query(Long.class)
                .single();
    }

    public DataSource dataSource() {
        return database.dataSource();
    }

    public <T> T bean(String name, Class<T> type) {
        return gateway.getBean(name, type);
    }

    public int managementPort() {
        return Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.management.port"));
    }

    public int webPort() {
        return Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Somebody who may call over HTTP for a channel. */
    public Surroundings httpUser(String name, String password, String channel) {
        String prefix = "chargebridge.http-users." + name + ".";
        set("chargebridge.public-address", "127.0.0.1");
        set(prefix + "password-hash", new BCryptPasswordEncoder(8).encode(password));
        return set(prefix + "channel", channel);
    }

    /** Where the gateway is reached from outside. */
    public int publicPort() {
        TomcatWebServer server = (TomcatWebServer) ((ServletWebServerApplicationContext) gateway).getWebServer();
        return server.getTomcat().getService().findConnectors()[1].getLocalPort();
    }

    public SftpServer server(int index) {
        return servers.get(index);
    }

    public Path out(String channel) {
        return home.resolve("sftp-" + channel).resolve("out");
    }

    public Path in(String channel) {
        return home.resolve("sftp-" + channel).resolve("in");
    }

    /** Leaves a file in a channel's out directory, under a temporary name first. */
    public void leave(String channel, String name, String content) {
        leave(channel, name, content.getBytes(StandardCharsets.UTF_8));
    }

    public void leave(String channel, String name, byte[] content) {
        try {
            Path part = Files.write(out(channel).resolve(".part-" + name), content);
            Files.move(part, out(channel).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a file that came back whose name begins so, and gives its content. */
    public String awaitFile(String channel, String prefix) {
        return awaitFile(channel, prefix, 1);
    }

    /** Waits for the {@code number}th file, by name, that begins so. */
    public String awaitFile(String channel, String prefix, int number) {
        Awaitility.await(prefix + " number " + number + " on " + channel)
                .atMost(PATIENCE)
                .until(() -> files(in(channel), prefix).size() >= number);
        return read(files(in(channel), prefix).get(number - 1));
    }

    public Optional<String> file(String channel, String prefix) {
        return files(in(channel), prefix).stream().findFirst().map(Surroundings::read);
    }

    public static List<Path> files(Path directory, String prefix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(directory)) {
            return list.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    @Override
    public void close() {
        stop();
        try {
            InvariantsHold.in(database.dataSource(), Clock.fixed(simulator.now(), ZoneOffset.UTC));
        } finally {
            servers.forEach(SftpServer::close);
            simulator.close();
            database.close();
        }
    }
}
