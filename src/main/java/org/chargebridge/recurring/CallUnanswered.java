package org.chargebridge.recurring;

import java.io.IOException;

/** A call failed after its first byte may have been written, or its answer broke off: what it did is not known. */
public final class CallUnanswered extends IOException {

    private static final long serialVersionUID = 1L;

    CallUnanswered(String message, Throwable cause) {
        super(message, cause);
    }
}
