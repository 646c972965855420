package org.chargebridge.camelconsole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory through which the Camel CLI talks to a running Camel: whoever may write there may stop routes. */
final class CliDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private CliDirectory() {}

    /**
     * Makes it where it is missing, and closes it to everybody but its owner.
     *
     * @throws UncheckedIOException where that is not possible
     */
    static Path close(Path home) {
        Path directory = home.resolve(".camel");
        try {
            Files.createDirectories(directory);
            if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    directory + " cannot be closed to other users. Make this user its owner, or start without the"
                            + " profile console.",
                    e);
        }
    }
}
