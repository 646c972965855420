package org.chargebridge.webhook;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.ledger.WebhookStandings.Standing;
import org.chargebridge.recurring.RetryAfter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** When a sales unit's registrations are looked after: at every start, once a day, and soon again after a failure. */
@Component
class RegistrationChecks {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationChecks.class);

    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private final WebhookStandings standings;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Set<String> triedSinceStart = ConcurrentHashMap.newKeySet();

    RegistrationChecks(WebhookStandings standings, WebhookSettings settings, Clock clock) {
        this.standings = standings;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Whether to look now. Without an address nothing is asked, but for what is still registered.
     *
     * @param any whether the ledger knows of a registration
     */
    boolean isDue(String msn, Optional<URI> wanted, boolean any) {
        if (wanted.isEmpty() && !any) {
            return false;
        }
        Optional<Standing> standing = standings.of(msn);
        boolean isTime = standing.flatMap(Standing::nextCheckAt)
                .map(at -> !at.isAfter(clock.instant()))
                .orElse(true);
        boolean elsewhere = standing.filter(one -> one.trouble().isEmpty())
                .map(one -> !one.url().equals(wanted))
                .orElse(false);
        return triedSinceStart.add(msn) || isTime || elsewhere;
    }

    /** All is as it should be. */
    void well(String msn, Optional<URI> url) {
        Optional<String> trouble = standings.of(msn).flatMap(Standing::trouble);
        standings.checked(msn, url, clock.instant().plus(settings.checkInterval()));
        if (trouble.isPresent()) {
            LOG.info("Webhooks of sales unit {} are registered again", msn);
        }
    }

    /** What a registration told may not have been taken: what changed meanwhile is found by look-ups. */
    void missed(String msn) {
        standings.missed(msn);
    }

    /**
     * Something is wrong: told when it begins, and shown by health as long as it lasts.
     *
     * @param asked how long the API asks to be left alone
     */
    void trouble(String msn, String what, Optional<Duration> asked) {
        Optional<Standing> before = standings.of(msn);
        int failures = before.map(Standing::failures).orElse(0);
        Duration own = PAUSES.get(Math.min(failures, PAUSES.size() - 1));
        Instant next = clock.instant().plus(RetryAfter.atLeast(own, asked));
        standings.failed(msn, what, next);
        if (before.flatMap(Standing::trouble).isEmpty()) {
            LOG.warn(
                    "Webhooks of sales unit {} cannot be looked after: {}. It is tried again by itself; changes are found"
                            + " by look-ups meanwhile",
                    msn,
                    what);
        }
    }
}
