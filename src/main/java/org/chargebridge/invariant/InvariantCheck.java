package org.chargebridge.invariant;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.ledger.Invariants;
import org.chargebridge.ledger.Invariants.Found;
import org.chargebridge.ledger.Invariants.Invariant;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the ledger for what violates an invariant; tells once when there is something, and once when it is gone. */
@Component("invariantCheck")
public class InvariantCheck {

    private static final Logger LOG = LoggerFactory.getLogger(InvariantCheck.class);

    private final Invariants invariants;
    private final InvariantSettings settings;
    private final Clock clock;

    InvariantCheck(Invariants invariants, InvariantSettings settings, Clock clock) {
        this.invariants = invariants;
        this.settings = settings;
        this.clock = clock;
    }

    /** Checks all of them where the schedule has come round since the last check; may be called at any time. */
    public void run() {
        if (!isDue()) {
            return;
        }
        Map<Invariant, Found> before =
                invariants.last().stream().collect(Collectors.toMap(Found::invariant, Function.identity()));
        for (Invariant invariant : Invariant.values()) {
            long violationsBefore =
                    Optional.ofNullable(before.get(invariant)).map(Found::count).orElse(0L);
            check(invariant, violationsBefore);
        }
    }

    private void check(Invariant invariant, long violationsBefore) {
        boolean ofAll = invariants.isForAll(invariant);
        Duration limit = ofAll ? settings.completeTimeLimit() : settings.timeLimit();
        Optional<Instant> recent =
                ofAll ? Optional.empty() : Optional.of(clock.instant().minus(settings.recent()));
        Optional<Found> found = invariants.check(invariant, recent, limit);
        if (found.isPresent()) {
            invariants.store(found.get(), ofAll);
            tell(found.get(), violationsBefore);
            return;
        }
        LOG.warn(
                "Invariant {} could not be checked within {} s; raise chargebridge.invariants.{} if this comes again",
                invariant,
                limit.toSeconds(),
                ofAll ? "complete-time-limit" : "time-limit");
        invariants.notChecked(invariant, ofAll);
    }

    /** By the database's clock: business time may run a thousand times as fast. */
    private boolean isDue() {
        Optional<Instant> last = invariants.lastCheckedAt();
        if (last.isEmpty()) {
            return true;
        }
        try {
            CronExpression cron = new CronExpression(settings.schedule());
            cron.setTimeZone(TimeZone.getTimeZone("UTC"));
            Date next = cron.getNextValidTimeAfter(Date.from(last.get()));
            return next != null && !next.toInstant().isAfter(invariants.databaseTime());
        } catch (ParseException checkedByTheSettings) {
            throw new IllegalStateException(checkedByTheSettings);
        }
    }

    private static void tell(Found found, long before) {
        if (found.count() > 0 && before == 0) {
            LOG.error(
                    "Invariant {} is violated {} times: {}. See docs/operating/check-invariants.md",
                    found.invariant(),
                    found.count(),
                    String.join("; ", found.examples()));
        } else if (found.count() == 0 && before > 0) {
            LOG.info("Invariant {} holds again", found.invariant());
        }
    }
}
