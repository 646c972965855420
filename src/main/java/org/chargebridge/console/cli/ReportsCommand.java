package org.chargebridge.console.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "reports", description = "What went back, and delivering it again", mixinStandardHelpOptions = true)
final class ReportsCommand extends Verb {

    @Command(description = "Lists what was delivered and what will be")
    int list(
            @Option(names = "--channel") String channel,
            @Option(names = "--from", description = "A day, as 2026-12-01") String from,
            @Option(names = "--to", description = "A day, as 2026-12-31") String to,
            @Option(names = "--before", description = "Older than the file of this id") Long before,
            @Option(names = "--limit", description = "How many, 50 by default") Integer limit) {
        return get("/reports", with("channel", channel, "from", from, "to", to, "before", before, "limit", limit));
    }

    @Command(description = "Writes the bytes that were delivered")
    int download(
            @Parameters(paramLabel = "<file>", description = "Its id, as the list shows it") long id,
            @Option(names = "--to", required = true, description = "A file that is not there yet") Path target) {
        return save("/files/outbound/" + id + "/content", target);
    }

    @Command(description = "Delivers a file again: the same name, the same bytes")
    int again(
            @Parameters(paramLabel = "<file>", description = "Its id, as the list shows it") long id,
            @Option(names = "--reason", required = true, description = "Why, for the audit trail") String reason) {
        return post("/reports/" + id + "/again", with("reason", reason));
    }
}
