package org.chargebridge.console.rest;

import java.util.Map;
import org.chargebridge.channel.Channels;
import org.chargebridge.console.Deliveries;
import org.chargebridge.console.Result;
import org.chargebridge.ledger.SentFiles;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code GET /observe/deliveries/<channel>} lists the last files that went to an ERP, newest first; {@code POST
 * /observe/deliveries/<id>} with a {@code reason} in the JSON body delivers one again, byte for byte. It wants the content
 * type of JSON, lest a form on another site decides.
 */
@Component
@WebEndpoint(id = "deliveries")
class DeliveriesEndpoint {

    private final SentFiles files;
    private final Deliveries deliveries;
    private final Channels channels;

    DeliveriesEndpoint(SentFiles files, Deliveries deliveries, Channels channels) {
        this.files = files;
        this.deliveries = deliveries;
        this.channels = channels;
    }

    @ReadOperation
    WebEndpointResponse<Object> last(@Selector String channel, @Nullable Integer limit) {
        if (!channels.has(channel)) {
            return message("There is no such channel.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        int size = Paged.size(limit);
        return new WebEndpointResponse<>(Map.of("files", files.last(channel, size)));
    }

    @WriteOperation
    WebEndpointResponse<Object> again(@Selector long id, @Nullable String reason, SecurityContext security) {
        Result result = deliveries.again(id, Logins.actor(security), reason);
        return message(result.message(), Answers.status(result).value());
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
