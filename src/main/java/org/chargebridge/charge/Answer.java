package org.chargebridge.charge;

/** How a receipt answers a line; the five together account for every line read (MR17). */
public enum Answer {
    /** Recorded; a charge will be asked for. */
    ACCEPTED,
    /** Not recorded; the reason says what to correct. */
    REFUSED,
    /** The same document with the same content is already recorded. */
    DUPLICATE,
    /** Waits for a person; nothing is sent until it is released. */
    HELD,
    /** Nothing to collect. */
    IGNORED
}
