package org.chargebridge.recurring;

/** Hears how each real call ended. */
interface CallObserver {

    /** The call was answered, whatever the status. */
    void answered(String msn, ApiOperation operation, int status);

    /** The call failed before anything was written. */
    void notSent(String msn, ApiOperation operation, Exception cause);

    /** The call went out and no whole answer came back. */
    void unanswered(String msn, ApiOperation operation, Exception cause);
}
