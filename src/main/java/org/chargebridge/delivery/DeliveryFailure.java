package org.chargebridge.delivery;

/** A delivery that did not work, with what to do about it; what it concerns decides who else has to wait. */
final class DeliveryFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What does not work. */
    enum Scope {
        /** The channel's server: none of its files can be delivered. */
        SERVER,
        /** A directory on it. */
        DIRECTORY,
        /** This file only. */
        FILE
    }

    private final Scope scope;

    DeliveryFailure(Scope scope, String message) {
        super(message);
        this.scope = scope;
    }

    DeliveryFailure(Scope scope, String message, Throwable cause) {
        super(message, cause);
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }
}
