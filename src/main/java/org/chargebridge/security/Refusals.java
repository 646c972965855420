package org.chargebridge.security;

import jakarta.servlet.http.HttpServletResponse;
import org.chargebridge.intake.http.HttpProblem;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What a program is told that has not logged in, or may not do what it asks for (RFC 9457). */
final class Refusals {

    private Refusals() {}

    /** Of the operator's REST interface. */
    static AuthenticationEntryPoint loginRequired() {
        return loginRequired(
                "The user or the password is missing or wrong.",
                "Send the ones of chargebridge.users or chargebridge.operator with HTTP Basic.");
    }

    static AuthenticationEntryPoint loginRequired(String detail, String remedy) {
        return (request, response, refused) -> {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Chargebridge\", charset=\"UTF-8\"");
            HttpProblem.of(HttpServletResponse.SC_UNAUTHORIZED, "Login required", detail, remedy)
                    .write(response);
        };
    }

    static AccessDeniedHandler roleMissing() {
        return (request, response, refused) -> HttpProblem.of(
                        HttpServletResponse.SC_FORBIDDEN,
                        "Not allowed",
                        "You may not do that: your user has not the role for it.",
                        "Ask somebody who has it; roles stand in chargebridge.users.")
                .write(response);
    }
}
