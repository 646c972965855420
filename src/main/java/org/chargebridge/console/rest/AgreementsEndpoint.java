package org.chargebridge.console.rest;

import java.security.Principal;
import java.util.Map;
import org.chargebridge.agreement.ImportRequests;
import org.chargebridge.channel.Channels;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/**
 * {@code POST /observe/agreements/<channel>/import}: the agreements of the channel's sales unit enter its mapping table
 * (MR21). It wants the content type of JSON, lest a form on another site asks.
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
    WebEndpointResponse<Object> ask(@Selector String channel, @Selector String what, SecurityContext security) {
        if (!what.equals("import")) {
            return message("Post to .../import.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (!channels.has(channel)) {
            return message("There is no such channel.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        Principal principal = security.getPrincipal();
        return imports.request(channel, principal == null ? "unknown" : principal.getName())
                ? message("The agreements are listed now; the channel gets a receipt.", 202)
                : message("An import of this channel is under way.", 409);
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
