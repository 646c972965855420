package org.chargebridge.intake.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Action;

/** A request of the Drupal module's form while its outcome is waited for; used by one thread at a time. */
public final class DrupalTask {

    /** An item and what is known of its outcome. */
    static final class Entry {
        private final DrupalItem item;
        private Optional<String> orderId = Optional.empty();
        private Optional<Outcome> outcome = Optional.empty();

        Entry(DrupalItem item) {
            this.item = item;
            item.fault().ifPresent(fault -> settle(Outcome.error(item.subject() + ": " + fault)));
        }

        DrupalItem item() {
            return item;
        }

        /** The charge that is waited for. */
        Optional<String> orderId() {
            return orderId;
        }

        void waitFor(String id) {
            orderId = Optional.of(id);
        }

        boolean isOpen() {
            return outcome.isEmpty();
        }

        void settle(Outcome found) {
            outcome = Optional.of(found);
        }
    }

    /** A line of the answer. */
    record Outcome(boolean success, String line) {

        static Outcome success(String line) {
            return new Outcome(true, line);
        }

        static Outcome error(String line) {
            return new Outcome(false, line);
        }
    }

    private final Caller caller;
    private final Action action;
    private final List<Entry> entries;
    private final long deadline;

    /** @param deadline by the monotonic clock */
    DrupalTask(Caller caller, Action action, List<DrupalItem> items, long deadline) {
        this.caller = caller;
        this.action = action;
        this.entries = items.stream().map(Entry::new).toList();
        this.deadline = deadline;
    }

    Caller caller() {
        return caller;
    }

    Action action() {
        return action;
    }

    /** Those whose outcome is not known yet. */
    List<Entry> open() {
        return entries.stream().filter(Entry::isOpen).toList();
    }

    boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    /** The lines of one kind, in the order of the items. */
    List<String> lines(boolean success) {
        List<String> lines = new ArrayList<>();
        entries.forEach(entry ->
                entry.outcome.filter(found -> found.success() == success).ifPresent(found -> lines.add(found.line())));
        return lines;
    }
}
