package org.chargebridge.recurring;

/**
 * Keys that an access token is issued for.
 *
 * @param accounting whether they are the sales unit's accounting keys, which read settlements only
 */
record KeySet(String msn, boolean accounting) {

    /** As in messages. */
    @Override
    public String toString() {
        return (accounting ? "the accounting keys of sales unit " : "sales unit ") + msn;
    }
}
