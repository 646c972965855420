package org.chargebridge.camelconsole;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only those requests through that name a console by its exact id, come to an address of this machine, and not from a
 * page of another site. (Camel takes any console whose id is part of what was asked for, and {@code all} for every one.)
 */
public final class ConsoleRequests extends OncePerRequestFilter {

    /** A browser says where a request comes from; other programs say nothing. */
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

    private final String consoles;

    /** @param basePath of the management endpoints, without a slash at its end */
    public ConsoleRequests(String basePath) {
        this.consoles = basePath + "/camel";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!InetAddress.getByName(request.getLocalAddr()).isLoopbackAddress() || isFromAnotherSite(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (!isAllowed(request.getMethod(), request.getRequestURI())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isFromAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_PAGES.contains(site);
        }
        // Browsers that do not say so, or not to an address without TLS, name the page that a form was sent from.
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equalsIgnoreCase(request.getScheme() + "://" + request.getHeader("Host"));
    }

    /** @param path as it was sent, so that what is encoded is no known id */
    boolean isAllowed(String method, String path) {
        if (path.equals(consoles)) {
            return method.equals("GET");
        }
        return !path.startsWith(consoles + "/")
                || method.equals("GET") && Consoles.READING.contains(path.substring(consoles.length() + 1));
    }
}
