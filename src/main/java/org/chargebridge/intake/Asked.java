package org.chargebridge.intake;

import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Action;

/**
 * Only what a file's sums need of a record, for the first of its two passes.
 *
 * @param creditNote the whole of it, where it is one
 */
record Asked(Optional<Action> action, OptionalLong amountMinor, String currency, Optional<Request> creditNote) {

    boolean isFor(Action wanted) {
        return action.filter(wanted::equals).isPresent();
    }
}
