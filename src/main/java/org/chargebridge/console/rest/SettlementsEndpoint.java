package org.chargebridge.console.rest;

import java.util.Map;
import java.util.Optional;
import org.chargebridge.console.Reasons;
import org.chargebridge.console.Result;
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

    private final GapRelease release;

    SettlementsEndpoint(GapRelease release) {
        this.release = release;
    }

    @WriteOperation
    WebEndpointResponse<Object> letGo(@Selector String ledger, @Nullable String reason, SecurityContext security) {
        String why = Reasons.of(reason);
        Optional<Result> fault = Reasons.fault(why, true);
        if (fault.isPresent()) {
            return message(fault.get().message(), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return release.letGo(ledger, Logins.actor(security).name(), why)
                ? message("Reports of this ledger go on.", 200)
                : message("There is no such ledger, or its balance follows.", WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
