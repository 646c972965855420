package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chargebridge.channel.ChannelBuilder.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chargebridge.Patience;
import org.chargebridge.channel.Channel;
import org.chargebridge.route.GatewayStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportingRoutesTest {

    private static final Duration PATIENCE = Patience.LONG;

    private final ReportingRig rig = new ReportingRig(
            channel().reports(r -> new Channel.Reports(List.of("0/1 * * * * ?"), Channel.StatusFormat.CSV, false)));
    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() {
        context.stop();
        rig.close();
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/" + file));
    }

    @Test
    void everyReceiptOwedIsRenderedInOneWakeUp() throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of("chargebridge.reporting.poll-interval", "1h"));
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind("gatewayStop", new GatewayStop());
        context.getRegistry().bind("receipts", rig.receipts);
        for (int i = 0; i < 3; i++) {
            rig.requests.request(rig.file("demo", i + ".csv", "A"), Integer.toString(i));
        }

        load("write-receipts.camel.yaml");
        context.start();
        TemplatedRouteBuilder.builder(context, "write-receipts")
                .routeId("write-receipts.demo")
                .parameter("channel", "demo")
                .add();

        await().atMost(PATIENCE).until(() -> rig.names().size() == 3);
    }

    @Test
    void aFireOfTheScheduleMakesTheReportThatIsDueByTheBusinessClock() throws Exception {
        context.getRegistry().bind("statusReports", rig.statusReports);
        long file = rig.file("demo", "invoices.csv");
        rig.accepted(file, 2, "1001", 100, Optional.empty());
        rig.change(file, 2, "demo", "CHARGED", Map.of());
        rig.clock.moveTo("2026-11-20T09:00:07Z");

        load("write-status-reports.camel.yaml");
        context.start();
        TemplatedRouteBuilder.builder(context, "write-status-reports")
                .routeId("write-status-reports.demo")
                .parameter("channel", "demo")
                .parameter("cron", "0/1 * * * * ?")
                .parameter("zone", "Europe/Oslo")
                .parameter("trigger", "write-status-reports.demo")
                .add();

        await().atMost(PATIENCE).until(() -> !rig.names().isEmpty());
        assertThat(rig.names()).containsExactly("status-demo-1-20261120T090007Z.csv");
        assertThat(context.getRoute("write-status-reports.demo").getDescription())
                .contains("status report");
    }
}
