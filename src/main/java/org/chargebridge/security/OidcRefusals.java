package org.chargebridge.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.client.RestClientResponseException;

/**
 * Tells whom a provider of OpenID Connect could not let in that it did not work, and the log why. Of what a provider
 * says, through the browser and so perhaps not itself, the code of the error is kept, cut and on its line.
 */
final class OidcRefusals implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OidcRefusals.class);
    private static final int WHY_MAX = 300;
    /** What is said here about a token. What the provider says itself may name the person, or hold a token. */
    private static final Set<String> OUR_OWN = Set.of("invalid_id_token", OidcPeople.NO_NAME);
    /** An old address opened again, or a session that ended meanwhile: daily, and nobody has to mend anything. */
    private static final String TOO_LATE = "authorization_request_not_found";

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        String why = why(refused);
        if (!why.startsWith(TOO_LATE)) {
            LOG.warn("A login through OpenID Connect failed ({}). Check the provider and its settings.", why);
        }
        response.sendRedirect(FormLogin.PAGE + "?refused");
    }

    private static String why(AuthenticationException refused) {
        if (!(refused instanceof OAuth2AuthenticationException known)) {
            return oneLine(String.valueOf(
                    refused.getCause() == null
                            ? refused.getMessage()
                            : refused.getCause().getMessage()));
        }
        String code = known.getError().getErrorCode();
        String why = OUR_OWN.contains(code) ? ": " + known.getError().getDescription() : "";
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientResponseException answer) {
                return oneLine(code + ": status " + answer.getStatusCode().value());
            }
            if (cause instanceof IOException unreached) {
                return oneLine(code + ": " + unreached.getMessage());
            }
        }
        return oneLine(code + why);
    }

    private static String oneLine(String why) {
        String line = why.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > WHY_MAX ? line.substring(0, WHY_MAX) : line;
    }
}
