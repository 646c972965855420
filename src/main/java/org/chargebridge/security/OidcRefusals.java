package org.chargebridge.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Tells whom a provider of OpenID Connect could not let in that it did not work, and the log why. What a provider says
 * comes through the browser, and so from anybody: it is cut, and kept on its line.
 */
final class OidcRefusals implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OidcRefusals.class);
    private static final int WHY_MAX = 300;
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
        Throwable cause = refused.getCause();
        String why;
        if (refused instanceof OAuth2AuthenticationException known) {
            String description = known.getError().getDescription();
            why = known.getError().getErrorCode() + (description == null ? "" : ": " + description);
        } else {
            why = String.valueOf(cause == null ? refused.getMessage() : cause.getMessage());
        }
        String line = why.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > WHY_MAX ? line.substring(0, WHY_MAX) : line;
    }
}
