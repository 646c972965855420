package org.chargebridge.intake;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.ReasonCode;

/**
 * Which reasons for holding a line a person released. They are checked in a fixed order, and releasing one releases
 * those before it, which were passed or released already; so a line held for two reasons needs two releases.
 */
record Releases(Set<ReasonCode> waived) {

    static final Releases NONE = new Releases(Set.of());

    private static final List<ReasonCode> ORDER = List.of(
            ReasonCode.FINAL_LINE_UNFINISHED,
            ReasonCode.DISCARDED_BEFORE,
            ReasonCode.BEFORE_GO_LIVE,
            ReasonCode.CREDITED_IN_FILE,
            ReasonCode.TOO_LATE_TO_SHIFT,
            ReasonCode.ABOVE_MAX_PER_CHARGE,
            ReasonCode.SAME_UNDER_OTHER_IDENTITY,
            ReasonCode.SUSPECTED_DUPLICATE);

    /** Empty for a reason that no release can take away. */
    static Optional<Releases> of(ReasonCode released) {
        int index = ORDER.indexOf(released);
        return index < 0 ? Optional.empty() : Optional.of(new Releases(Set.copyOf(ORDER.subList(0, index + 1))));
    }

    boolean has(ReasonCode code) {
        return waived.contains(code);
    }
}
