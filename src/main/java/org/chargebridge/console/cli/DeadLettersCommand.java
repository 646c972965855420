package org.chargebridge.console.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deadletters", description = "What needs a person, and deciding it", mixinStandardHelpOptions = true)
final class DeadLettersCommand extends Verb {

    private static final String LETTER = "<letter>";
    private static final String REASON = "--reason";
    private static final String WHY = "Why, for the audit trail";

    @Command(description = "Lists dead letters, newest first; open ones unless --state says otherwise")
    int list(
            @Option(names = "--channel") String channel,
            @Option(names = "--kind") String kind,
            @Option(names = "--cause", description = "A reason code, such as AGREEMENT_UNKNOWN") String cause,
            @Option(names = "--state", description = "OPEN, REDRIVEN, DISCARDED, RESOLVED or ANY") String state,
            @Option(names = "--order-id") String orderId,
            @Option(names = "--before") Long before,
            @Option(names = "--limit") Integer limit) {
        return get(
                "/deadletters",
                with(
                        "channel", channel, "kind", kind, "reason", cause, "state", state, "orderId", orderId, "before",
                        before, "limit", limit));
    }

    @Command(description = "Shows one dead letter: why, and what can be done")
    int show(@Parameters(paramLabel = LETTER) long id) {
        return get("/deadletters/" + id, Map.of());
    }

    @Command(description = "Tries again after the cause was mended")
    int redrive(
            @Parameters(paramLabel = LETTER) long id,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/deadletters/" + id + "/redrive", with("reason", reason));
    }

    @Command(description = "Gives up what it holds; nothing of it is sent")
    int discard(
            @Parameters(paramLabel = LETTER) long id,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/deadletters/" + id + "/discard", with("reason", reason));
    }

    @Command(name = "look-up", description = "Asks the API what became of it; sends nothing")
    int lookUp(
            @Parameters(paramLabel = LETTER) long id,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/deadletters/" + id + "/look-up", with("reason", reason));
    }

    @Command(name = "correct-due-date", description = "Tries again with another due date")
    int correctDueDate(
            @Parameters(paramLabel = LETTER) long id,
            @Option(names = "--due", required = true, description = "As 2026-12-01") String due,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/deadletters/" + id + "/correct-due-date", with("due", due, "reason", reason));
    }

    @Command(name = "correct-agreement", description = "Asks that another agreement be charged; somebody else approves")
    int correctAgreement(
            @Parameters(paramLabel = LETTER) long id,
            @Option(names = "--agreement", required = true) String agreement,
            @Option(names = REASON, required = true, description = WHY) String reason) {
        return post("/deadletters/" + id + "/correct-agreement", with("agreementId", agreement, "reason", reason));
    }
}
