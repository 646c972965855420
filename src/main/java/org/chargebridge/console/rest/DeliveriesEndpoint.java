package org.chargebridge.console.rest;

import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.SentFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code GET /observe/deliveries/<channel>} lists the last files that went to an ERP, newest first; {@code POST
 * /observe/deliveries/<id>} with a {@code reason} in the JSON body delivers one again, byte for byte. It wants the content
 * type of JSON, lest a form on another site decides.
 */
@Component
@WebEndpoint(id = "deliveries")
class DeliveriesEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveriesEndpoint.class);
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;
    private static final int REASON_MAX = 1_000;

    private final SentFiles files;
    private final AuditTrail auditTrail;
    private final Channels channels;
    private final TransactionTemplate transactions;

    DeliveriesEndpoint(SentFiles files, AuditTrail auditTrail, Channels channels, TransactionTemplate transactions) {
        this.files = files;
        this.auditTrail = auditTrail;
        this.channels = channels;
        this.transactions = transactions;
    }

    @ReadOperation
    WebEndpointResponse<Object> last(@Selector String channel, @Nullable Integer limit) {
        if (!channels.has(channel)) {
            return message("There is no such channel.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        int size = Math.max(1, Math.min(limit == null ? LIMIT : limit, LIMIT_MAX));
        return new WebEndpointResponse<>(Map.of("files", files.last(channel, size)));
    }

    @WriteOperation
    WebEndpointResponse<Object> again(@Selector long id, @Nullable String reason, SecurityContext security) {
        String why = reason == null ? "" : reason.strip();
        if (why.isEmpty() || why.length() > REASON_MAX) {
            return message("Say in reason why it is delivered again, in at most 1000 characters.", 400);
        }
        Principal principal = security.getPrincipal();
        String actor = principal == null ? "unknown" : principal.getName();
        Optional<String> name = Optional.ofNullable(transactions.execute(status -> {
                    Optional<String> again = files.deliverAgain(id);
                    again.ifPresent(file -> auditTrail.record(
                            actor, "deliver again", "outbound file " + id, why, file + " is delivered again"));
                    return again;
                }))
                .flatMap(found -> found);
        name.ifPresent(file -> LOG.info("{} is delivered again: asked for by {}", file, actor));
        return name.map(file -> message(file + " is delivered again; what lies there still is left as it is.", 202))
                .orElseGet(() -> refused(id));
    }

    private WebEndpointResponse<Object> refused(long id) {
        Optional<Instant> deleted = files.bytesDeletedAt(id);
        if (deleted.isEmpty()) {
            return message("There is no such file, or it is still on its way.", 404);
        }
        return message(
                "The bytes of this file were deleted on "
                        + deleted.get().atOffset(ZoneOffset.UTC).toLocalDate()
                        + ", as chargebridge.retention.file-bytes says. Its name, size and hash are kept.",
                410);
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
