package org.chargebridge.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.chargebridge.channel.NodeDisk;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leaves files unread that somebody sends who is not, or no longer, logged in: to look for the form's token is to read all of them. A form
 * that cannot be kept because this node's disk is full would seem to have no token, and is answered with 507.
 */
final class UploadGuard extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            if (login == null || !login.isAuthenticated()) {
                EndedSession.tell(response);
                return;
            }
            if (findsNoRoom(request)) {
                response.sendError(HttpStatus.INSUFFICIENT_STORAGE.value());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean findsNoRoom(HttpServletRequest request) {
        try {
            request.getParts();
            return false;
        } catch (IOException | ServletException | IllegalStateException unread) {
            // Whatever else is wrong with it is answered where it is asked for.
            return NodeDisk.trouble(unread).isPresent();
        }
    }
}
