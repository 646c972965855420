package org.chargebridge.recurring;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.chargebridge.channel.Channels;

/**
 * What happens to each call of a route between Camel and the network: it gets its keys, found by the
 * {@code Merchant-Serial-Number} it carries and never seen by the route; it loses every header the API does not know;
 * it is cut when it takes too long; and how it ended is told. Calls to other hosts pass untouched and without keys.
 */
final class ApiCalls implements HttpClientConfigurer {

    static final String MSN = "Merchant-Serial-Number";

    private static final String GUARD = "chargebridge-guard";
    private static final String MARK = "chargebridge-mark";
    private static final Set<String> ALLOWED =
            caseInsensitive(MSN, "Idempotency-Key", "Content-Type", "Accept", "Continuation-Token");

    private final ApiClient client;
    private final Channels channels;
    private final AccessTokens tokens;
    private final CallObserver observer;
    private final HttpHost api;
    private final Map<String, String> systemHeaders;
    private final Clock machine;

    ApiCalls(ApiClient client, Channels channels, AccessTokens tokens, CallObserver observer) {
        this(client, channels, tokens, observer, Clock.systemUTC());
    }

    /** @param machine this machine's clock, whatever business time says */
    ApiCalls(ApiClient client, Channels channels, AccessTokens tokens, CallObserver observer, Clock machine) {
        this.machine = machine;
        this.client = client;
        this.channels = channels;
        this.tokens = tokens;
        this.observer = observer;
        URI address = client.settings().address();
        this.api = host(address.getScheme(), address.getHost(), address.getPort());
        this.systemHeaders = SystemHeaders.of(client.settings());
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        client.configure(builder);
        builder.addExecInterceptorFirst(GUARD, this::guard);
        builder.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), MARK, ApiCalls::mark);
    }

    private ClassicHttpResponse guard(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header msn = request.getFirstHeader(MSN);
        if (msn == null || !isForTheApi(request)) {
            return chain.proceed(request, scope);
        }
        CallLimit.Running running =
                client.limit().start(client.settings().callTimeout(), (Cancellable) scope.originalRequest);
        ApiOperation operation = ApiOperation.of(request.getMethod(), request.getPath());
        ApiCall call = new ApiCall(msn.getValue(), operation, running, observer);
        scope.clientContext.setAttribute(MARK, call);
        long began = System.nanoTime();
        try {
            removeUnknownHeaders(request);
            KeySet keys = keys(call);
            String token = authorise(request, call, keys);
            Instant asked = machine.instant();
            ClassicHttpResponse response = chain.proceed(request, scope);
            ahead(response, asked, machine.instant()).ifPresent(observer::dated);
            judgeToken(response, keys, token);
            call.watch(response);
            if (call.isCreate()) {
                HalfCalls.onTheWayBack(response);
            }
            return response;
        } catch (IOException | HttpException | RuntimeException failure) {
            throw call.failed(failure);
        } finally {
            observer.took(operation, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** The date of an answer has no fractions of seconds, and any moment of the call may be the one that it tells. */
    private static Optional<Duration> ahead(ClassicHttpResponse response, Instant asked, Instant answered) {
        Instant from = DateUtils.parseStandardDate(response, HttpHeaders.DATE);
        // An answer that was kept on its way tells an old date.
        if (from == null || response.containsHeader(HttpHeaders.AGE)) {
            return Optional.empty();
        }
        Instant until = from.plusSeconds(1);
        return Optional.of(
                asked.isAfter(until)
                        ? Duration.between(until, asked)
                        : answered.isBefore(from) ? Duration.between(from, answered) : Duration.ZERO);
    }

    /** Runs when a connection stands and the request is about to be written. */
    private static ClassicHttpResponse mark(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(MARK) instanceof ApiCall call) {
            call.aboutToWrite();
            if (call.isCreate()) {
                HalfCalls.onTheWayOut(request);
            }
        }
        return chain.proceed(request, scope);
    }

    private boolean isForTheApi(ClassicHttpRequest request) {
        return request.getAuthority() != null
                && api.equals(host(
                        request.getScheme(),
                        request.getAuthority().getHostName(),
                        request.getAuthority().getPort()));
    }

    private static HttpHost host(String scheme, String name, int port) {
        int standard = "https".equalsIgnoreCase(scheme) ? 443 : 80;
        return new HttpHost(scheme, name, port < 0 ? standard : port);
    }

    private static void removeUnknownHeaders(ClassicHttpRequest request) {
        for (Header header : request.getHeaders()) {
            if (!ALLOWED.contains(header.getName())) {
                request.removeHeaders(header.getName());
            }
        }
    }

    /** Settlements are read with accounting keys where a sales unit has some; those open nothing else. */
    private KeySet keys(ApiCall call) {
        boolean accounting = call.isOfReports()
                && channels.salesUnit(call.msn()).accountingKeys().isPresent();
        return new KeySet(call.msn(), accounting);
    }

    private String authorise(ClassicHttpRequest request, ApiCall call, KeySet keys) throws IOException {
        String token = tokens.token(keys);
        call.requireTimeLeft();
        request.setHeader("Authorization", "Bearer " + token);
        if (keys.accounting()) {
            request.removeHeaders(MSN);
        } else {
            request.setHeader(
                    "Ocp-Apim-Subscription-Key", channels.salesUnit(call.msn()).subscriptionKey());
        }
        systemHeaders.forEach(request::setHeader);
        return token;
    }

    private void judgeToken(ClassicHttpResponse response, KeySet keys, String token) {
        if (response.getCode() == 401) {
            tokens.invalidate(keys, token);
        } else if (response.getCode() < 500) {
            tokens.accepted(keys, token);
        }
    }

    private static Set<String> caseInsensitive(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }
}
