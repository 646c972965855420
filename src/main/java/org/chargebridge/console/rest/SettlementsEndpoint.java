package org.chargebridge.console.rest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
 * the JSON body, or with a {@code date} beside it behind a day that the API counts differently; with
 * {@code "anew": true} a feed that cannot go on is read from its beginning. It wants the content type of JSON, lest a form on another site decides.
 */
@Component
@WebEndpoint(id = "settlements")
class SettlementsEndpoint {

    private final GapRelease release;

    SettlementsEndpoint(GapRelease release) {
        this.release = release;
    }

    @WriteOperation
    WebEndpointResponse<Object> letGo(
            @Selector String ledger,
            @Nullable String reason,
            @Nullable String date,
            @Nullable Boolean anew,
            SecurityContext security) {
        String why = Reasons.of(reason);
        Optional<Result> fault = Reasons.fault(why, true);
        if (fault.isPresent()) {
            return message(fault.get().message(), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        String actor = Logins.actor(security).name();
        if (Boolean.TRUE.equals(anew)) {
            return release.readAnew(ledger, actor, why)
                    ? message("The feeds of this ledger are read from their beginning.", 200)
                    : message(
                            "There is no such ledger, or its feeds can be read.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (date != null) {
            return letGoOfDay(ledger, date, actor, why);
        }
        return release.letGo(ledger, actor, why)
                ? message(letGo(release.gap(ledger)), 200)
                : message("There is no such ledger, or its balance follows.", WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static String letGo(OptionalLong next) {
        return next.isEmpty()
                ? "Reports of this ledger go on."
                : "Reports of this ledger go on to entry " + next.getAsLong()
                        + ", where the balance does not follow either: let go of that one when it is explained.";
    }

    private WebEndpointResponse<Object> letGoOfDay(String ledger, String date, String actor, String why) {
        try {
            return release.letGoOfDay(ledger, LocalDate.parse(date), actor, why)
                    ? message("Reports of this ledger go on.", 200)
                    : message(
                            "There is no such ledger, or that day does not differ.",
                            WebEndpointResponse.STATUS_NOT_FOUND);
        } catch (DateTimeParseException noDate) {
            return message("date is a day like 2026-12-01.", WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
