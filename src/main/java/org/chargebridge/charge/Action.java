package org.chargebridge.charge;

import java.util.Locale;
import java.util.Optional;

/** What a line of an inbound file asks for; the file's word is the name in lower case with hyphens. */
public enum Action {
    CHARGE,
    CANCEL,
    CAPTURE,
    REFUND,
    CHANGE,
    RETRY,
    /** Registers a document that was collected elsewhere, without a call (MR21). */
    KNOWN,
    /** Drops a line that was refused or held before (MR16). */
    DISCARD,
    DRAFT_AGREEMENT,
    UPDATE_AGREEMENT,
    STOP_AGREEMENT,
    QUERY;

    /** The word as files carry it, for example {@code draft-agreement}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a file's word without regard to case; empty where there is no such action. */
    public static Optional<Action> ofWord(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Action action : values()) {
            if (action.name().equals(name)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
