package org.chargebridge.console;

import java.util.Optional;
import org.chargebridge.charge.OutcomeSentence;

/** Why somebody decides, for whoever reads the audit trail later. */
public final class Reasons {

    private static final int MAX = 1_000;

    private Reasons() {}

    /** As it is kept; empty where none was given. */
    public static String of(String given) {
        return given == null ? "" : given.strip();
    }

    /** What is wrong with a reason; empty where nothing is. */
    public static Optional<Result> fault(String reason, boolean required) {
        if (required && reason.isEmpty()) {
            return Optional.of(Result.invalid(OutcomeSentence.REASON_MISSING.of()));
        }
        return reason.length() > MAX
                ? Optional.of(Result.invalid(OutcomeSentence.REASON_TOO_LONG.of()))
                : Optional.empty();
    }
}
