package org.chargebridge.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Asks the ledger what health and metrics show, and does not wait for it long: whoever watches the gateway needs an
 * answer most when the database gives none. While one question is not answered the next ones are not asked.
 */
@Component
public class HealthQueries implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ExecutorService asking = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "health-queries");
        thread.setDaemon(true);
        // Else the web server it was first asked through complains that it outlives it.
        thread.setContextClassLoader(HealthQueries.class.getClassLoader());
        return thread;
    });
    private final AtomicInteger unanswered = new AtomicInteger();
    /** Why the last answer that came too late was none; null where it was one, or none came yet. */
    private volatile Throwable lastLate;

    private final Duration patience;

    public HealthQueries() {
        this(PATIENCE);
    }

    /** @param patience how long an answer is waited for */
    public HealthQueries(Duration patience) {
        this.patience = patience;
    }

    /**
     * @param query asks the ledger; it may go on for longer, unheard
     * @throws org.springframework.dao.DataAccessException where the ledger fails, or does not answer in time
     */
    public <T> T answer(Supplier<T> query) {
        if (unanswered.get() > 0) {
            throw new QueryTimeoutException("the database has not answered an earlier question yet", lastLate);
        }
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(query, asking);
        try {
            T given = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            lastLate = null;
            return given;
        } catch (TimeoutException e) {
            unanswered.incrementAndGet();
            answer.whenComplete((late, failure) -> {
                lastLate = failure;
                unanswered.decrementAndGet();
            });
            throw new QueryTimeoutException(
                    "the database did not answer within " + patience.toSeconds() + " s", lastLate);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new DataAccessResourceFailureException("the database cannot be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("the question to the database was interrupted", e);
        }
    }

    @Override
    public void destroy() {
        asking.shutdownNow();
    }
}
