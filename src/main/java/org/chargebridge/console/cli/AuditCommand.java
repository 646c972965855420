package org.chargebridge.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Who decided what, when and why", mixinStandardHelpOptions = true)
final class AuditCommand extends Verb {

    @Command(description = "Lists what was decided, newest first")
    int list(
            @Option(names = "--actor", description = "Of this user only") String actor,
            @Option(names = "--text", description = "That stands in the action or its subject") String text,
            @Option(names = "--before", description = "Older than the event of this id") Long before,
            @Option(names = "--limit", description = "How many, 50 by default") Integer limit) {
        return get("/audit", with("actor", actor, "text", text, "before", before, "limit", limit));
    }

    @Command(description = "Checks the chain of hashes; ends with 1 where it is broken")
    int verify() {
        return verified(ask("/audit/verification", Map.of()));
    }

    private static int verified(JsonNode answer) {
        return answer.path("broken").isTextual() ? CommandLineTool.REFUSED : 0;
    }
}
