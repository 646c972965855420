package org.chargebridge.recurring;

import java.io.IOException;

/** A call failed before its first byte was written: it had no effect. */
public final class CallNotSent extends IOException {

    private static final long serialVersionUID = 1L;

    CallNotSent(String message, Throwable cause) {
        super(message, cause);
    }
}
