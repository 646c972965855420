package org.chargebridge.console.rest;

import java.security.Principal;
import java.util.Map;
import org.chargebridge.settlement.GapRelease;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code POST /observe/settlements/<ledger>}: reports go on behind a balance that did not follow, with a {@code reason} in
 * the JSON body. It wants the content type of JSON, lest a form on another site decides.
 */
@Component
@WebEndpoint(id = "settlements")
class SettlementsEndpoint {

    private static final int REASON_MAX = 1_000;

    private final GapRelease release;

    SettlementsEndpoint(GapRelease release) {
        this.release = release;
    }

    @WriteOperation
    WebEndpointResponse<Object> letGo(@Selector String ledger, @Nullable String reason, SecurityContext security) {
        String why = reason == null ? "" : reason.strip();
        if (why.isEmpty() || why.length() > REASON_MAX) {
            return message("Say in reason how the balance is explained, in at most 1000 characters.", 400);
        }
        Principal principal = security.getPrincipal();
        return release.letGo(ledger, principal == null ? "unknown" : principal.getName(), why)
                ? message("Reports of this ledger go on.", 200)
                : message("There is no such ledger, or its balance follows.", WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
