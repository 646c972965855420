package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.chargebridge.Patience;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.intake.ChannelPolls;
import org.chargebridge.intake.PollState;
import org.chargebridge.simulator.sftp.SftpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Channels come and go, keys instead of passwords, and failures of routes that take no files. */
@ExtendWith(OutputCaptureExtension.class)
class RouteLifecycleTest {

    private static final Duration SOON = Patience.LONG;

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new RunningGateway(folder, "fetch-invoices", "on-failure");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private List<String> triggers() {
        return gateway.database
                .jdbc()
                .sql("select trigger_group || '/' || trigger_name from qrtz_triggers order by 1")
                .query(String.class)
                .list();
    }

    private void secondChannel() {
        Map.copyOf(gateway.settings).forEach((key, value) -> {
            if (key.startsWith("chargebridge.channels.demo.")) {
                gateway.settings.put(key.replace("channels.demo.", "channels.other."), value);
            }
        });
        gateway.settings.put("chargebridge.channels.other.sftp.out-directory", "out2");
    }

    @Test
    void schedulesOfAChannelThatIsGoneAreDeletedAtStart() throws Exception {
        secondChannel();
        gateway.start();
        assertThat(triggers())
                .containsExactly("fetch-invoices/fetch-invoices.demo", "fetch-invoices/fetch-invoices.other");
        assertThat(gateway.bean(Scheduler.class).getMetaData().getThreadPoolSize())
                .isEqualTo(20);
        assertThat(gateway.bean(Scheduler.class).getSchedulerInstanceId()).isEqualTo("test");
        gateway.stop();

        gateway.settings.keySet().removeIf(key -> key.contains("channels.other."));
        gateway.start();

        assertThat(triggers()).containsExactly("fetch-invoices/fetch-invoices.demo");
        await().atMost(SOON)
                .until(() -> gateway.bean(ChannelPolls.class).of("demo").state().outcome() == PollState.Outcome.WORKS);
    }

    @Test
    void channelWhoseServerIsBrokenDelaysNoOther() {
        secondChannel();
        gateway.settings.put("chargebridge.channels.other.sftp.port", "1");
        gateway.start();
        ChannelPolls polls = gateway.bean(ChannelPolls.class);

        await().atMost(SOON).until(() -> polls.of("other").state().outcome() == PollState.Outcome.FAILS);
        await().atMost(SOON).until(() -> polls.of("demo").state().outcome() == PollState.Outcome.WORKS);
    }

    @Test
    void sourceIdCannotBeChangedOnceUsed() {
        gateway.database
                .jdbc()
                .sql("insert into channel_source values ('demo', 'other', now())")
                .update();

        assertThatThrownBy(() -> gateway.start())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("chargebridge.channels.demo.source-id = demo: ")
                .hasMessageContaining("Set it back to other");
    }

    @Test
    void keyIsAsGoodAsAPassword() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Path file = folder.resolve("id_rsa");
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(pair.getPrivate().getEncoded());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        int port = gateway.sftp().port();
        var settings = gateway.sftp().settings();
        gateway.sftp().close();
        try (SftpServer server = SftpServer.start(
                settings.withPort(port).withAuthorizedKeys(PublicKeyEntry.toString(pair.getPublic())))) {
            gateway.settings.remove("chargebridge.channels.demo.sftp.password");
            gateway.settings.put("chargebridge.channels.demo.sftp.private-key-file", file.toString());
            gateway.start();
            assertThat(server.port()).isEqualTo(port);

            ChannelPolls polls = gateway.bean(ChannelPolls.class);
            await().atMost(SOON).until(() -> polls.of("demo").state().outcome() == PollState.Outcome.WORKS);
        }
    }

    @Test
    void routeThatFailsIsToldOnceAndKeepsTrying(CapturedOutput output) throws IOException {
        Files.writeString(
                gateway.route("failing"),
                """
                - route:
                    id: failing
                    description: for a test
                    routeConfigurationId: on-failure
                    from:
                      uri: timer:failing?delay=100&period=200
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: nothing works
                """);
        gateway.start();
        CamelContext context = gateway.bean(CamelContext.class);

        await().atMost(SOON)
                .until(() ->
                        metric("chargebridge.route.failures") >= 5 && !letters().isEmpty());
        assertThat(letters())
                .containsExactly("OPEN ROUTE failing The route failing could not go on: IllegalStateException: nothing"
                        + " works.");
        assertThat(output.getAll().split("failing could not go on", -1)).hasSize(2);
        assertThat(output.getAll()).doesNotContain("\tat ");
        assertThat(context.getRouteController().getRouteStatus("failing").isStarted())
                .isTrue();
    }

    private double metric(String name) {
        return gateway.bean(io.micrometer.core.instrument.MeterRegistry.class).find(name).counters().stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
    }

    private List<String> letters() {
        return gateway.database
                .jdbc()
                .sql("select state || ' ' || kind || ' ' || route || ' ' || reason from dead_letter")
                .query(String.class)
                .list();
    }

    @Test
    void routesThatAreAllSwitchedOffAreNoGateway() throws IOException {
        Files.delete(gateway.route("fetch-invoices"));
        Files.writeString(
                gateway.route("idle"),
                """
                - route:
                    id: idle
                    description: for a test
                    autoStartup: false
                    routeConfigurationId: on-failure
                    from:
                      uri: timer:idle
                      steps:
                        - log: hello
                """);

        assertThatThrownBy(() -> gateway.start()).hasMessageContaining("no route runs");
    }
}
