package org.chargebridge.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.intake.http.HttpProblem;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 429 to whoever failed to log in too often, before the password is looked at. */
final class LoginThrottle extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String BASIC = "basic ";
    private static final String COUNTED = LoginThrottle.class.getName() + ".counted";

    private final LoginLimiter limiter;

    LoginThrottle(LoginLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> user = user(request.getHeader("Authorization"));
        if (user.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String address = request.getRemoteAddr();
        Optional<Duration> blocked = limiter.blockedFor(user.get(), address);
        if (blocked.isPresent()) {
            refuse(response, blocked.get());
            return;
        }
        chain.doFilter(request, response);
        if (request.getAttribute(COUNTED) != null) {
            return;
        }
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
            limiter.failed(user.get(), address);
        } else {
            limiter.succeeded(user.get(), address);
        }
    }

    /** Counts a failure before it is answered: whoever guesses may ask again as soon as they have read the answer. */
    AuthenticationEntryPoint counting(AuthenticationEntryPoint answer) {
        return (request, response, refused) -> {
            user(request.getHeader("Authorization")).ifPresent(user -> {
                limiter.failed(user, request.getRemoteAddr());
                request.setAttribute(COUNTED, true);
            });
            answer.commence(request, response, refused);
        };
    }

    private static void refuse(HttpServletResponse response, Duration blocked) throws IOException {
        response.setHeader("Retry-After", String.valueOf(blocked.plusMillis(999).toSeconds()));
        HttpProblem.of(
                        TOO_MANY_REQUESTS,
                        "Too many failed logins",
                        "This user failed to log in too often from this address; the password was not looked at.",
                        "Wait as long as Retry-After says, and send the right password.")
                .write(response);
    }

    /** Empty where no user can be read: such a login fails without a password being looked at. */
    private static Optional<String> user(String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            byte[] login = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String text = new String(login, StandardCharsets.UTF_8);
            int end = text.indexOf(':');
            return end < 0 ? Optional.empty() : Optional.of(text.substring(0, end));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
