package org.chargebridge.route;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.chargebridge.ledger.LedgerTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database's outages: each kind told once for all routes when it begins, and once when it is over. */
final class LedgerOutages {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFailures.class);
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    /** The routes that fail on it. */
    private final Map<LedgerTrouble, Set<String>> failing = new EnumMap<>(LedgerTrouble.class);

    private final BooleanSupplier answers;

    /** When, by the monotonic clock, the database could be reached again. */
    private OptionalLong ended = OptionalLong.empty();

    /** @param answers asks the database for something, and does not wait for it long */
    LedgerOutages(BooleanSupplier answers) {
        this.answers = answers;
    }

    /** @param what with the database's own words */
    void failed(LedgerTrouble trouble, String routeId, String what) {
        if (isReach(trouble) && hasJustEnded() && answers.getAsBoolean()) {
            LOG.info("{} still met a connection from before the outage ({}); it tries again.", routeId, what);
            return;
        }
        begins(partOf(trouble), routeId, what);
    }

    /** A pool that cannot replace what the outage took from it is empty, too: that is the same outage. */
    private synchronized LedgerTrouble partOf(LedgerTrouble trouble) {
        boolean gone = !failing.getOrDefault(LedgerTrouble.GONE, Set.of()).isEmpty();
        return gone && isReach(trouble) ? LedgerTrouble.GONE : trouble;
    }

    /** Connections of the outage that is over can be met for a while: they are no new one. */
    private synchronized boolean hasJustEnded() {
        return !isUnreachable() && ended.isPresent() && System.nanoTime() - ended.getAsLong() < AFTERMATH.toNanos();
    }

    private synchronized void begins(LedgerTrouble trouble, String routeId, String what) {
        Set<String> routes = failing.computeIfAbsent(trouble, unused -> new HashSet<>());
        if (routes.isEmpty()) {
            LOG.error(
                    "No work goes on where it is needed: {}. {} Nothing is lost, and all goes on by itself once it is"
                            + " mended; this line comes once an outage, first by {}.",
                    what,
                    trouble.remedy(),
                    routeId);
        }
        routes.add(routeId);
    }

    /** A route ended well, perhaps without the database. */
    void worked(String routeId) {
        boolean reachable = isUnreachable() && answers.getAsBoolean();
        synchronized (this) {
            failing.forEach((trouble, routes) -> {
                boolean failed = routes.remove(routeId);
                if (isReach(trouble)) {
                    // Some routes run seldom; the database that answers one answers all.
                    failed |= !routes.isEmpty();
                    if (reachable) {
                        routes.clear();
                    } else if (failed) {
                        routes.add(routeId);
                    }
                }
                if (failed && routes.isEmpty()) {
                    LOG.info("Work goes on: it is over that {}.", trouble.text());
                    ended = isReach(trouble) ? OptionalLong.of(System.nanoTime()) : ended;
                }
            });
        }
    }

    private synchronized boolean isUnreachable() {
        return failing.entrySet().stream()
                .anyMatch(entry -> isReach(entry.getKey()) && !entry.getValue().isEmpty());
    }

    private static boolean isReach(LedgerTrouble trouble) {
        return trouble == LedgerTrouble.GONE || trouble == LedgerTrouble.BUSY || trouble == LedgerTrouble.NO_CONNECTION;
    }

    /** The troubles that were told and are not over, each with the routes that fail on it. */
    synchronized Map<LedgerTrouble, List<String>> now() {
        Map<LedgerTrouble, List<String>> now = new EnumMap<>(LedgerTrouble.class);
        failing.forEach((trouble, routes) -> {
            if (!routes.isEmpty()) {
                now.put(trouble, routes.stream().sorted().toList());
            }
        });
        return now;
    }
}
