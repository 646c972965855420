package org.chargebridge.intake;

import java.io.IOException;
import java.nio.file.Path;

/** This node's disk takes no more of a file that is being spooled; the message says where to make room. */
public final class SpoolFull extends IOException {

    private static final long serialVersionUID = 1L;

    SpoolFull(Path spool, IOException failure) {
        // Without the cause: this message is the one to show.
        super("this node's disk takes no more (" + failure.getMessage() + "): make room in "
                + spool.getParent().toAbsolutePath() + ", or set chargebridge.data-directory");
        addSuppressed(failure);
    }
}
