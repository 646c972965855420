package org.chargebridge.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chargebridge.Chargebridge;
import org.chargebridge.Ports;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.simulator.sftp.SftpServer;
import org.chargebridge.simulator.sftp.SftpSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The gateway with a PostgreSQL and an SFTP server of its own, in production's profile, with the route files a test is
 * about. What comes after fetching is a stand-in that a test looks into.
 */
final class RunningGateway implements AutoCloseable {

    final Path folder;
    final LedgerDatabase database = LedgerDatabase.create();
    final Map<String, String> settings = new TreeMap<>();
    private final Path routes;
    private SftpServer sftp;
    private ConfigurableApplicationContext context;

    RunningGateway(Path folder, String... routeIds) throws IOException {
        this.folder = folder;
        this.routes = Files.createDirectories(folder.resolve("routes"));
        for (String id : routeIds) {
            String text = Files.readString(Path.of("routes", id + ".camel.yaml"));
            Files.writeString(route(id), text.replace("ref: intake\n", "ref: recordingIntake\n"));
        }
        startSftp(Ports.free());
        String channel = "chargebridge.channels.demo.";
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", "postgres");
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("camel.main.routes-include-pattern", "file:" + routes + "/*.camel.yaml");
        settings.put("camel.main.shutdown-timeout", "5");
        settings.put(
                "camel.main.stream-caching-spool-directory",
                folder.resolve("camel").toString());
        settings.put("logging.structured.format.console", "");
        settings.put("chargebridge.node", "test");
        settings.put("chargebridge.data-directory", folder.resolve("data").toString());
        settings.put("chargebridge.operator.user", "operator");
        settings.put("chargebridge.operator.password", "correct horse battery");
        settings.put("chargebridge.sales-units.main.msn", "123456");
        settings.put("chargebridge.sales-units.main.currency", "NOK");
        settings.put("chargebridge.sales-units.main.client-id", "id");
        settings.put("chargebridge.sales-units.main.client-secret", "secret");
        settings.put("chargebridge.sales-units.main.subscription-key", "key");
        settings.put(channel + "source-id", "demo");
        settings.put(channel + "sales-unit", "main");
        settings.put(channel + "sftp.host", "127.0.0.1");
        settings.put(channel + "sftp.port", String.valueOf(sftp.port()));
        settings.put(channel + "sftp.user", "erp");
        settings.put(channel + "sftp.password", "p+a%s&s)w#ord");
        settings.put(channel + "sftp.host-key", hostKey());
        settings.put(channel + "sftp.poll-interval", "1s");
        settings.put(channel + "max-per-charge", "20000.00");
        settings.put(channel + "max-per-file", "5000000.00");
        settings.put(channel + "status-report.schedule", "0 0 6 * * ?");
    }

    Path route(String id) {
        return routes.resolve(id + ".camel.yaml");
    }

    void startSftp(int port) {
        sftp = SftpServer.start(new SftpSettings(
                port,
                folder.resolve("sftp"),
                folder.resolve("hostkey"),
                "erp",
                "p+a%s&s)w#ord",
                List.of(),
                List.of("out", "in")));
    }

    SftpServer sftp() {
        return sftp;
    }

    String hostKey() {
        String line = sftp.knownHostsLine();
        return line.substring(line.indexOf(' ') + 1);
    }

    Path out() {
        return folder.resolve("sftp").resolve("out");
    }

    List<String> names(String directory) throws IOException {
        Path path = out().resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Starts it; what fails is thrown. */
    ConfigurableApplicationContext start() {
        context = node(settings.get("chargebridge.node"));
        return context;
    }

    /** Starts a node on the same database, which whoever asked for it closes. */
    ConfigurableApplicationContext node(String name) {
        SpringApplication application = new SpringApplicationBuilder(Chargebridge.class)
                .initializers(made -> ((org.springframework.context.support.GenericApplicationContext) made)
                        .registerBean("recordingIntake", RecordingIntake.class))
                .logStartupInfo(false)
                .build();
        List<String> arguments = new ArrayList<>();
        Map<String, String> own = new TreeMap<>(settings);
        own.put("chargebridge.node", name);
        own.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return application.run(arguments.toArray(String[]::new));
    }

    void stop() {
        context.close();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
        sftp.close();
        database.close();
    }
}
