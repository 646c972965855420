package org.chargebridge.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.MissingCsrfTokenException;

/**
 * What becomes of a page that was open for longer than its session: whoever sends its form is asked to log in and told that
 * nothing was done, not that they may not; a part of it that asks for news has the whole page read again.
 */
final class EndedSession implements AccessDeniedHandler {

    private static final String TOLD = FormLogin.PAGE + "?ended";

    private final AccessDeniedHandler others = new AccessDeniedHandlerImpl();

    /** Where somebody logs in first; a request of a script on a page, for a part of it, has that page read again. */
    static AuthenticationEntryPoint login() {
        AuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint(FormLogin.PAGE);
        return (request, response, refused) -> {
            if (request.getHeader("HX-Request") == null) {
                page.commence(request, response, refused);
            } else {
                response.setHeader("HX-Refresh", "true");
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }

    static void tell(HttpServletResponse response) throws IOException {
        response.sendRedirect(TOLD);
    }

    /** The token of a form is kept with the session: where there is none at all, that has ended. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException, ServletException {
        if (response.isCommitted()) {
            // Its form broke off, and the server has said so.
            return;
        }
        if (refused instanceof MissingCsrfTokenException) {
            tell(response);
        } else {
            others.handle(request, response, refused);
        }
    }
}
