package org.chargebridge.intake;

/**
 * Where a file that was recorded goes on the server.
 *
 * @param archiveDirectory {@code .done}, or {@code .failed} where its content was refused; in the file's directory
 * @param archiveName {@code <UTC timestamp>-<first 8 of the SHA-256>-<name>}
 */
public record IntakeResult(String archiveDirectory, String archiveName) {}
