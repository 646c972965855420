package org.chargebridge.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.ExpiredBytes;
import org.chargebridge.ledger.ExpiredTexts;
import org.chargebridge.ledger.RetentionPasses;
import org.chargebridge.ledger.RetentionPasses.Place;
import org.chargebridge.ledger.RetentionPasses.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes what is kept no longer, step by step, each a short transaction that also says where the next goes on. A wake-up
 * does some of it and comes back, so that a stop never waits long; the next goes on there, on this node or another.
 */
@Component("retention")
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Less than a stop waits for what is under way. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    /** A pass over everything once a night. */
    private static final Duration INTERVAL = Duration.ofHours(20);

    /** One kind of thing that is kept for a time. */
    private record Work(String name, Optional<Period> keep, StepOfWork step) {}

    @FunctionalInterface
    private interface StepOfWork {
        Step take(Place place, Instant before);
    }

    private final List<Work> works;
    private final RetentionPasses passes;
    private final Clock clock;
    private final TransactionTemplate transactions;

    Retention(
            RetentionSettings settings,
            RetentionPasses passes,
            ExpiredBytes bytes,
            ExpiredTexts texts,
            Clock clock,
            TransactionTemplate transactions) {
        this.passes = passes;
        this.clock = clock;
        this.transactions = transactions;
        this.works = List.of(
                new Work("received files", settings.keepsFileBytes(), bytes::ofInboundFiles),
                new Work("delivered files", settings.keepsFileBytes(), bytes::ofOutboundFiles),
                new Work("requests", settings.keepsDispatchBodies(), bytes::ofRequests),
                new Work("lines", settings.keepsPersonalText(), texts::ofLines),
                new Work("numbers of lines", settings.keepsFileBytes(), texts::ofNumbers),
                new Work("dead letters", settings.keepsPersonalText(), texts::ofDeadLetters),
                new Work("agreements", settings.keepsPersonalText(), texts::ofAgreements));
    }

    /** Does some of what is to be done; may be called at any time. */
    public void run() {
        runFor(AT_ONCE);
    }

    /** @return whether all is done for now */
    boolean runFor(Duration atOnce) {
        long began = System.nanoTime();
        for (Work work : works) {
            while (work.keep().isPresent() && step(work)) {
                if (System.nanoTime() - began >= atOnce.toNanos()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean step(Work work) {
        Instant before = clock.instant()
                .atOffset(ZoneOffset.UTC)
                .minus(work.keep().orElseThrow())
                .toInstant();
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Optional<Place> place = passes.lock(work.name(), INTERVAL);
            if (place.isEmpty()) {
                return false;
            }
            Step step = work.step().take(place.get(), before);
            long deleted = passes.record(work.name(), step);
            if (step.next().isEmpty() && deleted > 0) {
                LOG.info(
                        "Retention: {} {} from before {} lost what is kept no longer",
                        deleted,
                        work.name(),
                        before.atOffset(ZoneOffset.UTC).toLocalDate());
            }
            return step.next().isPresent();
        }));
    }
}
