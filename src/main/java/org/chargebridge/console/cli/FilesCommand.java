package org.chargebridge.console.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "files", description = "What came: lines, sums, the bytes", mixinStandardHelpOptions = true)
final class FilesCommand extends Verb {

    private static final String FILE = "<file>";

    @Command(description = "Lists files, newest first")
    int list(
            @Option(names = "--channel") String channel,
            @Option(names = "--name", description = "Part of its name") String name,
            @Option(names = "--state", description = "RECORDED, HELD or REFUSED") String state,
            @Option(names = "--before") Long before,
            @Option(names = "--limit") Integer limit) {
        return get("/files", with("channel", channel, "name", name, "state", state, "before", before, "limit", limit));
    }

    @Command(description = "Shows one: counts and sums by answer, receipts")
    int show(@Parameters(paramLabel = FILE) long id) {
        return get("/files/" + id, Map.of());
    }

    @Command(description = "Lists its lines with how each stands now")
    int lines(
            @Parameters(paramLabel = FILE) long id,
            @Option(names = "--answer", description = "ACCEPTED, REFUSED, DUPLICATE, HELD or IGNORED") String answer,
            @Option(names = "--after", description = "After the line at this position") Integer after,
            @Option(names = "--limit") Integer limit) {
        return get("/files/" + id + "/lines", with("answer", answer, "after", after, "limit", limit));
    }

    @Command(description = "Writes the bytes as they came")
    int download(
            @Parameters(paramLabel = FILE) long id,
            @Option(names = "--to", required = true, description = "A file that is not there yet") Path target) {
        return save("/files/" + id + "/content", target);
    }

    @Command(name = "dry-run", description = "Tells what a file would do; nothing is recorded or sent")
    int dryRun(
            @Parameters(paramLabel = FILE, description = "On this machine") Path file,
            @Option(names = "--channel", required = true) String channel) {
        return send("/files/dry-run", with("channel", channel, "name", String.valueOf(file.getFileName())), file);
    }
}
