package org.chargebridge.sftp;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.util.regex.Pattern;

/** How a login at an SFTP server went wrong, which the client tells in words only. */
public final class SftpLogin {

    private static final Pattern REFUSED =
            Pattern.compile("^Auth|Too many authentication failures|Login trials exceeds", Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY_UNUSABLE =
            Pattern.compile("passphrase|failed to parse key|invalid privatekey", Pattern.CASE_INSENSITIVE);

    /** Of a connection: one for a key and one for a password, lest a wrong one locks the account at once. */
    private static final String TRIES = "2";

    private SftpLogin() {}

    /** Makes every connection of this process try a login no more often than is of use. */
    public static void limitTries() {
        JSch.setConfig("MaxAuthTries", TRIES);
    }

    /** Whether the server refuses user, password or key. */
    public static boolean isRefused(Throwable failure) {
        return failure instanceof JSchException
                && REFUSED.matcher(String.valueOf(failure.getMessage())).find();
    }

    /** Whether the private key cannot be read, or not with the passphrase that is set: the server was not asked. */
    public static boolean isKeyUnusable(Throwable failure) {
        return failure instanceof JSchException
                && KEY_UNUSABLE.matcher(String.valueOf(failure.getMessage())).find();
    }
}
