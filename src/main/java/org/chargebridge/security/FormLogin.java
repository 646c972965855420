package org.chargebridge.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts failed logins of the page, and looks at no password of somebody who failed too often. */
final class FormLogin extends OncePerRequestFilter implements AuthenticationFailureHandler {

    static final String PAGE = "/login";
    private static final String USER = "username";

    private final LoginLimiter limiter;

    FormLogin(LoginLimiter limiter) {
        this.limiter = limiter;
    }

    private static String user(HttpServletRequest request) {
        String user = request.getParameter(USER);
        return user == null ? "" : user;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !("POST".equals(request.getMethod()) && PAGE.equals(request.getServletPath()));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (limiter.blockedFor(user(request), request.getRemoteAddr()).isPresent()) {
            response.sendRedirect(PAGE + "?blocked");
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        limiter.failed(user(request), request.getRemoteAddr());
        response.sendRedirect(PAGE + "?failed");
    }

    /** Goes on to the page that was asked for first. */
    SavedRequestAwareAuthenticationSuccessHandler success() {
        return new SavedRequestAwareAuthenticationSuccessHandler() {
            @Override
            public void onAuthenticationSuccess(
                    HttpServletRequest request, HttpServletResponse response, Authentication login)
                    throws ServletException, IOException {
                limiter.succeeded(user(request), request.getRemoteAddr());
                super.onAuthenticationSuccess(request, response, login);
            }
        };
    }
}
