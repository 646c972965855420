package org.chargebridge.console.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bulk", description = "Many dead letters at once", mixinStandardHelpOptions = true)
final class BulkCommand extends Verb {

    private static final String ORDER = "<order>";

    @Command(description = "Redrives or discards all dead letters that a filter finds")
    int start(
            @Option(names = "--decision", required = true, description = "redrive, discard or look-up") String decision,
            @Option(names = "--channel") String channel,
            @Option(names = "--kind") String kind,
            @Option(names = "--cause", description = "A reason code, such as AGREEMENT_UNKNOWN") String cause,
            @Option(names = "--reason", required = true, description = "Why, for the audit trail") String reason) {
        return post(
                "/deadletters/bulk",
                with("decision", decision, "channel", channel, "kind", kind, "reasonCode", cause, "reason", reason));
    }

    @Command(description = "Lists the last orders, newest first, and how far each is")
    int list() {
        return get("/bulk-orders", Map.of());
    }

    @Command(description = "Shows how far it is")
    int show(@Parameters(paramLabel = ORDER) long id) {
        return get("/bulk-orders/" + id, Map.of());
    }

    @Command(description = "Stops it; what is decided stays decided")
    int stop(
            @Parameters(paramLabel = ORDER) long id,
            @Option(names = "--reason", required = true, description = "Why, for the audit trail") String reason) {
        return post("/bulk-orders/" + id + "/stop", with("reason", reason));
    }
}
