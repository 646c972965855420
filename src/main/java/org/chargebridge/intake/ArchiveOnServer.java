package org.chargebridge.intake;

import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.RemoteFile;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.strategy.GenericFileExpressionRenamer;
import org.apache.camel.component.file.strategy.GenericFileRenameProcessStrategy;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.chargebridge.charge.Sha256;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.sftp.SftpStat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a file that is recorded to where the exchange's property says, and takes its marker away, lest the marker vouch
 * for the next file of that name. A file that was replaced while it was read stays: it is another file, not yet read.
 *
 * @param <T> the kind of file on the server
 */
final class ArchiveOnServer<T> extends GenericFileRenameProcessStrategy<T> {

    /** Where the file goes, relative to its directory. */
    static final String PROPERTY = "archive";

    /** What was read, as the route keeps it. */
    private static final String RECEIVED = "received";

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveOnServer.class);

    private final Optional<String> markerSuffix;
    /** By path: how the server listed and how it showed a file that seemed to be replaced while it was read. */
    private final Map<String, Twofold> seemedReplaced = new ConcurrentHashMap<>();

    /**
     * @param size as listed
     * @param modified as listed
     * @param shown when looked at by itself
     */
    private record Twofold(long size, long modified, SftpStat.Found shown) {}

    ArchiveOnServer(Optional<String> markerSuffix) {
        this.markerSuffix = markerSuffix;
        GenericFileExpressionRenamer<T> renamer = new GenericFileExpressionRenamer<>();
        renamer.setExpression(ExpressionBuilder.exchangePropertyExpression(PROPERTY));
        setCommitRenamer(renamer);
    }

    @Override
    public void commit(
            GenericFileOperations<T> operations,
            GenericFileEndpoint<T> endpoint,
            Exchange exchange,
            GenericFile<T> file)
            throws Exception {
        if (exchange.getProperty(PROPERTY) == null) {
            throw new IllegalStateException("the route fetch-invoices sets no property " + PROPERTY
                    + ", so the file stays where it is; restore that step in routes/fetch-invoices.camel.yaml");
        }
        try {
            archive(operations, endpoint, exchange, file);
        } catch (GenericFileOperationFailedException failed) {
            SftpOperations server = (SftpOperations) operations;
            if (server.isConnected()) {
                throw failed;
            }
            // Some servers end a connection after each file that was read. What was done before it broke shows.
            LOG.debug("connected anew to archive {}", file, failed);
            server.connect((RemoteFileConfiguration) endpoint.getConfiguration(), exchange);
            archive(operations, endpoint, exchange, file);
        }
    }

    private void archive(
            GenericFileOperations<T> operations,
            GenericFileEndpoint<T> endpoint,
            Exchange exchange,
            GenericFile<T> file)
            throws Exception {
        String path = file.getAbsoluteFilePath();
        Optional<SftpStat.Found> found = look(operations, path);
        if (isAnother(found, file) && !isAlwaysShownSo(path, file, found.orElseThrow())) {
            operations.releaseRetrievedFileResources(exchange);
            LOG.info(
                    "{} was replaced while it was read; the new one stays and is read at a later poll.",
                    FileNames.printable(file.getFileNameOnly()));
            return;
        }
        String archived =
                path.substring(0, path.length() - file.getFileNameOnly().length())
                        + exchange.getProperty(PROPERTY, String.class);
        move(operations, endpoint, exchange, file, archived);
        seemedReplaced.remove(path);
        Killpoint.at("intake.after-archive-rename");
        Optional<SftpStat.Found> moved = look(operations, archived);
        if (isAnother(moved, file) && !moved.equals(found) && !isWhatWasRead(operations, archived, moved, exchange)) {
            putBack(operations, archived, path);
            return;
        }
        if (markerSuffix.isPresent()) {
            removeMarker(operations, path + markerSuffix.get());
        }
    }

    /** Some servers do a rename and answer that they did not. */
    private void move(
            GenericFileOperations<T> operations,
            GenericFileEndpoint<T> endpoint,
            Exchange exchange,
            GenericFile<T> file,
            String archived)
            throws Exception {
        try {
            super.commit(operations, endpoint, exchange, file);
        } catch (GenericFileOperationFailedException refused) {
            if (look(operations, archived).isEmpty()
                    || look(operations, file.getAbsoluteFilePath()).isPresent()) {
                throw refused;
            }
            LOG.debug("{} was moved, though the server said it was not", archived, refused);
        }
    }

    /**
     * Where a move is a copy, as in the storage of a cloud, its time tells nothing: the bytes do. What cannot be read there
     * may be another, and is put back.
     */
    private static boolean isWhatWasRead(
            GenericFileOperations<?> operations, String archived, Optional<SftpStat.Found> moved, Exchange exchange) {
        Optional<ReceivedFile> read = Optional.ofNullable(exchange.getProperty(RECEIVED, ReceivedFile.class))
                .filter(file ->
                        moved.filter(there -> there.size() == file.size()).isPresent());
        try {
            return read.isPresent()
                    && sha256(operations, archived, exchange).equals(read.get().sha256());
        } catch (GenericFileOperationFailedException unread) {
            if (!((SftpOperations) operations).isConnected()) {
                throw unread;
            }
            LOG.debug("{} cannot be read", archived, unread);
            return false;
        }
    }

    private static String sha256(GenericFileOperations<?> operations, String path, Exchange exchange) {
        Exchange reading = new DefaultExchange(exchange.getContext());
        RemoteFile<Object> there = new RemoteFile<>();
        reading.setProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, there);
        operations.retrieveFile(path, reading, 0);
        MessageDigest digest = Sha256.digest();
        try (InputStream content = (InputStream) there.getBody()) {
            new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new GenericFileOperationFailedException("Cannot read " + path, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What was moved is not what was read: the ERP replaced it after the last look. */
    private static void putBack(GenericFileOperations<?> operations, String archived, String path) {
        String name = FileNames.printable(path);
        if (look(operations, path).isPresent()) {
            LOG.warn(
                    "{} was replaced while it was archived, and lies there anew: what lies unread as {} is to be moved"
                            + " back by hand, under another name.",
                    name,
                    FileNames.printable(archived));
            return;
        }
        operations.renameFile(archived, path);
        LOG.info("{} was replaced while it was archived; the new one is put back and read at a later poll.", name);
    }

    /** Some servers tell one time in lists and another of the file alone; it was read again meanwhile, unchanged. */
    private boolean isAlwaysShownSo(String path, GenericFile<?> file, SftpStat.Found shown) {
        Twofold now = new Twofold(file.getFileLength(), file.getLastModified(), shown);
        Twofold before = seemedReplaced.put(path, now);
        return shown.size() == file.getFileLength() && now.equals(before);
    }

    private static boolean isAnother(Optional<SftpStat.Found> found, GenericFile<?> read) {
        return found.filter(there -> there.size() != read.getFileLength() || there.modified() != read.getLastModified())
                .isPresent();
    }

    /** What lies under this path now. */
    private static Optional<SftpStat.Found> look(GenericFileOperations<?> operations, String path) {
        try {
            return SftpStat.of((SftpOperations) operations, path);
        } catch (SftpException e) {
            throw new GenericFileOperationFailedException("Cannot look at " + path, e);
        }
    }

    private static void removeMarker(GenericFileOperations<?> operations, String marker) {
        try {
            operations.deleteFile(marker);
        } catch (GenericFileOperationFailedException noMarker) {
            LOG.debug("no marker {}", marker, noMarker);
        }
    }
}
