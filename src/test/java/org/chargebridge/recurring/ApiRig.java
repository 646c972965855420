package org.chargebridge.recurring;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.Currency;

/** A bare Camel that calls the API as a route does: one static {@code to}, the rest in headers. */
final class ApiRig implements AutoCloseable {

    static final String MSN = "123456";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ApiHealth health = new ApiHealth(meters, CLOCK, Duration.ofSeconds(60));
    final AccessTokens tokens;
    /** By how much this machine's clock is ahead. */
    Duration ahead = Duration.ZERO;

    private final ApiClient client;
    private final DefaultCamelContext camel = new DefaultCamelContext();

    ApiRig(URI api) {
        this(settings(api), api);
    }

    /** Other sales units than the usual two. */
    ApiRig(URI api, Channels channels) {
        this(settings(api), api, channels, rig -> new TokenEndpoint(rig.client, channels, CLOCK, rig.health));
    }

    /** Calls {@code target}, which need not be the API. */
    ApiRig(ApiSettings settings, URI target) {
        this(settings, target, rig -> new TokenEndpoint(rig.client, channels(), CLOCK, rig.health));
    }

    ApiRig(ApiSettings settings, URI target, Function<ApiRig, TokenSource> tokenSource) {
        this(settings, target, channels(), tokenSource);
    }

    private ApiRig(ApiSettings settings, URI target, Channels channels, Function<ApiRig, TokenSource> tokenSource) {
        client = new ApiClient(settings);
        tokens = new AccessTokens(tokenSource.apply(this), System::nanoTime, settings.tokenTimeout());
        HttpComponent http = new HttpComponent();
        http.setHttpClientConfigurer(new ApiCalls(client, channels, tokens, health, new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return Clock.systemUTC().instant().plus(ahead);
            }
        }));
        camel.addComponent("http", http);
        HttpComponent https = new HttpComponent();
        https.setHttpClientConfigurer(new ApiCalls(client, channels, tokens, health));
        camel.addComponent("https", https);
        camel.getPropertiesComponent().addInitialProperty("chargebridge.api.base-url", target.toString());
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:call")
                            .errorHandler(noErrorHandler())
                            .to("{{chargebridge.api.base-url}}?throwExceptionOnFailure=false");
                }
            });
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A rig whose token is there already, so that a test sees the call alone. */
    static ApiRig withToken(ApiSettings settings, URI target) {
        return new ApiRig(settings, target, rig -> msn -> new TokenSource.Issued("given", Duration.ofHours(1)));
    }

    static Channels channels() {
        return new Channels(
                List.of(),
                List.of(
                        new SalesUnit(MSN, Currency.NOK, "the-id", "the-secret", "the-key"),
                        new SalesUnit("654321", Currency.DKK, "other-id", "other-secret", "other-key")));
    }

    /** Limits that no machine is too busy for. */
    static ApiSettings settings(URI api) {
        return ApiSettings.of(api).withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(70));
    }

    /** For calls that shall be cut, and none that shall be answered. */
    static ApiSettings hasty(URI api) {
        return ApiSettings.of(api).withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(9));
    }

    Exchange post(String path, byte[] body) {
        return call(path, body, Map.of());
    }

    Exchange call(String path, byte[] body, Map<String, Object> moreHeaders) {
        return camel.createProducerTemplate().send("direct:call", exchange -> {
            exchange.getMessage().setHeader("CamelHttpMethod", body == null ? "GET" : "POST");
            exchange.getMessage().setHeader("CamelHttpPath", path);
            exchange.getMessage().setHeader("Merchant-Serial-Number", MSN);
            if (body != null) {
                exchange.getMessage().setHeader("Idempotency-Key", "c-key");
                exchange.getMessage().setHeader("Content-Type", "application/json");
            }
            moreHeaders.forEach(exchange.getMessage()::setHeader);
            exchange.getMessage().setBody(body);
        });
    }

    static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    }

    static byte[] body(Exchange exchange) {
        return exchange.getMessage().getBody(byte[].class);
    }

    double counted(String operation, String outcome) {
        return meters.counter(ApiHealth.COUNTER, "msn", MSN, "operation", operation, "outcome", outcome)
                .count();
    }

    @Override
    public void close() {
        camel.stop();
        client.close();
    }
}
