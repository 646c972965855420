package org.chargebridge.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.OneLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Tells whom a provider of OpenID Connect could not let in which of a few things it was, and the log once why. Of what a
 * provider says, through the browser and so perhaps not itself, the code of the error is kept, cut and on its line.
 */
final class OidcRefusals implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OidcRefusals.class);
    private static final int WHY_MAX = 300;
    /** What is said here about a token. What the provider says itself may name the person, or hold a token. */
    private static final Set<String> OUR_OWN = Set.of("invalid_id_token", OidcPeople.NO_NAME, OidcRoles.NO_ROLE);
    /** An old address opened again, or a session that ended meanwhile: daily, and nobody has to mend anything. */
    private static final String TOO_LATE = "authorization_request_not_found";

    private final OidcCalls calls;
    private final OidcStanding standing;
    private final MeterRegistry meters;

    OidcRefusals(OidcCalls calls, OidcStanding standing, MeterRegistry meters) {
        this.calls = calls;
        this.standing = standing;
        this.meters = meters;
    }

    static Counter counter(MeterRegistry meters, OidcRefusal why) {
        return meters.counter("chargebridge.oidc.refusals", "outcome", why.word());
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        OidcRefusal refusal = refusal(request, refused);
        counter(meters, refusal).increment();
        response.sendRedirect(FormLogin.PAGE + "?oidc=" + refusal.word());
    }

    private OidcRefusal refusal(HttpServletRequest request, AuthenticationException refused) {
        Optional<String> away = calls.whyAway(refused);
        if (away.isPresent()) {
            String path = request.getServletPath();
            standing.missed(path.substring(path.lastIndexOf('/') + 1), away.get());
            return OidcRefusal.AWAY;
        }
        String code = refused instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : refused.getClass().getSimpleName();
        if (code.equals(TOO_LATE)) {
            return OidcRefusal.LATE;
        }
        String described = OUR_OWN.contains(code) && refused instanceof OAuth2AuthenticationException known
                ? ": " + known.getError().getDescription()
                : "";
        LOG.warn(
                "A login through OpenID Connect failed ({}). Check the provider and its settings.",
                oneLine(code + described));
        return code.equals(OidcRoles.NO_ROLE) ? OidcRefusal.NO_ROLE : OidcRefusal.REFUSED;
    }

    private static String oneLine(String why) {
        String line = OneLine.blanked(why);
        return line.length() > WHY_MAX ? line.substring(0, WHY_MAX) : line;
    }
}
