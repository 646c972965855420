package org.chargebridge.channel;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Whether something failed because this node's own disk takes no more, in words that say where to make room. */
public final class NodeDisk {

    /** What writes files. The system's words are in the machine's language, so they do not tell. */
    private static final Set<String> WRITERS =
            Set.of("java.io.FileOutputStream", "java.io.RandomAccessFile", "sun.nio.ch.FileChannelImpl");

    /** Below these a write to a file and one to a connection are the same. */
    private static final int FRAMES_LOOKED_AT = 6;

    private NodeDisk() {}

    /** Empty where the disk is not the cause of it. */
    public static Optional<String> trouble(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause instanceof IOException && isOfFiles(cause)) {
                return Optional.of("this node's disk takes no more (" + cause.getMessage()
                        + "): make room in chargebridge.data-directory");
            }
        }
        return Optional.empty();
    }

    private static boolean isOfFiles(Throwable cause) {
        // Those below it tell of a file that is missing or may not be used, not of the disk.
        return cause.getClass() == FileSystemException.class
                || Arrays.stream(cause.getStackTrace())
                        .limit(FRAMES_LOOKED_AT)
                        .anyMatch(frame -> WRITERS.contains(frame.getClassName()));
    }
}
