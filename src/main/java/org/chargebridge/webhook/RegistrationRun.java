package org.chargebridge.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.recurring.WebhookRequests.Listed;

/** One look after a sales unit's registrations: what the API listed, kept up to date by what was done since. */
final class RegistrationRun {

    /** More steps than any sales unit has registrations: a plan that does not come to its end is given up. */
    private static final int CALLS_MAX = 40;

    private List<Listed> listed = List.of();
    private boolean asked;
    private Optional<RegistrationStep> underWay = Optional.empty();
    private boolean over;
    private boolean changed;
    private int calls;

    boolean hasList() {
        return asked;
    }

    void list(List<Listed> found) {
        listed = List.copyOf(found);
        asked = true;
    }

    List<Listed> atApi() {
        return listed;
    }

    void made(Listed registration) {
        List<Listed> more = new ArrayList<>(listed);
        more.add(registration);
        listed = List.copyOf(more);
        changed = true;
    }

    void deleted(String id) {
        listed = listed.stream().filter(one -> !one.id().equals(id)).toList();
        changed = true;
    }

    /** Whether the API has something else now than before. */
    boolean changed() {
        return changed;
    }

    void begin(RegistrationStep step) {
        underWay = Optional.of(step);
        calls++;
    }

    RegistrationStep underWay() {
        return underWay.orElseThrow();
    }

    boolean isEndless() {
        return calls > CALLS_MAX;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
