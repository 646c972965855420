package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.chargebridge.Chargebridge;
import org.chargebridge.Patience;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A whole gateway among servers that a test breaks and mends: an SFTP server for each channel, the API simulator, and the
 * database that it is given. What it logs is kept, so that a test can say how often an outage was told.
 */
final class World implements AutoCloseable {

    static final Duration PATIENCE = Patience.LONG;
    static final String DUE = "2026-11-05";

    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, FaultyServer> servers = new LinkedHashMap<>();
    private final RecurringApiSimulator simulator;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private ConfigurableApplicationContext gateway;

    World(Path home, String databaseUrl) {
        this.home = home;
        simulator = RecurringApiSimulator.start(SimulatorSettings.inDirectory(home.resolve("simulator"))
                .withClockStart(Instant.parse("2026-11-02T07:00:00Z"))
                .withLimits(RateLimits.lifted())
                .withBatchDelay(Duration.ZERO)
                .withAgreements(300));
        set("spring.datasource.url", databaseUrl);
        set("spring.datasource.username", "postgres");
        set("spring.datasource.password", "");
        set("server.port", "0");
        set("management.server.port", "0");
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
        set("chargebridge.delivery.retry-min", "1s");
        set("chargebridge.delivery.retry-max", "2s");
        set("chargebridge.tracking.schedule", "0/1 * * * * ?");
        set("chargebridge.tracking.gets-per-minute", "600000");
        set("chargebridge.sales-units.main.msn", "123456");
        set("chargebridge.sales-units.main.currency", "NOK");
        set("chargebridge.sales-units.main.client-id", "demo-client-id");
        set("chargebridge.sales-units.main.client-secret", "demo-client-secret");
        set("chargebridge.sales-units.main.subscription-key", "demo-subscription-key");
    }

    /** A setting of the gateway, for its next start. */
    World set(String property, String value) {
        settings.put(property, value);
        return this;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** A channel with an SFTP server of its own. */
    World channel(String name) {
        FaultyServer server = new FaultyServer(home.resolve("sftp-" + name), name);
        servers.put(name, server);
        return channel(name, server.port(), server.hostKey());
    }

    /** A channel whose server the test runs; its user is the channel's name, its password {@code secret}. */
    World channel(String name, int port, String hostKey) {
        String prefix = "chargebridge.channels." + name + ".";
        set(prefix + "source-id", name);
        set(prefix + "sales-unit", "main");
        set(prefix + "sftp.host", "127.0.0.1");
        set(prefix + "sftp.port", String.valueOf(port));
        set(prefix + "sftp.user", name);
        set(prefix + "sftp.password", "secret");
        set(prefix + "sftp.host-key", hostKey);
        set(prefix + "sftp.poll-interval", "1s");
        set(prefix + "max-per-charge", "20000.00");
        set(prefix + "max-per-file", "50000000.00");
        set(prefix + "status-report.schedule[0]", "0 * * * * ?");
        set(prefix + "status-report.write-empty", "false");
        return this;
    }

    World start() {
        gateway = new SpringApplication(Chargebridge.class).run(arguments());
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
        return this;
    }

    String[] arguments() {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    FaultyServer server(String channel) {
        return servers.get(channel);
    }

    RecurringApiSimulator simulator() {
        return simulator;
    }

    ConfigurableApplicationContext gateway() {
        return gateway;
    }

    /** An invoice file with so many lines. */
    static String invoices(String prefix, int count) {
        StringBuilder text = new StringBuilder("invoice_number;agreement_id;amount;currency;due_date;description\n");
        for (int number = 1; number <= count; number++) {
            text.append("%s%d;agr_demo%04d;%d,50;NOK;%s;Subscription %d\n"
                    .formatted(prefix, number, 1 + number % 300, 100 + number % 1000, DUE, number));
        }
        return text.toString();
    }

    void leave(String channel, String name, String content) {
        leave(server(channel).out(), name, content);
    }

    /** As an ERP should: under a temporary name first. */
    static void leave(Path directory, String name, String content) {
        try {
            Path part = Files.write(directory.resolve(".part"), content.getBytes(StandardCharsets.UTF_8));
            Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a file that came back whose name begins so, and gives its content. */
    String awaitFile(String channel, String prefix) {
        return awaitFile(server(channel).in(), prefix);
    }

    static String awaitFile(Path in, String prefix) {
        await(prefix + " in " + in, () -> !files(in, prefix).isEmpty());
        try {
            return Files.readString(files(in, prefix).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves a file with 3 lines on a channel that works, and waits for its receipt. */
    void isNotDelayed(String channel, String file) {
        leave(channel, file + ".csv", invoices(file.toUpperCase(java.util.Locale.ROOT), 3));
        assertThat(awaitFile(channel, "receipt-" + file)).contains("ACCEPTED");
    }

    static List<Path> files(Path directory, String prefix) {
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

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    /** Waits until so many charges exist at the API, and no more were tried. */
    void awaitCharges(int count) {
        await(
                count + " charges, and not " + simulator.summary().created(),
                () -> simulator.summary().created() == count);
        assertThat(simulator.summary().duplicatesRefused()).isZero();
    }

    /** Everything logged so far at this level or above. */
    List<ILoggingEvent> logged(Level level) {
        return new ArrayList<>(log.list)
                .stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(level))
                        .toList();
    }

    /** The alarms so far: what was logged as a warning or an error; none may bring a stack trace. */
    List<String> alarms() {
        return alarms(event -> true);
    }

    /** Those about a channel, by their words or by what stands beside them. */
    List<String> alarms(String channel) {
        Predicate<String> named = Pattern.compile("\\b[Cc]hannel " + channel + "\\b|\\." + channel + "\\b")
                .asPredicate();
        return alarms(event -> named.test(event.getFormattedMessage())
                || channel.equals(event.getMDCPropertyMap().get("channel")));
    }

    private List<String> alarms(Predicate<ILoggingEvent> wanted) {
        List<ILoggingEvent> events = logged(Level.WARN).stream()
                // Not the servers around it, which run in the same process, nor the clock, which only tests follow.
                .filter(event -> !event.getLoggerName().startsWith("org.apache.sshd")
                        && !event.getLoggerName().startsWith("org.chargebridge.clock")
                        && !event.getLoggerName().startsWith("io.zonky")
                        // A busy machine, which is nobody's outage.
                        && !event.getFormattedMessage().contains("Thread starvation or clock leap"))
                .filter(wanted)
                .toList();
        assertThat(events).allSatisfy(event -> assertThat(event.getThrowableProxy())
                .as(event.getLoggerName() + ": " + event.getFormattedMessage())
                .isNull());
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    void forgetLog() {
        log.list.clear();
    }

    /** The whole health page, as an operator sees it. */
    String health() {
        String login =
                Base64.getEncoder().encodeToString("operator:operator-password".getBytes(StandardCharsets.UTF_8));
        String port = gateway.getEnvironment().getRequiredProperty("local.management.port");
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                                    .header("Authorization", "Basic " + login)
                                    .timeout(Duration.ofSeconds(40))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the page says all of it. */
    void awaitHealth(String... words) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(health())
                .contains(words));
    }

    void stop() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    @Override
    public void close() {
        stop();
        servers.values().forEach(FaultyServer::close);
        simulator.close();
    }
}
