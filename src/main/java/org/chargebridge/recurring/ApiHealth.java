package org.chargebridge.recurring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Whether the API works for each sales unit, as told by the last real call; it never calls by itself. Counts the calls,
 * too: {@code chargebridge.api.calls} by sales unit, operation and outcome.
 */
final class ApiHealth implements HealthIndicator, CallObserver {

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10)
    };

    static final String COUNTER = "chargebridge.api.calls";

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<ApiOperation, Timer> latencies = new EnumMap<>(ApiOperation.class);
    private final Map<String, Last> lastCalls = new ConcurrentHashMap<>();

    ApiHealth(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        for (ApiOperation operation : ApiOperation.values()) {
            latencies.put(
                    operation,
                    Timer.builder("chargebridge.api.latency")
                            .description("How long a call takes until its answer begins, or it fails")
                            .tag("operation", operation.word())
                            .serviceLevelObjectives(LATENCIES)
                            .register(meters));
        }
    }

    /** @param since the time of the first of an unbroken row of calls that all went well, or all failed */
    private record Last(boolean well, String operation, String outcome, Instant at, Instant since) {}

    @Override
    public void answered(String msn, ApiOperation operation, int status) {
        count(msn, operation, Integer.toString(status));
        boolean keysRefused = status == 401 || status == 403;
        boolean aToken = operation == ApiOperation.FETCH_TOKEN;
        // A token proves only that tokens are issued: an outage of the API itself must not flicker with each of them.
        // That keys may not use webhooks says nothing of charges; settlements have a health of their own.
        boolean ofWebhooksAlone = operation.isOfWebhooks() && status < 500;
        if ((!aToken || status >= 400) && !ofWebhooksAlone) {
            remember(msn, operation, "HTTP " + status, status < 500 && !keysRefused);
        }
    }

    @Override
    public void notSent(String msn, ApiOperation operation, Exception cause) {
        count(msn, operation, "not-sent");
        remember(msn, operation, cause.getMessage(), false);
    }

    @Override
    public void unanswered(String msn, ApiOperation operation, Exception cause) {
        count(msn, operation, "unanswered");
        remember(msn, operation, cause.getMessage(), false);
    }

    @Override
    public void took(ApiOperation operation, Duration time) {
        latencies.get(operation).record(time);
    }

    private void count(String msn, ApiOperation operation, String outcome) {
        meters.counter(COUNTER, "msn", msn, "operation", operation.word(), "outcome", outcome)
                .increment();
    }

    private void remember(String msn, ApiOperation operation, String outcome, boolean well) {
        if (operation.isOfReports()) {
            return;
        }
        Instant now = clock.instant();
        lastCalls.compute(
                msn,
                (unused, last) -> new Last(
                        well,
                        operation.word(),
                        outcome,
                        now,
                        last != null && last.well() == well ? last.since() : now));
    }

    @Override
    public Health health() {
        if (lastCalls.isEmpty()) {
            return Health.unknown().withDetail("calls", "none yet").build();
        }
        boolean well = lastCalls.values().stream().allMatch(Last::well);
        Health.Builder health = well ? Health.up() : Health.down();
        new TreeMap<>(lastCalls).forEach((msn, last) -> health.withDetail("sales unit " + msn, details(last)));
        return health.build();
    }

    private static Map<String, Object> details(Last last) {
        Map<String, Object> details = new TreeMap<>();
        details.put("status", last.well() ? "UP" : "DOWN");
        details.put("last call", last.operation());
        details.put("outcome", last.outcome());
        details.put("at", last.at().toString());
        details.put("since", last.since().toString());
        return details;
    }
}
