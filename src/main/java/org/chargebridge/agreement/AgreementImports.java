package org.chargebridge.agreement;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.AgreementScans.Found;
import org.chargebridge.ledger.AgreementScans.Import;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the mapping file of an import: each active agreement of the sales unit under its external id as customer number
 * (MR21). It goes the way of a mapping file that the ERP sends, with a receipt and the same checks; made again after a
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
    public record ImportFile(long importId, String channel, String name, long modified, byte[] bytes) {

        /** In bytes. */
        public long size() {
            return bytes.length;
        }

        public InputStream content() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private final AgreementScans scans;
    private final Channels channels;
    private final TransactionTemplate transactions;

    AgreementImports(AgreementScans scans, Channels channels, TransactionTemplate transactions) {
        this.scans = scans;
        this.channels = channels;
        this.transactions = transactions;
    }

    /** The next import whose agreements are all listed. */
    public Optional<ImportFile> next() {
        Optional<ImportFile> next = transactions.execute(status -> scans.importReady()
                .filter(ready -> channels.has(ready.channel()))
                .map(this::file));
        return next == null ? Optional.empty() : next;
    }

    /** The file is recorded. */
    public void done(ImportFile file) {
        transactions.executeWithoutResult(status -> scans.imported(file.importId()));
    }

    private ImportFile file(Import ready) {
        Channel channel = channels.named(ready.channel());
        char delimiter = channel.input().delimiter().orElse(';');
        Charset charset = channel.input().charset().map(Charset::forName).orElse(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder("key_type;key;agreement_id;currency\n".replace(';', delimiter));
        for (Found found : scans.found(ready)) {
            text.append("CUSTOMER_NO")
                    .append(delimiter)
                    .append('"')
                    .append(found.externalId().replace("\"", "\"\""))
                    .append('"')
                    .append(delimiter)
                    .append(found.agreementId())
                    .append(delimiter)
                    .append(found.currency().orElse(channel.currency().name()))
                    .append('\n');
        }
        String name = "agreements-import-" + ready.msn() + "-" + TIME.format(ready.requestedAt()) + ".csv";
        return new ImportFile(
                ready.id(),
                channel.name(),
                name,
                ready.requestedAt().toEpochMilli(),
                text.toString().getBytes(charset));
    }
}
