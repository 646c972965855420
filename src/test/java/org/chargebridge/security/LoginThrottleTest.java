package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

class LoginThrottleTest {

    private static final int FAILURES = 3;

    private final LoginThrottle throttle = new LoginThrottle(
            new LoginLimiter(new LoginSettings(FAILURES, Duration.ofMinutes(5)), 4, System::nanoTime));
    /** Nobody's password is right. */
    private final BasicAuthenticationFilter passwords = new BasicAuthenticationFilter(
            login -> {
                throw new BadCredentialsException("wrong");
            },
            (request, response, refused) -> response.sendError(401));

    private int statusOf(String authorization) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/operator/routes");
        request.addHeader("Authorization", authorization);
        MockHttpServletResponse response = new MockHttpServletResponse();
        throttle.doFilter(
                request, response, (asked, answered) -> passwords.doFilter(asked, answered, new MockFilterChain()));
        return response.getStatus();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "bAsIc ", "Basic\t", "Basic,", "Basic:"})
    void passwordsCannotBeTriedOutHoweverTheLoginIsWritten(String scheme) throws ServletException, IOException {
        String login = Base64.getEncoder().encodeToString("ann:guess".getBytes(StandardCharsets.UTF_8));
        for (int guess = 0; guess < FAILURES; guess++) {
            assertThat(statusOf(scheme + login)).isEqualTo(401);
        }

        assertThat(statusOf(scheme + login)).isEqualTo(429);
        assertThat(statusOf("Basic " + login)).isEqualTo(429);
    }
}
