package org.chargebridge.delivery;

import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.OutboundFile;

/**
 * Where a file goes that was made before its channel was given other directories: to where the ERP reads now, not into a
 * directory that nobody looks at any more and that would be made anew for it.
 */
final class MovedDirectories {

    private static final String INFO = "/info";

    private MovedDirectories() {}

    /** The directory that takes the place of the file's own; empty where that holds still, or where the upload is done. */
    static Optional<String> instead(OutboundFile file, Channel channel) {
        String in = channel.sftp().inDirectory();
        if (!file.isRendered()
                || file.directory().equals(in)
                || file.directory().equals(in + INFO)) {
            return Optional.empty();
        }
        return switch (file.kind()) {
            case RECEIPT, ERRORS, STATUS, DRAFTS -> Optional.of(in);
            case QUERY, RECONCILIATION -> Optional.of(in + INFO);
            // Others lie in the directories of the retired SFTP service, which no setting names.
            case SETTLEMENT ->
                file.name().startsWith("settlement-")
                        ? Optional.of(file.directory().endsWith(INFO) ? in + INFO : in)
                        : Optional.empty();
            // Beside the file that it is about.
            case REASON -> Optional.empty();
        };
    }
}
