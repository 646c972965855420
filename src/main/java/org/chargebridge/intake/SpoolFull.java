package org.chargebridge.intake;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * This node's disk takes no more of a file that is being spooled, or no file at all; the message says where to make room. It
 * is the same for every file: what is told once must not name the spool file, which has another name each time.
 */
public final class SpoolFull extends IOException {

    private static final long serialVersionUID = 1L;

    private SpoolFull(String message, IOException failure) {
        // Without the cause: this message is the one to show.
        super(message);
        addSuppressed(failure);
    }

    /** Part of a file was written. */
    static SpoolFull ofBytes(Path spool, IOException failure) {
        return new SpoolFull(
                "this node's disk takes no more (" + failure.getMessage() + "): make room in " + directory(spool)
                        + ", or set chargebridge.data-directory",
                failure);
    }

    /** No file could be made: the disk is full, may only be read, or the directory is gone or closed. */
    static SpoolFull ofFiles(Path spool, IOException failure) {
        return new SpoolFull(
                "this node's disk takes no more files (" + reason(failure) + "): make room in " + directory(spool)
                        + " and see that it is there and may be written to, or set chargebridge.data-directory",
                failure);
    }

    private static String reason(IOException failure) {
        Optional<String> said = failure instanceof FileSystemException system
                ? Optional.ofNullable(system.getReason())
                : Optional.ofNullable(failure.getMessage());
        return said.orElse(failure.getClass().getSimpleName());
    }

    private static Path directory(Path spool) {
        return spool.getParent().toAbsolutePath();
    }
}
