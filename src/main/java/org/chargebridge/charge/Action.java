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

    /** Whether it acts on a charge or an agreement that is there already, or offers an agreement. */
    public boolean isOperation() {
        return switch (this) {
            case CHARGE, KNOWN, DISCARD -> false;
            case CANCEL, CAPTURE, REFUND, CHANGE, RETRY, DRAFT_AGREEMENT, UPDATE_AGREEMENT, STOP_AGREEMENT, QUERY ->
                true;
        };
    }

    /** Whether it is about an agreement as such. */
    public boolean isAboutAgreement() {
        return switch (this) {
            case DRAFT_AGREEMENT, UPDATE_AGREEMENT, STOP_AGREEMENT, QUERY -> true;
            case CHARGE, KNOWN, DISCARD, CANCEL, CAPTURE, REFUND, CHANGE, RETRY -> false;
        };
    }

    /** Whether it acts on an agreement that is there already. */
    public boolean isOnAgreement() {
        return isAboutAgreement() && this != DRAFT_AGREEMENT;
    }

    /** Whether a line must say how much. */
    public boolean needsAmount() {
        return switch (this) {
            case CHARGE, KNOWN, CAPTURE, REFUND, CHANGE -> true;
            case CANCEL, RETRY, DISCARD, DRAFT_AGREEMENT, UPDATE_AGREEMENT, STOP_AGREEMENT, QUERY -> false;
        };
    }

    /** Whether a line must say when. */
    public boolean needsDue() {
        return switch (this) {
            case CHARGE, KNOWN, CHANGE -> true;
            case CANCEL, CAPTURE, REFUND, RETRY, DISCARD, DRAFT_AGREEMENT, UPDATE_AGREEMENT, STOP_AGREEMENT, QUERY ->
                false;
        };
    }

    /** Whether the line needs a number of its own besides its target's, because it may be asked for twice (MR1). */
    public boolean needsOwnNumber() {
        return switch (this) {
            case CAPTURE, REFUND, UPDATE_AGREEMENT -> true;
            case CHARGE, KNOWN, DISCARD, CANCEL, CHANGE, RETRY, DRAFT_AGREEMENT, STOP_AGREEMENT, QUERY -> false;
        };
    }

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
