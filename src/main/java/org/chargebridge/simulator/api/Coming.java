package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.Optional;

/** Something that happens by itself when its time has come. */
interface Coming {

    /** When the next of it is due; empty when nothing is planned. */
    Optional<Instant> next();

    /** Does what is due at that instant. */
    void happen(Instant at);
}
