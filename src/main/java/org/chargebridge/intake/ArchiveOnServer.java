package org.chargebridge.intake;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.strategy.GenericFileExpressionRenamer;
import org.apache.camel.component.file.strategy.GenericFileRenameProcessStrategy;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.chargebridge.killpoint.Killpoint;
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

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveOnServer.class);

    private final Optional<String> markerSuffix;

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
        String path = file.getAbsoluteFilePath();
        if (wasReplaced(operations, file)) {
            operations.releaseRetrievedFileResources(exchange);
            LOG.info(
                    "{} was replaced while it was read; the new one stays and is read at a later poll.",
                    FileNames.printable(file.getFileNameOnly()));
            return;
        }
        super.commit(operations, endpoint, exchange, file);
        Killpoint.at("intake.after-archive-rename");
        if (markerSuffix.isPresent()) {
            removeMarker(operations, path + markerSuffix.get());
        }
    }

    private static <T> boolean wasReplaced(GenericFileOperations<T> operations, GenericFile<T> file) {
        Object[] found = operations.listFiles(file.getAbsoluteFilePath());
        for (Object entry : found) {
            if (entry instanceof org.apache.camel.component.file.remote.SftpRemoteFile<?> remote
                    && remote.getFilename().equals(file.getFileNameOnly())) {
                return remote.getFileLength() != file.getFileLength()
                        || remote.getLastModified() != file.getLastModified();
            }
        }
        return false;
    }

    private static void removeMarker(GenericFileOperations<?> operations, String marker) {
        try {
            operations.deleteFile(marker);
        } catch (GenericFileOperationFailedException noMarker) {
            LOG.debug("no marker {}", marker, noMarker);
        }
    }
}
