package org.chargebridge.delivery;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFile;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.support.DefaultExchange;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Sha256;
import org.chargebridge.sftp.SftpLogin;
import org.chargebridge.sftp.SftpStat;

/** An open connection to a channel's SFTP server; of one thread at a time. */
final class RemoteServer implements AutoCloseable {

    private static final int BUFFER_SIZE = 32 * 1024;

    private final CamelContext context;
    private final Channel channel;
    private final SftpOperations operations;

    private RemoteServer(CamelContext context, Channel channel, SftpOperations operations) {
        this.context = context;
        this.channel = channel;
        this.operations = operations;
    }

    /** Size and hash of a file on the server. */
    record Content(long size, String sha256) {}

    /** What is done while bytes move, for example to keep a lease. */
    @FunctionalInterface
    interface Progress {
        void moved();
    }

    static RemoteServer connect(CamelContext context, Channel channel) throws DeliveryFailure {
        SftpEndpoint endpoint = SftpEndpoints.of(context, channel);
        RemoteServer server =
                new RemoteServer(context, channel, (SftpOperations) endpoint.createRemoteFileOperations());
        try {
            server.operations.connect(endpoint.getConfiguration(), new DefaultExchange(context));
            return server;
        } catch (GenericFileOperationFailedException e) {
            server.close();
            throw server.cannotConnect(e);
        }
    }

    private DeliveryFailure cannotConnect(GenericFileOperationFailedException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String server = "the SFTP server " + channel.sftp().host() + ":"
                + channel.sftp().port() + " of channel " + channel.name();
        String setting = "chargebridge.channels." + channel.name() + ".sftp";
        String message;
        if (cause instanceof JSchHostKeyException) {
            message = server + " shows another host key than the pinned one: nothing is sent. Ask its owner; if the key"
                    + " was really changed, set " + setting + ".host-key.";
        } else if (SftpLogin.isKeyUnusable(cause)) {
            message = "the private key for " + server + " cannot be used (" + root(cause) + "): check " + setting
                    + ".private-key-file and private-key-passphrase.";
        } else if (SftpLogin.isRefused(cause)) {
            message = server + " refuses the login of user " + channel.sftp().user() + ": check " + setting
                    + ".user and password or private-key-file.";
        } else {
            message = server + " cannot be reached (" + root(cause) + "): check that it runs, and " + setting
                    + ".host and port.";
        }
        return new DeliveryFailure(DeliveryFailure.Scope.SERVER, message, failure);
    }

    /**
     * The sizes of those of these files that the directory has.
     *
     * @throws DeliveryFailure if the directory is missing or closed to us
     */
    Map<String, Long> sizes(String directory, String... names) throws DeliveryFailure {
        try {
            if (SftpStat.of(operations, directory).isEmpty()) {
                throw closed(directory, " does not exist: create it", null);
            }
            Map<String, Long> sizes = new HashMap<>();
            for (String name : names) {
                SftpStat.of(operations, directory + "/" + name).ifPresent(found -> sizes.put(name, found.size()));
            }
            return sizes;
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_PERMISSION_DENIED) {
                throw closed(
                        directory,
                        " may not be entered: give user " + channel.sftp().user() + " the right to",
                        e);
            }
            throw failed("look into " + directory, e);
        }
    }

    /** The names in a directory; empty where there is no such directory. */
    Optional<Set<String>> names(String directory) throws DeliveryFailure {
        try {
            if (SftpStat.of(operations, directory).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(Arrays.stream(operations.listFiles(directory))
                    .map(file -> file.getFilename())
                    .collect(Collectors.toSet()));
        } catch (SftpException | GenericFileOperationFailedException e) {
            throw failed("list " + directory, e);
        }
    }

    private DeliveryFailure closed(String directory, String why, SftpException answer) {
        return new DeliveryFailure(
                DeliveryFailure.Scope.DIRECTORY,
                "the directory " + directory + " on the SFTP server of channel " + channel.name() + why
                        + ", or correct chargebridge.channels." + channel.name() + ".sftp.in-directory.",
                answer);
    }

    /** Whether a directory is our own, such as {@code .failed} and {@code info}: the ERP makes those that it reads. */
    boolean isOurs(String directory) {
        return !directory.equals(channel.sftp().inDirectory());
    }

    /** Makes a directory that is our own, where it is missing. */
    void makeDirectory(String directory) throws DeliveryFailure {
        try {
            operations.buildDirectory(directory, false);
        } catch (GenericFileOperationFailedException e) {
            throw failed("make " + directory, e);
        }
    }

    /** Writes a file, over one of that name. */
    void store(String path, InputStream content, long size) throws DeliveryFailure {
        Exchange exchange = new DefaultExchange(context);
        exchange.getIn().setBody(content);
        try {
            operations.storeFile(path, exchange, size);
        } catch (GenericFileOperationFailedException e) {
            throw failed("write " + path, e);
        }
    }

    /** Reads a file back. */
    Content read(String path, Progress progress) throws DeliveryFailure {
        Exchange exchange = new DefaultExchange(context);
        RemoteFile<Object> file = new RemoteFile<>();
        exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, file);
        try {
            operations.retrieveFile(path, exchange, 0);
            try (InputStream in = (InputStream) file.getBody()) {
                return digest(in, progress);
            }
        } catch (GenericFileOperationFailedException | IOException e) {
            throw failed("read back " + path, e);
        }
    }

    private static Content digest(InputStream in, Progress progress) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_SIZE];
        long size = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digest.update(buffer, 0, count);
            size += count;
            progress.moved();
        }
        return new Content(size, HexFormat.of().formatHex(digest.digest()));
    }

    void rename(String from, String to) throws DeliveryFailure {
        try {
            operations.renameFile(from, to);
        } catch (GenericFileOperationFailedException e) {
            throw failed("rename " + from + " to " + to, e);
        }
    }

    void delete(String path) throws DeliveryFailure {
        try {
            operations.deleteFile(path);
        } catch (GenericFileOperationFailedException e) {
            throw failed("delete " + path, e);
        }
    }

    private DeliveryFailure failed(String what, Exception failure) {
        String message = "could not " + what + " on the SFTP server of channel " + channel.name() + " ("
                + root(failure) + "): "
                + (operations.isConnected()
                        ? "check the rights and the space of user "
                                + channel.sftp().user() + " there."
                        : "the connection was lost, and is made again.");
        return new DeliveryFailure(DeliveryFailure.Scope.FILE, message, failure);
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
    }

    /** Whether it is not known to be lost. */
    boolean isConnected() {
        return operations.isConnected();
    }

    /** Cuts the connection; a server that does not answer any more is not waited for. */
    @Override
    public void close() {
        operations.forceDisconnect();
    }
}
