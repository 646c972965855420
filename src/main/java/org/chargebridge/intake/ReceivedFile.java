package org.chargebridge.intake;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file as it came: complete, and safe on this node's disk.
 *
 * @param name as the ERP wrote it, without directory
 * @param path on the server, relative to the user's home; at the HTTP door who sent it
 * @param size in bytes
 * @param modified as the server tells it; at the HTTP door when it came
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param spool where the bytes are on this node; its name never bears the remote one
 */
public record ReceivedFile(
        String channel, String name, String path, long size, Instant modified, String sha256, Path spool, Door door) {

    /** The way it came. */
    public enum Door {
        SFTP,
        /** Its sender waits for the answer, so that no file is made of it; the complete body is the marker (MR14). */
        HTTP
    }

    /** A file from a channel's server. */
    public ReceivedFile(
            String channel, String name, String path, long size, Instant modified, String sha256, Path spool) {
        this(channel, name, path, size, modified, sha256, spool, Door.SFTP);
    }
}
