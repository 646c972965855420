package org.chargebridge.intake.format;

import org.chargebridge.charge.Reason;

/** A file that cannot be taken as a whole: no line of it is recorded, and the ERP is told why. */
public final class FileRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public FileRefused(Reason reason) {
        super(reason.code() + " " + reason.arguments());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
