package org.chargebridge.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.chargebridge.Patience;
import org.chargebridge.Ports;
import org.chargebridge.simulator.api.ApiClient;
import org.chargebridge.simulator.api.ChargeStatus;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.sftp.SftpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The demo's servers and its story, with a gateway played by the test: it sends one batch and looks charges up. */
class DemoStoryTest {

    @TempDir
    private Path data;

    private final ScheduledExecutorService gateway = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger reports = new AtomicInteger();

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    @Import(DemoConfiguration.class)
    static class Application {}

    private ConfigurableApplicationContext start() {
        return start(Map.of());
    }

    private ConfigurableApplicationContext start(Map<String, String> more) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setAdditionalProfiles("demo");
        application.setBannerMode(Banner.Mode.OFF);
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "spring.config.location",
                "optional:classpath:/none/",
                "server.port",
                "0",
                "management.server.port",
                "0",
                "chargebridge.demo.data-directory",
                data.toString(),
                "chargebridge.demo.api-port",
                String.valueOf(Ports.free()),
                "chargebridge.demo.sftp-port",
                String.valueOf(Ports.free()),
                "chargebridge.demo.postgres-port",
                String.valueOf(Ports.free()),
                "chargebridge.demo.invoices",
                "60"));
        settings.putAll(more);
        return application.run(settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
    }

    @AfterEach
    void stop() throws InterruptedException {
        gateway.shutdownNow();
        gateway.awaitTermination(1, TimeUnit.MINUTES);
    }

    /** Looks up whatever changed, and leaves a report, ten times a second. */
    private ScheduledFuture<?> playLookUps(RecurringApiSimulator simulator) {
        ApiClient client = new ApiClient(simulator);
        return gateway.scheduleWithFixedDelay(() -> lookUp(client), 0, 100, TimeUnit.MILLISECONDS);
    }

    private static String due(RecurringApiSimulator simulator, int days) {
        return LocalDate.ofInstant(simulator.now(), DemoProperties.OSLO)
                .plusDays(days)
                .toString();
    }

    private void send(RecurringApiSimulator simulator) {
        ApiClient client = new ApiClient(simulator);
        List<String> items = new ArrayList<>();
        String due = due(simulator, 3);
        for (int amount : new int[] {49900, 151, 201, 203}) {
            items.add(ApiClient.item("demo-" + items.size() + "-0001", "agr_demo0030", amount, due, 4));
        }
        items.add(ApiClient.item("demo-refused", SampleInvoices.STOPPED, 49900, due, 4));
        client.post("/agreements/charges", "k", "[" + String.join(",", items) + "]");
    }

    private void lookUp(ApiClient client) {
        client.get("/agreements/" + SampleInvoices.STOPPED + "/charges/demo-refused");
        for (JsonNode charge : client.control("GET", "/charges", "").json()) {
            if (!charge.get("seen").booleanValue()) {
                client.get("/agreements/agr_demo0030/charges/"
                        + charge.get("orderId").asText());
            }
        }
        try {
            Files.writeString(data.resolve("sftp/demo/in/status-" + reports.incrementAndGet() + ".csv"), "x");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void theStoryMovesTimeToTheDueDatePastTheRetriesAndToThePresent() {
        try (ConfigurableApplicationContext context = start()) {
            RecurringApiSimulator simulator = context.getBean(RecurringApiSimulator.class);
            assertThat(simulator.atPresent()).isFalse();
            send(simulator);
            ScheduledFuture<?> lookUps = playLookUps(simulator);
            await().atMost(Patience.LONG).until(simulator::atPresent);
            assertThat(simulator.charge("demo-0-0001").orElseThrow().status()).isEqualTo(ChargeStatus.CHARGED);
            assertThat(simulator.charge("demo-1-0001").orElseThrow().status()).isEqualTo(ChargeStatus.FAILED);
            assertThat(simulator.charge("demo-2-0001").orElseThrow().status()).isEqualTo(ChargeStatus.CHARGED);
            assertThat(simulator.charge("demo-3-0001").orElseThrow().status()).isEqualTo(ChargeStatus.CHARGED);
            assertThat(simulator.summary().created()).isEqualTo(4);
            lookUps.cancel(false);
        }
        try (ConfigurableApplicationContext again = start()) {
            RecurringApiSimulator simulator = again.getBean(RecurringApiSimulator.class);
            assertThat(simulator.atPresent()).isTrue();
            assertThat(simulator.summary().created()).isEqualTo(4);
        }
    }

    @Test
    void aChargeThatSomebodySentBeforeTheStorysFileDoesNotMoveTimePastItsDueDate() {
        try (ConfigurableApplicationContext context = start()) {
            RecurringApiSimulator simulator = context.getBean(RecurringApiSimulator.class);
            String charge = ApiClient.item("own-1", "agr_demo0030", 49900, due(simulator, 30), 4);
            new ApiClient(simulator).post("/agreements/charges", "own", "[" + charge + "]");
            ScheduledFuture<?> lookUps = playLookUps(simulator);
            await().during(Duration.ofSeconds(5))
                    .until(() -> simulator.storyStep("sent").isEmpty());
            send(simulator);
            await().atMost(Patience.LONG).until(simulator::atPresent);
            assertThat(simulator.charge("demo-0-0001").orElseThrow().status()).isEqualTo(ChargeStatus.CHARGED);
            lookUps.cancel(false);
        }
    }

    @Test
    void aStoryThatWasInterruptedGoesOnWhereItWas() {
        try (ConfigurableApplicationContext context = start()) {
            RecurringApiSimulator simulator = context.getBean(RecurringApiSimulator.class);
            send(simulator);
            ScheduledFuture<?> lookUps = playLookUps(simulator);
            await().atMost(Patience.LONG)
                    .until(() -> simulator.storyStep("sent").isPresent());
            lookUps.cancel(false);
            await().until(lookUps::isDone);
        }
        try (ConfigurableApplicationContext again = start()) {
            RecurringApiSimulator simulator = again.getBean(RecurringApiSimulator.class);
            assertThat(simulator.atPresent()).isFalse();
            playLookUps(simulator);
            await().atMost(Patience.LONG).until(simulator::atPresent);
            assertThat(simulator.summary().created()).isEqualTo(4);
            assertThat(simulator.charge("demo-1-0001").orElseThrow().status()).isEqualTo(ChargeStatus.FAILED);
            gateway.shutdownNow();
        }
    }

    @Test
    void theSampleFilesLieThereOnceAndOnlyAtTheFirstStart() throws IOException {
        Path out = data.resolve("sftp/demo/out");
        List<Path> first;
        try (ConfigurableApplicationContext context = start()) {
            first = files(out);
            assertThat(first).hasSize(2).anyMatch(file -> file.toString().matches(".*invoices-[0-9]{8}\\.csv"));
            assertThat(context.getBean(RecurringApiSimulator.class).atPresent()).isFalse();
        }
        for (Path file : first) {
            Files.delete(file);
        }
        try (ConfigurableApplicationContext context = start()) {
            assertThat(files(out)).isEmpty();
            assertThat(context.isActive()).isTrue();
        }
    }

    @Test
    void theDatabaseKeepsItsRowsAndTheChannelCanKnowTheHostKey() {
        try (ConfigurableApplicationContext context = start()) {
            context.getBean(JdbcClient.class).sql("create table kept (id int)").update();
            SftpServer sftp = context.getBean(SftpServer.class);
            String hostKey = context.getEnvironment().getProperty("chargebridge.demo.sftp-host-key", "");
            assertThat(sftp.knownHostsLine()).endsWith(" " + hostKey);
            assertThat(context.getEnvironment().getProperty("chargebridge.demo.sftp-port", Integer.class))
                    .isEqualTo(sftp.port());
        }
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(JdbcClient.class)
                            .sql("select count(*) from kept")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void aPortInUseStopsTheStartBeforeAnythingRuns() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String setting : List.of(
                    "server.port",
                    "management.server.port",
                    "chargebridge.demo.api-port",
                    "chargebridge.demo.sftp-port",
                    "chargebridge.demo.postgres-port")) {
                assertThatThrownBy(() -> start(Map.of(setting, Integer.toString(taken.getLocalPort()))))
                        .as(setting)
                        .hasRootCauseInstanceOf(java.net.BindException.class)
                        .satisfiesAnyOf(
                                failure -> assertThat(failure).isInstanceOf(PortInUseException.class),
                                failure -> assertThat(failure).hasStackTraceContaining("PortInUseException"));
            }
        }
        assertThat(data.resolve("postgres.owner")).doesNotExist();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
