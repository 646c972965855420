package org.chargebridge.simulator.sftp;

import java.nio.file.Path;
import java.util.List;

/**
 * How the SFTP server is set up.
 *
 * @param port 0 takes a free one
 * @param root the folder that the client sees as {@code /}; created if missing
 * @param hostKey the file that holds the host key; made at the first start
 * @param password empty means that only keys are accepted
 * @param authorizedKeys public keys as lines of an {@code authorized_keys} file, RSA or ECDSA
 * @param folders relative to the root; created if missing
 */
public record SftpSettings(
        int port,
        Path root,
        Path hostKey,
        String user,
        String password,
        List<String> authorizedKeys,
        List<String> folders) {

    public SftpSettings {
        authorizedKeys = List.copyOf(authorizedKeys);
        folders = List.copyOf(folders);
    }

    /** A free port, user and password, the folders {@code demo/out} and {@code demo/in}. */
    public static SftpSettings withPassword(Path root, Path hostKey, String user, String password) {
        return new SftpSettings(0, root, hostKey, user, password, List.of(), List.of("demo/out", "demo/in"));
    }

    public SftpSettings withPort(int newPort) {
        return new SftpSettings(newPort, root, hostKey, user, password, authorizedKeys, folders);
    }

    public SftpSettings withAuthorizedKeys(String... lines) {
        return new SftpSettings(port, root, hostKey, user, password, List.of(lines), folders);
    }

    public SftpSettings withFolders(String... newFolders) {
        return new SftpSettings(port, root, hostKey, user, password, authorizedKeys, List.of(newFolders));
    }
}
