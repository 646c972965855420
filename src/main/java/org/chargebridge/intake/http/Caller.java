package org.chargebridge.intake.http;

import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.intake.ReceivedFile;

/**
 * Who asks, and with what.
 *
 * @param user who logged in
 * @param channel the only one in whose name this user asks
 * @param path as asked for, decoded
 * @param accept the media types that may be answered, as written; empty for any
 * @param key the Idempotency-Key; empty without
 * @param instructions a body with instructions, safe on this node's disk
 * @param body any other body
 */
public record Caller(
        String user,
        Channel channel,
        String path,
        String accept,
        String key,
        Optional<ReceivedFile> instructions,
        byte[] body) {

    /** Where a request carries it. */
    static final String ATTRIBUTE = "chargebridge.caller";

    /** The media type of a receipt in a format. */
    static String mediaType(Channel.ReportFormat format) {
        return switch (format) {
            case CSV -> "text/csv";
            case JSON_LINES -> "application/x-ndjson";
        };
    }

    /** What stands after the last slash of the path. */
    String lastOfPath() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The format in which a receipt may be answered, the one that is wanted more; JSON Lines where both are alike. */
    public Channel.ReportFormat receiptFormat() {
        return Accepted.receiptFormat(accept).orElseThrow(Caller::notAcceptable);
    }

    private static HttpProblemException notAcceptable() {
        return HttpProblem.of(
                        406,
                        "Not acceptable",
                        "A receipt is JSON Lines or CSV.",
                        "Send Accept: application/x-ndjson or Accept: text/csv.")
                .exception();
    }
}
