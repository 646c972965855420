package org.chargebridge.simulator.api;

import java.util.Optional;
import java.util.UUID;

/** What merchants do in their portal, outside the API: it shows in the history under a key that is not the caller's. */
public final class Portal {

    private final Engine engine;

    Portal(Engine engine) {
        this.engine = engine;
    }

    /**
     * Refunds a part of a charge.
     *
     * @param amount in minor units
     * @throws IllegalArgumentException when there is no such charge or it cannot be refunded
     */
    public void refund(String orderId, int amount) {
        move(orderId, ChargeEvent.Kind.REFUND, amount);
    }

    /** Captures a part of a reserved charge; the amount is in minor units. */
    public void capture(String orderId, int amount) {
        move(orderId, ChargeEvent.Kind.CAPTURE, amount);
    }

    /** Cancels what is left of a charge. */
    public void cancel(String orderId) {
        move(orderId, ChargeEvent.Kind.CANCEL, 0);
    }

    private void move(String orderId, ChargeEvent.Kind kind, int amount) {
        synchronized (engine) {
            engine.advance();
            Charge charge = engine.books()
                    .charge(orderId)
                    .orElseThrow(() -> new IllegalArgumentException("No charge " + orderId));
            ChargeMoves.Wish wish =
                    kind == ChargeEvent.Kind.CANCEL ? ChargeMoves.cancel(charge) : new ChargeMoves.Wish(kind, amount);
            ChargeMoves.refused(charge, wish, engine.now()).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
            engine.record(ChargeMoves.line(charge, wish, Optional.of("portal-" + UUID.randomUUID())));
        }
    }
}
