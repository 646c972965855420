package org.chargebridge.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.route.GatewayStop;
import org.slf4j.LoggerFactory;

/** The delivery room on a ledger of its own, and the route that drives it, read from {@code routes/}. */
final class DeliveryRig implements AutoCloseable {

    /** Runs out only where a test says so. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final DeliverySettings SETTINGS = new DeliverySettings(
            Duration.ofMillis(50),
            LEASE,
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            DeliverySettings.ARCHIVE_SCHEDULE);

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T09:00:00Z");
    final OutboundFiles files = new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry());
    final Channels channels;
    final Delivery delivery;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Delivery.class);

    DeliveryRig(Channel... channels) {
        this.channels = new Channels(Arrays.asList(channels), List.of());
        this.delivery = newNode();
        log.start();
        logger.addAppender(log);
        context.start();
    }

    static Channel channel(String name, ErpServer server) {
        return ChannelBuilder.channel()
                .name(name)
                .sftp(sftp -> new Channel.Sftp(
                        "127.0.0.1",
                        server.port(),
                        "demo",
                        Optional.of("secret"),
                        Optional.empty(),
                        Optional.empty(),
                        server.hostKey(),
                        "demo/out",
                        "demo/in",
                        2))
                .build();
    }

    /** Another node, or this one after a restart: it knows nothing but the ledger. */
    Delivery newNode() {
        return new Delivery(files, channels, context, SETTINGS, clock, new SimpleMeterRegistry());
    }

    SettlementArchive settlementArchive() {
        return new SettlementArchive(files, channels, context, database.transactions());
    }

    /** Starts the route of every channel. */
    void startRoutes() throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of("chargebridge.delivery.poll-interval", "50ms"));
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind("gatewayStop", new GatewayStop());
        context.getRegistry().bind("delivery", delivery);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/deliver-files.camel.yaml"));
        for (Channel channel : channels.all()) {
            TemplatedRouteBuilder.builder(context, "deliver-files")
                    .routeId("deliver-files." + channel.name())
                    .parameter("channel", channel.name())
                    .add();
        }
    }

    long file(String channel, String name, byte[] content) {
        return file(channel, OutboundFile.Kind.RECEIPT, "demo/in", name, content);
    }

    long file(String channel, OutboundFile.Kind kind, String directory, String name, byte[] content) {
        // As whoever makes one does, so that no route finds it half made.
        return database.transactions().execute(status -> files.createText(channel, kind, directory, name, content));
    }

    OutboundFile lease(String channel) {
        return files.lease(channel, "test", LEASE).orElseThrow();
    }

    /** As when its node died: nobody holds the file any more. */
    void leaseRanOut() {
        database.jdbc()
                .sql("update outbound_file set lease_until = clock_timestamp()")
                .update();
    }

    String state(String name) {
        return database.jdbc()
                .sql("select state from outbound_file where name = ?")
                .param(name)
                .query(String.class)
                .single();
    }

    int attempts(String name) {
        return database.jdbc()
                .sql("select attempts from outbound_file where name = ?")
                .param(name)
                .query(Integer.class)
                .single();
    }

    String lastFailure(String name) {
        return database.jdbc()
                .sql("select coalesce(last_failure, '') from outbound_file where name = ?")
                .param(name)
                .query(String.class)
                .single();
    }

    /** Lines of this level or above. */
    List<String> logged(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        context.stop();
        delivery.destroy();
        logger.detachAppender(log);
        try {
            InvariantsHold.in(database.dataSource(), clock);
        } finally {
            database.close();
        }
    }
}
