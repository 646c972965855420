package org.chargebridge.console.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "routes", description = "What runs; stop, start, run now", mixinStandardHelpOptions = true)
final class RoutesCommand extends Verb {

    @Command(description = "Lists the routes")
    int list() {
        return get("/routes", Map.of());
    }

    @Command(description = "Shows one route")
    int show(@Parameters(paramLabel = "<route>") String route) {
        return get("/routes/" + Gateway.encoded(route), Map.of());
    }

    @Command(description = "Stops a route on all nodes until it is started again")
    int stop(
            @Parameters(paramLabel = "<route>") String route,
            @Option(names = "--reason", required = true, description = "Why, for the audit trail") String reason) {
        return post("/routes/" + Gateway.encoded(route) + "/stop", with("reason", reason));
    }

    @Command(description = "Starts a route on all nodes")
    int start(
            @Parameters(paramLabel = "<route>") String route,
            @Option(names = "--reason", required = true, description = "Why, for the audit trail") String reason) {
        return post("/routes/" + Gateway.encoded(route) + "/start", with("reason", reason));
    }

    @Command(description = "Wakes a route before its schedule does")
    int run(
            @Parameters(paramLabel = "<route>") String route,
            @Option(names = "--reason", required = true, description = "Why, for the audit trail") String reason) {
        return post("/routes/" + Gateway.encoded(route) + "/run", with("reason", reason));
    }
}
