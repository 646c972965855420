package org.chargebridge.recurring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    /** One answer may have met a server of theirs whose clock is wrong. */
    private static final int ANSWERS_IN_A_ROW = 3;

    private static final String CLOCK_REMEDY =
            "Due dates, the pauses that the API asks for and the ages of webhooks are"
                    + " reckoned wrongly by as much: let this machine follow time servers (NTP).";

    private static final Logger LOG = LoggerFactory.getLogger(ApiHealth.class);

    static final String COUNTER = "chargebridge.api.calls";

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<ApiOperation, Timer> latencies = new EnumMap<>(ApiOperation.class);
    private final Map<String, Last> lastCalls = new ConcurrentHashMap<>();
    private final Duration clockSkewMax;
    private Duration ahead = Duration.ZERO;
    private boolean apart;
    private int answersAgainst;

    /** @param clockSkewMax how far this machine's clock may be from the API's */
    ApiHealth(MeterRegistry meters, Clock clock, Duration clockSkewMax) {
        this.clockSkewMax = clockSkewMax;
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
            // The API redirects nobody: it is another server that answers.
            boolean redirected = status / 100 == 3;
            remember(msn, operation, "HTTP " + status, status < 500 && !keysRefused && !redirected);
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

    @Override
    public synchronized void dated(Duration told) {
        ahead = told;
        boolean tooFar = told.abs().compareTo(clockSkewMax) > 0;
        answersAgainst = tooFar == apart ? 0 : answersAgainst + 1;
        if (answersAgainst == ANSWERS_IN_A_ROW) {
            apart = tooFar;
            answersAgainst = 0;
            if (apart) {
                LOG.error("{} {}", apartBy(), CLOCK_REMEDY);
            } else {
                LOG.info("It is over: this machine's clock agrees with that of the Recurring API again.");
            }
        }
    }

    private String apartBy() {
        return "This machine's clock is " + ahead.abs().toSeconds() + " seconds "
                + (ahead.isNegative() ? "behind" : "ahead of") + " that of the Recurring API.";
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
        Optional<String> clocks = clocks();
        Health.Builder health = well && clocks.isEmpty() ? Health.up() : Health.down();
        clocks.ifPresent(told -> health.withDetail("clock", told).withDetail("remedy", CLOCK_REMEDY));
        new TreeMap<>(lastCalls).forEach((msn, last) -> health.withDetail("sales unit " + msn, details(last)));
        return health.build();
    }

    private synchronized Optional<String> clocks() {
        return apart ? Optional.of(apartBy()) : Optional.empty();
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
