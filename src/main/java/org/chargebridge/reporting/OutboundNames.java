package org.chargebridge.reporting;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.ReceiptRequest;
import org.chargebridge.ledger.StatusReport;
import org.chargebridge.reporting.format.RowWriter;

/** Names of the files that go back: functions of the ledger, so that rendering twice gives the same name. */
final class OutboundNames {

    private static final DateTimeFormatter CUT_OFF =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int HASH_LENGTH = 8;
    private static final int STEM_BYTES_MAX = 150;

    private OutboundNames() {}

    /** {@code receipt-<stem>-<first 8 of SHA-256>[-<number>].csv} */
    static String receipt(ReceiptRequest request, Channel.ReportFormat format) {
        return answer("receipt-", request, format);
    }

    /** {@code errors-<stem>-<first 8 of SHA-256>[-<number>].csv} */
    static String errors(ReceiptRequest request, Channel.ReportFormat format) {
        return answer("errors-", request, format);
    }

    /** {@code drafts-<stem>-<first 8 of SHA-256>[-<number>].csv} */
    static String drafts(String sourceFile, String sha256, int number, Channel.ReportFormat format) {
        int dot = sourceFile.lastIndexOf('.');
        return "drafts-"
                + stem(dot <= 0 ? sourceFile : sourceFile.substring(0, dot))
                + "-"
                + sha256.substring(0, HASH_LENGTH)
                + (number == 1 ? "" : "-" + number)
                + RowWriter.extension(format);
    }

    /** {@code query-<stem>-<first 8 of SHA-256>.csv} */
    static String query(String sourceFile, String sha256, Channel.ReportFormat format) {
        int dot = sourceFile.lastIndexOf('.');
        String stem = stem(dot <= 0 ? sourceFile : sourceFile.substring(0, dot));
        return "query-" + stem + "-" + sha256.substring(0, HASH_LENGTH) + RowWriter.extension(format);
    }

    private static String answer(String prefix, ReceiptRequest request, Channel.ReportFormat format) {
        return prefix
                + stem(request.stem())
                + "-"
                + request.file().sha256().substring(0, HASH_LENGTH)
                + (request.number() == 1 ? "" : "-" + request.number())
                + RowWriter.extension(format);
    }

    /** {@code status-<channel>-<running number>-<cut-off in UTC>.csv} */
    static String status(StatusReport report, Channel.StatusFormat format) {
        return "status-"
                + report.channel()
                + "-"
                + report.number()
                + "-"
                + CUT_OFF.format(report.cutOff())
                + format.rows().map(RowWriter::extension).orElse(".pain002.xml");
    }

    /** Without characters that an SFTP client or server takes for a pattern or path, and short enough for any disk. */
    private static String stem(String given) {
        String clean = given.replaceAll("[\\\\/:*?\"<>|\\[\\]\\p{Cc}]", "_");
        if (clean.equals(given) && given.getBytes(StandardCharsets.UTF_8).length <= STEM_BYTES_MAX) {
            return given;
        }
        int length = clean.length();
        while (clean.substring(0, length).getBytes(StandardCharsets.UTF_8).length > STEM_BYTES_MAX) {
            length = clean.offsetByCodePoints(length, -1);
        }
        return clean.substring(0, length) + "-" + hash(given);
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
    }

    /** ISO 8601 with the offset of a channel's zone. */
    static String time(Instant instant, Channel channel) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX").format(instant.atZone(channel.zone()));
    }
}
