package org.chargebridge.console.rest;

import java.util.Map;
import java.util.Optional;
import org.chargebridge.agreement.ImportRequests;
import org.chargebridge.channel.Channels;
import org.chargebridge.console.Reasons;
import org.chargebridge.console.Result;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code POST /observe/agreements/<channel>/import}: the agreements of the channel's sales unit enter its mapping table
 * (MR21), with a {@code reason} in the JSON body if there is one to tell. It wants the content type of JSON, lest a form on another site asks.
 */
@Component
@WebEndpoint(id = "agreements")
class AgreementsEndpoint {

    private final ImportRequests imports;
    private final Channels channels;

    AgreementsEndpoint(ImportRequests imports, Channels channels) {
        this.imports = imports;
        this.channels = channels;
    }

    @WriteOperation
    WebEndpointResponse<Object> ask(
            @Selector String channel, @Selector String what, @Nullable String reason, SecurityContext security) {
        if (!what.equals("import")) {
            return message("Post to .../import.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (!channels.has(channel)) {
            return message("There is no such channel.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        String why = Reasons.of(reason);
        Optional<Result> fault = Reasons.fault(why, false);
        if (fault.isPresent()) {
            return message(fault.get().message(), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return imports.request(channel, Logins.actor(security).name(), why)
                ? message("The agreements are listed now; the channel gets a receipt.", 202)
                : message("An import of this channel is under way.", 409);
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
