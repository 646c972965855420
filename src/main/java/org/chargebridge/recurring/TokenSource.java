package org.chargebridge.recurring;

import java.time.Duration;

/** Where access tokens come from. */
interface TokenSource {

    /**
     * A token that was just issued.
     *
     * @param lifetime counted from before it was asked for
     */
    record Issued(String token, Duration lifetime) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "Issued[lifetime=" + lifetime + "]";
        }
    }

    /** Fetches a new token, within a limited time. */
    Issued fetch(KeySet keys) throws TokenUnavailable;
}
