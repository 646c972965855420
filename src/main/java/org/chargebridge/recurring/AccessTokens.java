package org.chargebridge.recurring;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.chargebridge.recurring.TokenSource.Issued;
import org.chargebridge.recurring.TokenUnavailable.Kind;

/**
 * Access tokens, one for each set of keys: fetched once, kept until shortly before they expire, dropped when the API
 * refuses them. Whoever needs one while it is being fetched waits for that fetch. Times are monotonic.
 */
final class AccessTokens {

    private static final Duration EARLIEST_RENEWAL = Duration.ofMinutes(5);
    private static final Duration LIFETIME_MAX = Duration.ofDays(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE_MAX = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(30);
    // Shorter than the pause between two probes of a halted sales unit: a probe has to reach the API.
    private static final Duration PAUSE_AFTER_REFUSAL_MAX = Duration.ofMinutes(10);

    private final TokenSource source;
    private final LongSupplier nanoTime;
    private final Duration patience;
    private final Map<KeySet, Unit> units = new ConcurrentHashMap<>();

    /** @param patience how long to wait for a fetch that is under way */
    AccessTokens(TokenSource source, LongSupplier nanoTime, Duration patience) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    /** A token that is valid for some time yet. */
    String token(KeySet keys) throws TokenUnavailable {
        Unit unit = units.computeIfAbsent(keys, unused -> new Unit());
        Kept kept = unit.kept;
        return kept != null && nanoTime.getAsLong() - kept.renewAt < 0 ? kept.token : unit.renew(keys);
    }

    /** The API refused this token. Only that very token is dropped: a newer one may be in use already. */
    void invalidate(KeySet keys, String token) {
        Unit unit = units.get(keys);
        if (unit != null) {
            unit.drop(keys, token);
        }
    }

    /** The API took this token: a later refusal is one of an old token, not of the keys. */
    void accepted(KeySet keys, String token) {
        Unit unit = units.get(keys);
        if (unit != null && !token.equals(unit.provenToken)) {
            unit.prove(token);
        }
    }

    private record Kept(String token, long renewAt, long expiresAt) {}

    private final class Unit {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile Kept kept;
        private volatile String provenToken;
        private int failures;
        private int refusals;
        private TokenUnavailable lastFailure;
        private long pausedUntil;

        private String renew(KeySet keys) throws TokenUnavailable {
            waitForLock(keys);
            try {
                long now = nanoTime.getAsLong();
                if (kept != null && now - kept.renewAt < 0) {
                    return kept.token;
                }
                if (lastFailure != null && now - pausedUntil < 0) {
                    return keptOr(again(now), now);
                }
                return fetch(keys, now);
            } finally {
                lock.unlock();
            }
        }

        private void waitForLock(KeySet keys) throws TokenUnavailable {
            try {
                if (lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            throw new TokenUnavailable(
                    Kind.TRY_LATER, "the access token of " + keys + " is still being fetched", Optional.empty(), null);
        }

        private String fetch(KeySet keys, long now) throws TokenUnavailable {
            try {
                keep(source.fetch(keys), now);
                return kept.token;
            } catch (TokenUnavailable failure) {
                boolean refused = failure.kind() == Kind.KEYS_WRONG;
                Duration pause = refused
                        ? growing(PAUSE_AFTER_REFUSAL, failures, PAUSE_AFTER_REFUSAL_MAX)
                        : failure.retryAfter().orElse(growing(PAUSE_AFTER_FAILURE, failures, PAUSE_AFTER_FAILURE_MAX));
                failures++;
                pause(failure, pause);
                return keptOr(failure, nanoTime.getAsLong());
            }
        }

        private void keep(Issued issued, long now) {
            Duration lifetime = issued.lifetime().compareTo(LIFETIME_MAX) < 0 ? issued.lifetime() : LIFETIME_MAX;
            Duration tenth = lifetime.dividedBy(10);
            Duration early = tenth.compareTo(EARLIEST_RENEWAL) < 0 ? tenth : EARLIEST_RENEWAL;
            kept = new Kept(issued.token(), now + lifetime.minus(early).toNanos(), now + lifetime.toNanos());
            failures = 0;
            lastFailure = null;
        }

        /** A token due for renewal still works: an outage of the token endpoint alone stops nothing. */
        private String keptOr(TokenUnavailable failure, long now) throws TokenUnavailable {
            if (kept != null && now - kept.expiresAt < 0 && failure.kind() == Kind.TRY_LATER) {
                return kept.token;
            }
            throw failure;
        }

        private TokenUnavailable again(long now) {
            Duration left = Duration.ofNanos(pausedUntil - now);
            return new TokenUnavailable(lastFailure.kind(), lastFailure.getMessage(), Optional.of(left), lastFailure);
        }

        private void pause(TokenUnavailable failure, Duration pause) {
            lastFailure = failure;
            pausedUntil = nanoTime.getAsLong() + pause.toNanos();
        }

        private void drop(KeySet keys, String token) {
            lock.lock();
            try {
                if (kept == null || !kept.token.equals(token)) {
                    return;
                }
                kept = null;
                refusals = token.equals(provenToken) ? 0 : refusals + 1;
                // The first refusal is met by a new token at once; a second one of a token just issued is the keys'.
                if (refusals >= 2) {
                    pause(
                            new TokenUnavailable(
                                    Kind.KEYS_WRONG,
                                    "the API refuses access tokens it has just issued to " + keys + ": check that "
                                            + (keys.accounting()
                                                    ? "the merchant gave access to these accounting keys"
                                                    : "msn and subscription-key belong together"),
                                    Optional.empty(),
                                    null),
                            growing(PAUSE_AFTER_REFUSAL, refusals - 2, PAUSE_AFTER_REFUSAL_MAX));
                }
            } finally {
                lock.unlock();
            }
        }

        private void prove(String token) {
            lock.lock();
            try {
                provenToken = token;
                refusals = 0;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Doubles with each failure. */
    private static Duration growing(Duration first, int failures, Duration max) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, 20));
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
