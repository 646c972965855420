package org.chargebridge.operation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.Reason;

/** What follows from what an operation's target was seen as. */
sealed interface Decision {

    /** Send this; or, where a call is stored already, that one again with its own bytes and key. */
    record Call(ApiRequest request) implements Decision {}

    /** The agreement's charges are to be listed first, from the token on; empty for the beginning. */
    record ListCharges(Optional<String> from) implements Decision {}

    /** Its charge is not at the API: it is never sent, and where {@code then} says so charged otherwise instead. */
    record NeverSend(Optional<Recharge> then) implements Decision {

        NeverSend() {
            this(Optional.empty());
        }
    }

    /** Nothing can be said yet: look again later. */
    record Wait() implements Decision {}

    /**
     * Nothing can be done until the charge is collected, which may be in weeks: no cancellation waits for this one.
     */
    record AwaitCollected() implements Decision {}

    /** Nothing is to be done before then. */
    record WaitUntil(Instant time) implements Decision {}

    /** Its charge is over: the invoice is charged again. Amount in minor units. */
    record Recharge(long amountMinor, LocalDate due) implements Decision {}

    /** The charge before was paid after all: the one that was made is cancelled. */
    record Undo(String madeOrderId) implements Decision {}

    /** What it did was told already, and nothing is left to do. */
    record Finish() implements Decision {}

    /** It cannot be done; told once in a status report. */
    record Refuse(Reason reason) implements Decision {}

    /** A person decides. */
    record Hold(Reason reason) implements Decision {}

    /** It is done; with a note where that was not by its own doing. */
    record Done(Optional<Reason> note) implements Decision {

        Done() {
            this(Optional.empty());
        }
    }
}
