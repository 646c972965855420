package org.chargebridge.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/**
 * What the ledger answered last, for numbers that many gauges read at once: it is asked again only when that is older than
 * a while.
 */
public final class CachedAnswer<T> {

    /** Shorter than a usual interval between two scrapes, longer than one scrape takes. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final HealthQueries queries;
    private final Supplier<T> question;
    private Optional<T> answer = Optional.empty();
    private long askedNanos;
    private boolean asked;

    /** @param question asks the ledger */
    public CachedAnswer(HealthQueries queries, Supplier<T> question) {
        this.queries = queries;
        this.question = question;
    }

    /** Empty where the ledger does not answer now. */
    public synchronized Optional<T> get() {
        if (!asked || System.nanoTime() - askedNanos > FRESH.toNanos()) {
            try {
                answer = Optional.ofNullable(queries.answer(question));
            } catch (DataAccessException ledgerDown) {
                answer = Optional.empty();
            }
            asked = true;
            askedNanos = System.nanoTime();
        }
        return answer;
    }
}
