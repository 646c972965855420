package org.chargebridge.operation;

import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Operation;
import org.chargebridge.recurring.UnreadableAnswer;

/** How operations of some actions are carried out: where to look, and what follows from what is seen. */
interface Conduct {

    /**
     * What follows, and what it was concluded from.
     *
     * @param shown for the report
     */
    record Verdict(Decision decision, Shown shown) {

        /** What was asked for cannot be made into a request, for example because its channel is gone: a person is asked. */
        static Verdict notPossible(Operation operation, RuntimeException why) {
            Reason reason = Reason.of(ReasonCode.REQUEST_NOT_POSSIBLE, String.valueOf(why.getMessage()));
            return new Verdict(new Decision.Hold(reason), Shown.of(operation.orderId(), ChargeStatus.HELD.name()));
        }
    }

    /** Where to look, or what our own ledger says already; exactly one of the two. */
    record Look(Optional<String> path, Optional<Verdict> verdict) {

        static Look at(String path) {
            return new Look(Optional.of(path), Optional.empty());
        }

        static Look decided(Decision decision, Shown shown) {
            return new Look(Optional.empty(), Optional.of(new Verdict(decision, shown)));
        }
    }

    Set<Action> actions();

    /** Where the target is to be looked at. */
    Look look(Operation operation);

    /**
     * What follows from what the API shows, in the transaction that records it.
     *
     * @param more where a list goes on; empty at its end, and where it is none
     * @throws UnreadableAnswer where it cannot be read
     */
    Verdict seen(Operation operation, byte[] body, Optional<String> more) throws UnreadableAnswer;

    /** What follows when the API does not know the target. */
    Verdict missing(Operation operation);
}
