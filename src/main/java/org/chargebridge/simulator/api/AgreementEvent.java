package org.chargebridge.simulator.api;

import java.time.Instant;

/** What happened to an agreement, and who did it. */
record AgreementEvent(Instant occurred, Kind kind, Actor actor) {

    enum Kind {
        CREATE,
        ACTIVATE,
        REJECT,
        STOP,
        EXPIRE,
        UPDATE
    }

    enum Actor {
        MERCHANT,
        USER,
        ADMIN
    }
}
