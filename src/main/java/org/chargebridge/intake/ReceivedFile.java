package org.chargebridge.intake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.chargebridge.charge.Reason;

/**
 * A file as it came: complete, and safe on this node's disk.
 *
 * @param name as the ERP wrote it, without directory
 * @param path on the server, relative to the user's home; at the HTTP door the way it came and who sent it
 * @param size in bytes
 * @param modified as the server tells it; at the HTTP door when it came
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param spool where the bytes are on this node; its name never bears the remote one
 */
public record ReceivedFile(
        String channel,
        String name,
        String path,
        long size,
        Instant modified,
        String sha256,
        Path spool,
        Handling handling) {

    /**
     * What is special about it.
     *
     * @param direct whether its sender waits for the answer, so that no file is made of it
     * @param single whether each charge goes by itself, through the single create
     * @param suspects lines that wait for a person though nothing in them is wrong, and why, by position
     */
    public record Handling(boolean direct, boolean single, Map<Integer, Reason> suspects) {

        static final Handling FILE = new Handling(false, false, Map.of());
        static final Handling REQUEST = new Handling(true, false, Map.of());

        public Handling {
            suspects = Map.copyOf(suspects);
        }
    }

    /** A file from a channel's server. */
    public ReceivedFile(
            String channel, String name, String path, long size, Instant modified, String sha256, Path spool) {
        this(channel, name, path, size, modified, sha256, spool, Handling.FILE);
    }
}
