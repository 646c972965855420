package org.chargebridge.intake;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.OneLine;
import org.chargebridge.sftp.SftpLogin;

/**
 * Why a channel's server could not be polled, and what to do about it.
 *
 * @param kind which alarm it is
 * @param cause the same for failures that one remedy mends
 * @param text for the operator; the server's own words are without control characters
 */
record PollFailure(Kind kind, String cause, String text) {

    /** What a person is told at once, and what may mend itself. */
    enum Kind {
        HOST_KEY,
        LOGIN,
        OTHER
    }

    private static final String REACH = "server";
    private static final String FILE = "file";

    /** Why nothing could be polled. */
    static PollFailure of(Channel channel, Throwable failure) {
        return of(channel, "poll", failure);
    }

    /** Why one file that was listed could not be fetched or archived. */
    static PollFailure ofFile(Channel channel, Throwable failure) {
        return of(channel, FILE, failure);
    }

    private static PollFailure of(Channel channel, String what, Throwable failure) {
        Throwable root = root(failure);
        String said = said(root);
        Channel.Sftp sftp = channel.sftp();
        String setting = "chargebridge.channels." + channel.name() + ".sftp.";
        if (root instanceof JSchHostKeyException) {
            return new PollFailure(
                    Kind.HOST_KEY,
                    "host key",
                    "it shows another host key than the pinned one, and nothing is fetched (" + said
                            + "). Ask its owner; only if the key was really changed, set " + setting
                            + "host-key and restart");
        }
        if (SftpLogin.isKeyUnusable(root)) {
            return new PollFailure(
                    Kind.LOGIN,
                    "key",
                    "the private key cannot be used (" + said + "). Check " + setting + "private-key-file and "
                            + setting + "private-key-passphrase");
        }
        if (SftpLogin.isRefused(root)) {
            return new PollFailure(
                    Kind.LOGIN,
                    "login",
                    "it refuses the login of user " + sftp.user() + " (" + said + "). Check " + setting
                            + "user and password or private-key-file");
        }
        if (root instanceof SftpException answer) {
            return answered(what, answer.id, said, sftp, setting);
        }
        if (root instanceof JSchException || root instanceof IOException) {
            return new PollFailure(
                    Kind.OTHER,
                    REACH,
                    "it cannot be reached (" + said + "). Check that it runs, and " + setting + "host and port");
        }
        String advice = said.startsWith("Cannot create directory")
                ? ". Give user " + sftp.user() + " the right to make directories, rename and delete there"
                : "";
        return new PollFailure(Kind.OTHER, what + said.replaceAll("[0-9]+", ""), said + advice);
    }

    private static PollFailure answered(String what, int status, String said, Channel.Sftp sftp, String setting) {
        return switch (status) {
            case ChannelSftp.SSH_FX_NO_SUCH_FILE ->
                new PollFailure(
                        Kind.OTHER,
                        what + " missing",
                        what.equals(FILE)
                                ? said
                                        + ". It was listed, and does not lie there: let nobody but Chargebridge move files"
                                        + " that are ready, and remove it if it goes on being listed"
                                : said + ". The directory must exist: create it, or correct " + setting
                                        + "out-directory");
            case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
                new PollFailure(
                        Kind.OTHER,
                        what + " rights",
                        said + ". Give user " + sftp.user() + " the right to "
                                + (what.equals(FILE)
                                        ? "read it, and to rename, delete and make directories there"
                                        : "list, read, rename, delete and make directories there"));
            case ChannelSftp.SSH_FX_FAILURE ->
                new PollFailure(
                        Kind.OTHER,
                        what + " refused",
                        said + ". Check the rights of user " + sftp.user() + " there, and the server's own log");
            default -> new PollFailure(Kind.OTHER, REACH, "the connection was lost (" + said + ")");
        };
    }

    /** What the server answered has no cause; a connection that broke is the cause of what was not answered. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String said(Throwable root) {
        String text = root.getMessage() == null || root.getMessage().isBlank()
                ? root.getClass().getSimpleName()
                : root.getMessage();
        return OneLine.clause(text);
    }
}
