package org.chargebridge.intake;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file as it was taken from a channel's server: complete, and safe on this node's disk.
 *
 * @param name as the ERP wrote it, without directory
 * @param path on the server, relative to the user's home
 * @param size in bytes
 * @param modified as the server tells it
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param spool where the bytes are on this node; its name never bears the remote one
 */
public record ReceivedFile(
        String channel, String name, String path, long size, Instant modified, String sha256, Path spool) {}
