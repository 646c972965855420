package org.chargebridge.publicport;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything else that looks at a request: on the public port only listed paths go on, on other ports all
 * but those. What does not go on is answered 404 without a word.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class PublicGate extends OncePerRequestFilter {

    private static final String PASSED = PublicGate.class.getName() + ".passed";

    /** Opening a page, or asking whether it is there. */
    private static final Set<String> OPENING = Set.of("GET", "HEAD");

    private final PublicConnector connector;
    private final PublicSettings settings;
    private final List<PublicPath> paths;

    PublicGate(PublicConnector connector, PublicSettings settings, ObjectProvider<PublicPath> paths) {
        this.connector = connector;
        this.settings = settings;
        this.paths = paths.stream().toList();
    }

    /** Whether a request came to the public port and asks for a listed path: anybody may. */
    public static boolean passed(HttpServletRequest request) {
        return request.getAttribute(PASSED) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String asked = request.getRequestURI();
        Optional<PublicPath> listed =
                paths.stream().filter(path -> path.isAt(asked)).findFirst();
        if (connector.received(request)) {
            Optional<String> meant = meant(request.getMethod(), asked);
            if (meant.isPresent()) {
                lead(response, meant.get());
                return;
            }
            Optional<PublicPath> allowed = listed.filter(path -> path.methods().contains(request.getMethod()));
            if (allowed.isPresent()) {
                request.setAttribute(PASSED, true);
                pass(request, response, chain, allowed.get());
            } else {
                refuse(response, HttpStatus.NOT_FOUND);
            }
        } else if (listed.isPresent()) {
            refuse(response, HttpStatus.NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<String> meant(String method, String asked) {
        return OPENING.contains(method)
                ? paths.stream()
                        .flatMap(path -> path.meant().apply(asked).stream())
                        .filter(path -> !path.equals(asked))
                        .findFirst()
                : Optional.empty();
    }

    /** To the address as the world knows it: a proxy may have taken a part of that off. */
    private void lead(HttpServletResponse response, String path) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader("Location", settings.address(path).toString());
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(0);
    }

    private static void pass(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, PublicPath path)
            throws ServletException, IOException {
        int bodyMax = path.bodyMax();
        long length = request.getContentLengthLong();
        if (length > bodyMax) {
            refuse(response, HttpStatus.PAYLOAD_TOO_LARGE);
        } else if (!path.forms() && mayBeForm(request)) {
            refuse(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        } else if (isForm(request)) {
            if (length < 0) {
                refuse(response, HttpStatus.LENGTH_REQUIRED);
            } else {
                chain.doFilter(request, response);
            }
        } else {
            ReadBody body = ReadBody.of(request.getInputStream(), bodyMax);
            switch (body.end()) {
                case WHOLE -> chain.doFilter(body.in(request), response);
                case TOO_LONG -> refuse(response, HttpStatus.PAYLOAD_TOO_LARGE);
                case TOO_SLOW -> refuse(response, HttpStatus.REQUEST_TIMEOUT);
            }
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    /** Whether anything behind this could take it for a form: some look for the word alone, wherever it stands. */
    private static boolean mayBeForm(HttpServletRequest request) {
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        return type.contains(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                || type.contains(MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    /** What was not read of the request is not read any more, and the connection ends. */
    private static void refuse(HttpServletResponse response, HttpStatus status) {
        response.setStatus(status.value());
        response.setContentLength(0);
        if (status != HttpStatus.NOT_FOUND) {
            response.setHeader("Connection", "close");
        }
    }
}
