package org.chargebridge.console.rest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
 * {@code POST /observe/settlements/<ledger>} with a {@code reason} in the JSON body and one of these beside it: behind an
 * {@code entry} whose balance does not follow, or a {@code date} that the API counts differently, reports go on; with
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
            @Nullable Long entry,
            @Nullable String date,
            @Nullable Boolean anew,
            SecurityContext security) {
        String why = Reasons.of(reason);
        Optional<Result> fault = Reasons.fault(why, true);
        if (fault.isPresent()) {
            return message(fault.get().message(), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        boolean again = Boolean.TRUE.equals(anew);
        if (Stream.of(entry != null, date != null, again).filter(said -> said).count() != 1) {
            return message(
                    "Say what it is about, and one thing only: \"entry\": 45 whose balance does not follow, \"date\": \"2026-12-01\""
                            + " that differs, or \"anew\": true for a feed that cannot be read.",
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        String actor = Logins.actor(security).name();
        if (again) {
            return release.readAnew(ledger, actor, why)
                    ? message("The feeds of this ledger are read from their beginning.", 200)
                    : message(
                            "There is no such ledger, or its feeds can be read.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (date != null) {
            return letGoOfDay(ledger, date, actor, why);
        }
        return release.letGo(ledger, entry, actor, why)
                ? message(letGo(release.gap(ledger)), 200)
                : message(
                        "There is no such ledger, or its reports do not wait for that entry.",
                        WebEndpointResponse.STATUS_NOT_FOUND);
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
