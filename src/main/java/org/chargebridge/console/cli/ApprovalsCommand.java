package org.chargebridge.console.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "approvals", description = "What waits for a second person", mixinStandardHelpOptions = true)
final class ApprovalsCommand extends Verb {

    private static final String APPROVAL = "<approval>";
    private static final String REASON = "--reason";
    private static final String WHY = "Why, for the audit trail";

    @Command(description = "Lists them, newest first")
    int list(
            @Option(names = "--all", description = "Those decided, too") boolean all,
            @Option(names = "--channel") String channel,
            @Option(names = "--before") Long before,
            @Option(names = "--limit") Integer limit) {
        return get("/approvals", with("all", all, "channel", channel, "before", before, "limit", limit));
    }

    @Command(description = "Shows one")
    int show(@Parameters(paramLabel = APPROVAL) long id) {
        return get("/approvals/" + id, Map.of());
    }

    @Command(description = "Asks that somebody else approve it")
    int ask(
            @Parameters(paramLabel = APPROVAL) long id,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/approvals/" + id + "/ask", with("reason", reason));
    }

    @Command(description = "Lets it go; not for whoever asked for it")
    int approve(
            @Parameters(paramLabel = APPROVAL) long id,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/approvals/" + id + "/approve", with("reason", reason));
    }

    @Command(description = "Turns it down")
    int refuse(
            @Parameters(paramLabel = APPROVAL) long id,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/approvals/" + id + "/refuse", with("reason", reason));
    }
}
