package org.chargebridge.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.SftpOperations;

/**
 * Asks an SFTP server about one file. Camel's operations can only list, and to list one file they read its whole
 * directory: among ten thousand files every question would take a second. Its connection is used, which it does not hand
 * out.
 */
public final class SftpStat {

    /**
     * A file as the server shows it now.
     *
     * @param size in bytes
     * @param modified milliseconds since 1970, in whole seconds
     */
    public record Found(long size, long modified) {}

    private static final Field CHANNEL = field(SftpOperations.class, "channel");
    private static final Field REQUESTS = field(ChannelSftp.class, "seq");
    private static final long MILLIS = 1000;

    private SftpStat() {}

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this version of " + owner + " keeps its " + name + " elsewhere", e);
        }
    }

    private static Object get(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection that these operations have; empty where it was lost or never made. */
    static Optional<ChannelSftp> channel(SftpOperations operations) {
        return get(CHANNEL, operations) instanceof ChannelSftp open ? Optional.of(open) : Optional.empty();
    }

    /** How many requests went over this connection. */
    static int requests(ChannelSftp channel) {
        return (int) get(REQUESTS, channel);
    }

    /**
     * What lies under a path; empty where nothing does.
     *
     * @param operations connected, and used by this thread only
     * @param path without wildcards
     * @throws SftpException where the server does not say, with its status
     */
    public static Optional<Found> of(SftpOperations operations, String path) throws SftpException {
        try {
            ChannelSftp open = channel(operations)
                    .orElseThrow(
                            () -> new SftpException(ChannelSftp.SSH_FX_CONNECTION_LOST, "the connection was lost"));
            SftpATTRS found = operations instanceof AnsweringOperations answering
                    ? answering.answered(() -> open.stat(path))
                    : open.stat(path);
            return Optional.of(new Found(found.getSize(), modified(found)));
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE
                    || e.id == ChannelSftp.SSH_FX_FAILURE && !isListed(operations, path)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Some servers know one failure only, and answer so for what does not lie there: their list says whether it does. */
    private static boolean isListed(SftpOperations operations, String path) throws SftpException {
        int slash = path.lastIndexOf('/');
        String directory = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
        String name = path.substring(slash + 1);
        try {
            return Arrays.stream(operations.listFiles(directory))
                    .anyMatch(file -> file.getFilename().equals(name));
        } catch (GenericFileOperationFailedException e) {
            if (e.getCause() instanceof SftpException answer) {
                throw answer;
            }
            throw e;
        }
    }

    /** Servers count seconds since 1970 in 32 bits without a sign, which last until 2106. */
    static long modified(SftpATTRS told) {
        return Integer.toUnsignedLong(told.getMTime()) * MILLIS;
    }
}
