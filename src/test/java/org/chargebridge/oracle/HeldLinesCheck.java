package org.chargebridge.oracle;

import java.util.List;
import java.util.Set;

/** Of lines that were held, those were accepted that somebody let go, and none of those was forgotten. */
final class HeldLinesCheck {

    private final HeldLines held;
    private final Decisions decisions;
    private final List<String> findings;

    HeldLinesCheck(HeldLines held, Decisions decisions, List<String> findings) {
        this.held = held;
        this.decisions = decisions;
        this.findings = findings;
    }

    void run() {
        decisions.decidedAgain().forEach(subject -> findings.add("The " + subject + " was decided more than once."));
        for (HeldLines.Document document : held.all()) {
            boolean accepted = document.answers().values().stream()
                    .anyMatch(answers -> answers.contains("HELD") && answers.contains("ACCEPTED"));
            if (accepted && !decisions.mayBeDone("redrive", document.places())) {
                boolean given = !decisions.done("discard", document.places()).isEmpty();
                findings.add("The held line " + document.invoice() + " was "
                        + (given ? "discarded, and yet accepted." : "accepted, which nobody ordered."));
            }
            document.answers().forEach((place, answers) -> forgotten(document, place, answers));
        }
    }

    /**
     * What was let go may be held once more, for another reason; then it was told so once more. Receipts are read in no order
     * of time.
     */
    private void forgotten(HeldLines.Document document, String place, List<String> answers) {
        String what = "The held line " + document.invoice();
        boolean heldOnly = answers.stream().allMatch("HELD"::equals);
        int letGo = decisions.done("redrive", Set.of(place)).size();
        if (letGo > 0 && answers.size() <= letGo && heldOnly) {
            findings.add(what + " was let go, and nobody was told what came of it.");
        }
        if (heldOnly && !decisions.done("discard", Set.of(place)).isEmpty()) {
            findings.add(what + " was discarded, and nobody was told.");
        }
    }
}
