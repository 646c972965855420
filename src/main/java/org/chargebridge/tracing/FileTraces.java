package org.chargebridge.tracing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.ledger.TracedSteps;
import org.chargebridge.ledger.TracedSteps.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands steps of files that are done to the collector; does nothing where none is set. */
@Component("fileTraces")
public class FileTraces {

    private static final Logger LOG = LoggerFactory.getLogger(FileTraces.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int AT_ONCE = 200;

    private final TracedSteps steps;
    private final TracingSettings settings;
    private final OtlpSpans spans;
    private final TransactionTemplate transactions;
    private final AtomicBoolean failing = new AtomicBoolean();

    FileTraces(
            TracedSteps steps,
            TracingSettings settings,
            GatewaySettings gateway,
            ObjectMapper json,
            TransactionTemplate transactions) {
        this.steps = steps;
        this.settings = settings;
        this.spans = new OtlpSpans(json, gateway.node());
        this.transactions = transactions;
    }

    /** Hands over what is done since; may be called at any time on any node. */
    public void handOver() {
        if (!settings.isOn()) {
            return;
        }
        List<Step> taken = transactions.execute(status -> {
            steps.forget();
            return steps.take(AT_ONCE);
        });
        if (taken == null || taken.isEmpty()) {
            return;
        }
        Optional<String> problem = post(spans.request(taken));
        if (problem.isPresent()) {
            transactions.executeWithoutResult(status -> steps.giveBack(taken));
            if (failing.compareAndSet(false, true)) {
                LOG.warn(
                        "Traces cannot be handed over: the collector {}. Nothing else waits for it; it is tried again, and"
                                + " this line comes once. Check chargebridge.tracing.otlp-endpoint",
                        problem.get());
            }
        } else if (failing.compareAndSet(true, false)) {
            LOG.info("Traces are handed over again");
        }
    }

    private Optional<String> post(byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(settings.address())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("answers HTTP " + status);
        } catch (IOException failure) {
            return Optional.of("cannot be reached (" + failure.getClass().getSimpleName() + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("was not waited for: the gateway stops");
        }
    }
}
