package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What people ordered about refunds that waited for them, and what they were answered, as they wrote it down. */
final class Decisions {

    /** The first line of what they wrote. */
    static final String HEADER = "approval;file;position;order;answer";

    private static final String APPROVE = "approve";
    private static final String REFUSE = "refuse";
    /** The gateway died before it answered, and nobody knows. */
    private static final String UNANSWERED = "none";

    /**
     * One order.
     *
     * @param place content and position of the refund's line, as {@link Deeds.Deed#places} names it
     * @param answer the HTTP status; {@code none} without one, and {@code seen} where it was seen later to be carried out
     */
    private record Decision(String approval, String place, String order, String answer) {

        boolean isCarriedOut() {
            return answer.equals("200") || answer.equals("seen");
        }

        boolean mayBeCarriedOut() {
            return isCarriedOut() || answer.equals(UNANSWERED);
        }
    }

    private final List<Decision> all = new ArrayList<>();

    /** None where nobody wrote anything. */
    static Decisions read(Path file) {
        Decisions decisions = new Decisions();
        if (Files.exists(file)) {
            Tables.rows(Tables.text(file)).forEach(decisions::add);
        }
        return decisions;
    }

    private void add(NamedCsvRecord row) {
        all.add(new Decision(
                Tables.cell(row, "approval"),
                Tables.cell(row, "file") + " line " + Tables.cell(row, "position"),
                Tables.cell(row, "order"),
                Tables.cell(row, "answer")));
    }

    /** Whether somebody let the refund of one of these places go, as far as they know. */
    boolean mayBeApproved(Set<String> places) {
        return all.stream()
                .anyMatch(decision -> places.contains(decision.place())
                        && decision.order().equals(APPROVE)
                        && decision.mayBeCarriedOut());
    }

    /** The approvals that were given for these places. */
    Set<String> approved(Set<String> places) {
        return carriedOut(places, APPROVE);
    }

    /** The approvals that were turned down for these places. */
    Set<String> refused(Set<String> places) {
        return carriedOut(places, REFUSE);
    }

    private Set<String> carriedOut(Set<String> places, String order) {
        Set<String> approvals = new TreeSet<>();
        all.stream()
                .filter(decision ->
                        places.contains(decision.place()) && decision.order().equals(order) && decision.isCarriedOut())
                .forEach(decision -> approvals.add(decision.approval()));
        return approvals;
    }

    /** Approvals that were decided more than once, by the answers that people had. */
    Set<String> decidedAgain() {
        Set<String> once = new TreeSet<>();
        Set<String> again = new TreeSet<>();
        all.stream()
                .filter(decision -> decision.answer().equals("200"))
                .filter(decision -> !once.add(decision.approval()))
                .forEach(decision -> again.add(decision.approval()));
        return again;
    }
}
