package org.chargebridge.console.rest;

/** How long a part of a list is: at least 1 and at most 500. */
final class Limit {

    private static final int MOST = 500;

    private Limit() {}

    static int of(int asked) {
        return Math.max(1, Math.min(MOST, asked));
    }
}
