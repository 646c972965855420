package org.chargebridge.intake.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.HttpUser;
import org.chargebridge.intake.ReceivedFile;
import org.chargebridge.intake.SpoolFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Stands between the login and the routes: knows for which channel somebody asks, and lets a request through when all of
 * its body is here. A body that breaks off, is too large or of another kind never reaches a route, so that nothing of it
 * is charged (MR14).
 */
@Component
public class HttpDoor {

    /** Where instructions are sent. */
    static final String INSTRUCTIONS = "/api/instructions";

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final long SMALL_BODY_MAX = 1 << 20;

    private final Map<String, Channel> channels;
    private final SpoolFile spool;
    private final DoorSettings settings;
    private final ApplicationAvailability availability;
    private final AnsweringRoutes routes;
    private final Clock clock;

    HttpDoor(
            Channels channels,
            SpoolFile spool,
            DoorSettings settings,
            ApplicationAvailability availability,
            AnsweringRoutes routes,
            Clock clock) {
        this.availability = availability;
        this.routes = routes;
        this.channels = channels.httpUsers().stream()
                .collect(Collectors.toMap(HttpUser::name, user -> channels.named(user.channel())));
        this.spool = spool;
        this.settings = settings;
        this.clock = clock;
    }

    /** Lets a request of somebody who logged in through, or answers why not. */
    public void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        Caller caller;
        try {
            caller = caller(request);
        } catch (HttpProblemException refused) {
            refused.problem().write(response);
            return;
        }
        try {
            request.setAttribute(Caller.ATTRIBUTE, caller);
            chain.doFilter(new ClosedRequest(request), response);
        } finally {
            caller.instructions().ifPresent(spool::remove);
        }
    }

    private Caller caller(HttpServletRequest request) {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            throw HttpProblem.later("The gateway is starting or stopping.").exception();
        }
        String user = request.getUserPrincipal().getName();
        Channel channel = channels.get(user);
        String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
        String key = Optional.ofNullable(request.getHeader("Idempotency-Key")).orElse("");
        // As the routes read it: letters may be written with their codes.
        String path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
        Optional<String> stopped = routes.stopped(request.getMethod(), path);
        if (stopped.isPresent()) {
            throw HttpProblem.later("The route " + stopped.get() + " is stopped.")
                    .exception();
        }
        Optional<ReceivedFile> instructions = Optional.empty();
        byte[] body = new byte[0];
        if (request.getMethod().equals("POST")) {
            BodyKind.require(request);
            if (path.equals(INSTRUCTIONS)) {
                instructions = Optional.of(instructions(request, user, channel));
            } else {
                body = small(request);
            }
        }
        return new Caller(user, channel, path, accept, key, instructions, body);
    }

    private ReceivedFile instructions(HttpServletRequest request, String user, Channel channel) {
        String name = GivenName.of(request, clock.instant());
        long most = settings.bodyMax().toBytes();
        try {
            return spool.spoolBody(channel.name(), user, name, clock.instant(), body(request, most));
        } catch (IOException e) {
            throw failed(e, user, most);
        }
    }

    private byte[] small(HttpServletRequest request) {
        try {
            return body(request, SMALL_BODY_MAX).readAllBytes();
        } catch (IOException e) {
            throw failed(e, request.getUserPrincipal().getName(), SMALL_BODY_MAX);
        }
    }

    private static CallerBody body(HttpServletRequest request, long most) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > most) {
            throw new CallerBody.TooLong();
        }
        return new CallerBody(request.getInputStream(), announced, most);
    }

    private static HttpProblemException failed(IOException e, String user, long most) {
        if (e instanceof CallerBody.TooLong) {
            return HttpProblem.of(
                            413,
                            "Too large",
                            "The body is larger than " + most + " bytes.",
                            "Send it in several requests, or leave it as a file on the SFTP server.")
                    .exception();
        }
        if (e instanceof CallerBody.Broken) {
            LOG.info("{} of {} is dropped, nothing of it is recorded: {}", "A request", user, e.getMessage());
            return HttpProblem.of(400, "Incomplete", e.getMessage() + ".", "Send all of it again.")
                    .exception();
        }
        LOG.error("A request of {} could not be stored: {}", user, e.getMessage());
        return HttpProblem.later("The body cannot be stored on this node.").exception();
    }
}
