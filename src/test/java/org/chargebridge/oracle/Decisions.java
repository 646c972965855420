package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What people ordered about what waited for them, and what they were answered, as they wrote it down. */
final class Decisions {

    /** The first line of what they wrote. */
    static final String HEADER = "subject;file;position;order;answer";

    /** The gateway died before it answered, and nobody knows. */
    private static final String UNANSWERED = "none";

    /**
     * One order.
     *
     * @param subject an approval or a letter, by its number
     * @param place content and position of the line that it is about, as {@link Deeds.Deed#places} names it
     * @param answer the HTTP status; {@code none} without one, and {@code seen} where it was seen later to be carried out
     */
    private record Decision(String subject, String place, String order, String answer) {

        boolean isAbout(String wanted, Set<String> places) {
            return order.equals(wanted) && places.contains(place);
        }

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
                Tables.cell(row, "subject"),
                Tables.cell(row, "file") + " line " + Tables.cell(row, "position"),
                Tables.cell(row, "order"),
                Tables.cell(row, "answer")));
    }

    /** Whether somebody ordered that about one of these places, as far as they know. */
    boolean mayBeDone(String order, Set<String> places) {
        return all.stream().anyMatch(decision -> decision.isAbout(order, places) && decision.mayBeCarriedOut());
    }

    /** What was decided so about these places: approvals and letters. */
    Set<String> done(String order, Set<String> places) {
        return all.stream()
                .filter(decision -> decision.isAbout(order, places) && decision.isCarriedOut())
                .map(Decision::subject)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Approvals and letters that weredecided more than once, by the answers that people had. */
    Set<String> decidedAgain() {
        Set<String> once = new TreeSet<>();
        Set<String> again = new TreeSet<>();
        all.stream()
                .filter(decision -> decision.answer().equals("200"))
                .filter(decision -> !once.add(decision.subject()))
                .forEach(decision -> again.add(decision.subject()));
        return again;
    }
}
