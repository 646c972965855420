package org.chargebridge.recurring;

import java.time.Duration;

/** Hears how each real call ended. */
interface CallObserver {

    /** The call was answered, whatever the status. */
    void answered(String msn, ApiOperation operation, int status);

    /** How long a call took from its beginning, its token included, until its answer began or it failed. */
    void took(ApiOperation operation, Duration time);

    /** An answer told the API's time: how far this machine's clock is ahead of it; negative where it is behind. */
    void dated(Duration ahead);

    /** The call failed before anything was written. */
    void notSent(String msn, ApiOperation operation, Exception cause);

    /** The call went out and no whole answer came back. */
    void unanswered(String msn, ApiOperation operation, Exception cause);
}
