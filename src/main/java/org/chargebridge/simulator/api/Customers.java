package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What customers do with their agreements in the app. */
public final class Customers {

    /** Of any amount, in minor units. */
    private static final int LEAST = 100;

    private final Engine engine;

    Customers(Engine engine) {
        this.engine = engine;
    }

    /** An agreement as it is now. */
    public Optional<Agreement> agreement(String id) {
        synchronized (engine) {
            engine.advance();
            return engine.books().account(id).map(AgreementAccount::agreement);
        }
    }

    /**
     * Accepts a draft; a VARIABLE one with a maximum as suggested.
     *
     * @throws IllegalArgumentException when there is no such agreement or it is not PENDING
     */
    public void accept(String id) {
        accept(id, 0);
    }

    /**
     * Accepts a draft with a maximum of the customer's own.
     *
     * @param maxAmount in minor units; 0 means as much as suggested
     */
    public void accept(String id, int maxAmount) {
        act(
                id,
                Agreement.Status.PENDING,
                account -> AgreementMoves.accept(
                        account, maxAmount, engine.books().chargeBook().life(), engine.now()));
    }

    /**
     * Raises or lowers the maximum of an active VARIABLE agreement in the app: a charge that is due and was above it is paid
     * at its next attempt.
     *
     * @param maxAmount in minor units, at least 100
     * @throws IllegalArgumentException when there is no such agreement, or it is not ACTIVE or not VARIABLE
     */
    public void allow(String id, int maxAmount) {
        if (maxAmount < LEAST) {
            throw new IllegalArgumentException("maxAmount must be at least " + LEAST + " minor units");
        }
        act(id, Agreement.Status.ACTIVE, account -> {
            if (account.agreement().pricing() != Agreement.Pricing.VARIABLE) {
                throw new IllegalArgumentException("Agreement " + id + " is not VARIABLE: it has no maximum");
            }
            return AgreementMoves.allow(account, maxAmount);
        });
    }

    /** Declines a draft. */
    public void reject(String id) {
        act(id, Agreement.Status.PENDING, account -> AgreementMoves.reject(account, engine.now()));
    }

    /** Stops an agreement in the app: open charges fall with it, reserved ones do not. */
    public void stop(String id) {
        act(
                id,
                Agreement.Status.ACTIVE,
                account -> AgreementMoves.stop(account, AgreementEvent.Actor.USER, engine.now()));
    }

    /** Ends an agreement because the customer's profile is gone. */
    public void stopByAdmin(String id) {
        act(
                id,
                Agreement.Status.ACTIVE,
                account -> AgreementMoves.stop(account, AgreementEvent.Actor.ADMIN, engine.now()));
    }

    /** Does nothing where it is stopped already. */
    void stopByMerchant(String id) {
        if (agreement(id)
                .map(found -> found.status() == Agreement.Status.STOPPED)
                .orElse(false)) {
            return;
        }
        act(
                id,
                Agreement.Status.ACTIVE,
                account -> AgreementMoves.stop(account, AgreementEvent.Actor.MERCHANT, engine.now()));
    }

    private void act(String id, Agreement.Status from, Function<AgreementAccount, List<ObjectNode>> deed) {
        synchronized (engine) {
            engine.advance();
            AgreementAccount account =
                    engine.books().account(id).orElseThrow(() -> new IllegalArgumentException("No agreement " + id));
            if (account.agreement().status() != from) {
                throw new IllegalArgumentException(
                        "Agreement " + id + " is " + account.agreement().status() + ", not " + from);
            }
            engine.record(deed.apply(account));
        }
    }
}
