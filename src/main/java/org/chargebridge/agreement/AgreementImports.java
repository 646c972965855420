package org.chargebridge.agreement;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.AcceptedDrafts;
import org.chargebridge.ledger.AcceptedDrafts.Accepted;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.AgreementScans.Found;
import org.chargebridge.ledger.AgreementScans.Import;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the mapping file of an import: each active agreement of the sales unit under its external id as customer number
 * (MR21); and that of agreements which customers accepted, under the customer number of the line that offered it. It goes the way of a mapping file that the ERP sends, with a receipt and the same checks; made again after a
 * crash it has the same name and bytes.
 */
@Component("agreementImports")
public class AgreementImports {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * A mapping file to be recorded.
     *
     * @param modified milliseconds since 1970
     */
    public record ImportFile(String id, boolean ofImport, String channel, String name, long modified, byte[] bytes) {

        /** In bytes. */
        public long size() {
            return bytes.length;
        }

        public InputStream content() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private final AgreementScans scans;
    private final AcceptedDrafts drafts;
    private final Channels channels;
    private final TransactionTemplate transactions;
    private final Clock clock;

    AgreementImports(
            AgreementScans scans,
            AcceptedDrafts drafts,
            Channels channels,
            TransactionTemplate transactions,
            Clock clock) {
        this.scans = scans;
        this.drafts = drafts;
        this.clock = clock;
        this.channels = channels;
        this.transactions = transactions;
    }

    /** The next import whose agreements are all listed, or the next agreements that customers accepted. */
    public Optional<ImportFile> next() {
        Optional<ImportFile> next = transactions.execute(status -> scans.importReady(channels.names())
                .map(this::file)
                .or(() -> drafts.nextAccepted(channels.names()).map(this::file)));
        if (next != null && next.isPresent()) {
            Killpoint.at("agreement.before-mapping");
        }
        return next == null ? Optional.empty() : next;
    }

    /** The file is recorded. */
    public void done(ImportFile file) {
        Killpoint.at("agreement.after-mapping");
        transactions.executeWithoutResult(status -> {
            if (file.ofImport()) {
                scans.imported(Long.parseLong(file.id()));
            } else {
                drafts.mapped(file.id(), clock.instant());
            }
        });
    }

    private ImportFile file(Import ready) {
        Channel channel = channels.named(ready.channel());
        StringBuilder text = header(channel);
        for (Found found : scans.found(ready)) {
            String currency = found.currency().orElse(channel.currency().name());
            row(text, channel, found.externalId(), found.agreementId(), currency);
        }
        String name = "agreements-import-" + ready.msn() + "-" + TIME.format(ready.requestedAt()) + ".csv";
        long requested = ready.requestedAt().toEpochMilli();
        return new ImportFile(String.valueOf(ready.id()), true, channel.name(), name, requested, bytes(text, channel));
    }

    private ImportFile file(Accepted accepted) {
        Channel channel = channels.named(accepted.channel());
        StringBuilder text = header(channel);
        accepted.rows().forEach(row -> row(text, channel, row.customerNumber(), row.agreementId(), row.currency()));
        String name = "agreements-accepted-" + accepted.id() + ".csv";
        return new ImportFile(accepted.id(), false, channel.name(), name, 0, bytes(text, channel));
    }

    private static StringBuilder header(Channel channel) {
        return new StringBuilder("key_type;key;agreement_id;currency\n".replace(';', delimiter(channel)));
    }

    private static void row(StringBuilder text, Channel channel, String key, String agreementId, String currency) {
        char delimiter = delimiter(channel);
        text.append("CUSTOMER_NO")
                .append(delimiter)
                .append('"')
                .append(key.replace("\"", "\"\""))
                .append('"')
                .append(delimiter)
                .append(agreementId)
                .append(delimiter)
                .append(currency)
                .append('\n');
    }

    private static char delimiter(Channel channel) {
        return channel.input().delimiter().orElse(';');
    }

    private static byte[] bytes(StringBuilder text, Channel channel) {
        return text.toString()
                .getBytes(channel.input().charset().map(Charset::forName).orElse(StandardCharsets.UTF_8));
    }
}
