package org.chargebridge.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.NodeDisk;
import org.chargebridge.charge.OneLine;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.LedgerTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps what routes could not handle: a dead letter and one log line when a route begins to fail, none while it goes on
 * failing in the same way, and one line when it works again, which also closes the letter. What all routes fail on, the
 * database, is told once for all of them.
 */
@Component
public class RouteFailures implements DeadLetterHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFailures.class);
    private static final int MESSAGE_MAX = 300;

    private final DeadLetters deadLetters;
    private final RouteCounts counts;
    private final MeterRegistry metrics;
    /** By route id: what it fails on, a file's name or an empty text. Absent until the route first ends well. */
    private final Map<String, Set<String>> failing = new ConcurrentHashMap<>();

    private final Set<String> unrecorded = ConcurrentHashMap.newKeySet();
    /** By route id: the causes that were told since it last ended well. */
    private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

    private final LedgerOutages ledgerOutages;

    RouteFailures(DeadLetters deadLetters, RouteCounts counts, HealthQueries queries, MeterRegistry metrics) {
        this.counts = counts;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.ledgerOutages = new LedgerOutages(() -> answers(queries));
    }

    private boolean answers(HealthQueries queries) {
        try {
            queries.answer(() -> deadLetters.openCount(DeadLetter.Kind.ROUTE));
            return true;
        } catch (DataAccessException stillDown) {
            return false;
        }
    }

    /**
     * A route could not handle something.
     *
     * @param routeId for example {@code fetch-invoices.demo}
     * @param subject the file or the sales unit it worked on; null where there is none
     */
    public void record(String routeId, String subject, Throwable cause) {
        RouteName name = RouteName.of(routeId);
        metrics.counter(
                        "chargebridge.route.failures",
                        Tags.of("route", name.route(), "channel", name.channel().orElse("")))
                .increment();
        String about = subject == null ? "" : subject;
        String what = OneLine.clause(rootMessage(cause));
        String message = shortened(about.isEmpty() ? what : "\"" + OneLine.clause(about) + "\": " + what);
        counts.failure(routeId, message);
        boolean isNew = failing.computeIfAbsent(routeId, unused -> ConcurrentHashMap.newKeySet())
                .add(about);
        Optional<LedgerTrouble> trouble = LedgerTrouble.of(cause);
        if (trouble.isPresent()) {
            ledgerOutages.failed(trouble.get(), routeId, what);
        } else if (isNewCause(routeId, what.replace(about, "").replaceAll("[0-9]+", ""))) {
            LOG.error("{} could not go on: {}. It tries again; this line comes once.", routeId, message);
        }
        if (isNew) {
            unrecorded.add(routeId);
        }
        LOG.debug("{} failed", routeId, cause);
        if (unrecorded.contains(routeId)) {
            open(routeId, name, message);
        }
    }

    /** However many files fail on it: a cause is told once until the route works again. */
    private boolean isNewCause(String routeId, String cause) {
        return told.computeIfAbsent(routeId, unused -> ConcurrentHashMap.newKeySet())
                .add(cause);
    }

    /** While the ledger itself is down the letter waits for the next failure; the log line has told already. */
    private void open(String routeId, RouteName name, String message) {
        try {
            deadLetters.open(DeadLetter.ofRoute(
                    name.channel(), routeId, Reason.of(ReasonCode.ROUTE_FAILED, name.route(), message)));
            unrecorded.remove(routeId);
        } catch (DataAccessException | TransactionException ledgerDown) {
            LOG.debug("the failure of {} is not recorded yet", routeId, ledgerDown);
        }
    }

    /** A route ended well, with the same subject as in {@link #record}. */
    void worked(String routeId, String subject) {
        ledgerOutages.worked(routeId);
        Set<String> open = failing.get(routeId);
        if (open != null && open.isEmpty()) {
            return;
        }
        boolean first = open == null;
        Set<String> subjects = failing.computeIfAbsent(routeId, unused -> ConcurrentHashMap.newKeySet());
        boolean mended = subjects.remove(subject == null ? "" : subject);
        if (subjects.isEmpty() && (mended || first)) {
            resolve(routeId, mended);
        }
    }

    private void resolve(String routeId, boolean tell) {
        try {
            deadLetters.resolveRoute(routeId);
            boolean wasTold = told.remove(routeId) != null;
            if (tell && wasTold) {
                LOG.info("{} works again.", routeId);
            }
        } catch (DataAccessException | TransactionException ledgerDown) {
            failing.remove(routeId);
            LOG.debug("the letter of {} stays open for now", routeId, ledgerDown);
        }
    }

    /** What is wrong with the database now, each with the routes that fail on it. */
    Map<LedgerTrouble, List<String>> ledgerTroubles() {
        return ledgerOutages.now();
    }

    private static String shortened(String line) {
        return line.length() <= MESSAGE_MAX ? line : line.substring(0, MESSAGE_MAX - 3) + "...";
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String type = root.getClass().getSimpleName();
        String what = root.getMessage() == null ? type : type + ": " + root.getMessage();
        return LedgerTrouble.of(cause)
                .map(trouble -> trouble.text() + " (" + what + ")")
                .or(() -> NodeDisk.trouble(cause))
                .orElse(what);
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.ROUTE);
    }

    @Override
    public OrderOutcome redrive(DeadLetter letter) {
        letter.route().ifPresent(failing::remove);
        return OutcomeSentence.ROUTE_TRIES_AGAIN.of();
    }

    @Override
    public OrderOutcome discard(DeadLetter letter) {
        letter.route().ifPresent(failing::remove);
        return OutcomeSentence.ROUTE_LETTER_CLOSED.of();
    }
}
