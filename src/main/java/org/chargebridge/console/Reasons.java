package org.chargebridge.console;

import java.util.Optional;

/** Why something is ordered, as people write it for the audit trail. */
public final class Reasons {

    /** Characters that a reason may have at most. */
    public static final int LENGTH_MAX = 1_000;

    private Reasons() {}

    /** What is wrong with a reason that is needed; empty where it can be kept. */
    public static Optional<Result> problem(String reason) {
        if (reason == null || reason.isBlank()) {
            return Optional.of(Result.invalid("Say why, for the audit trail: {\"reason\": \"...\"}."));
        }
        return reason.strip().length() > LENGTH_MAX
                ? Optional.of(Result.invalid("Keep the reason below 1,000 characters."))
                : Optional.empty();
    }
}
