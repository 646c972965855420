package org.chargebridge.security;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Which providers of OpenID Connect do not answer; told in the log when one is first missed and when it is back. While one
 * is away a look at the health asks it again, now and then: else it would count as away until somebody logs in.
 */
final class OidcStanding implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(OidcStanding.class);
    private static final long ASKED_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private record Away(String how, long askedNanos) {}

    private final OidcProviders providers;
    private final Map<String, Away> away = new ConcurrentHashMap<>();

    OidcStanding(OidcProviders providers) {
        this.providers = providers;
    }

    @EventListener(ApplicationReadyEvent.class)
    void askAll() {
        beside(() -> providers.names().keySet().forEach(this::ask));
    }

    /** Nothing waits for a provider but who logs in through it: not the start, and not who looks at the health. */
    private static void beside(Runnable asking) {
        Thread thread = new Thread(asking, "ask-oidc-providers");
        thread.setDaemon(true);
        thread.start();
    }

    private void ask(String id) {
        try {
            providers.ask(id);
            reached(id);
        } catch (OidcAway missed) {
            missed(id, missed.getMessage());
        }
    }

    void reached(String id) {
        if (away.remove(id) != null) {
            LOG.info("The OpenID Connect provider '{}' answers again.", id);
        }
    }

    /** @param how without anything that it sent */
    void missed(String id, String how) {
        if (away.put(id, new Away(how, System.nanoTime())) == null) {
            LOG.warn(
                    "The OpenID Connect provider '{}' does not answer ({}). Nobody can log in through it until it does;"
                            + " users of chargebridge.users can.",
                    id,
                    how);
        }
    }

    @Override
    public Health health() {
        away.forEach((id, last) -> {
            long now = System.nanoTime();
            if (now - last.askedNanos() >= ASKED_AGAIN_NANOS && away.replace(id, last, new Away(last.how(), now))) {
                beside(() -> ask(id));
            }
        });
        Health.Builder health = Health.up();
        for (String id : providers.names().keySet()) {
            Away missed = away.get(id);
            if (missed == null) {
                health.withDetail(id, "nothing is known against it");
            } else {
                health.down().withDetail(id, "does not answer: " + missed.how());
            }
        }
        return health.build();
    }
}
