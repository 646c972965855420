package org.chargebridge.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.chargebridge.intake.http.HttpProblem;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 429 to whoever failed to log in too often, before the password is looked at. */
final class LoginThrottle extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String COUNTED = LoginThrottle.class.getName() + ".counted";

    private final BasicAuthenticationConverter logins = new BasicAuthenticationConverter();
    private final LoginLimiter limiter;

    LoginThrottle(LoginLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> user = user(request);
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
            user(request).ifPresent(user -> {
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

    /**
     * Read as whoever looks the password up reads it, who takes any character for the blank behind {@code Basic}: a login
     * that is written in another way is no other. Empty where no user can be read: such a login fails without a password
     * being looked at.
     */
    private Optional<String> user(HttpServletRequest request) {
        try {
            return Optional.ofNullable(logins.convert(request)).map(Authentication::getName);
        } catch (AuthenticationException unreadable) {
            return Optional.empty();
        }
    }
}
