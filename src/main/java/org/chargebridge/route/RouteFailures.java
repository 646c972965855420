package org.chargebridge.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Keeps what routes could not handle: a dead letter and one log line when a route begins to fail, none while it goes on
 * failing in the same way, and one line when it works again, which also closes the letter.
 */
@Component
public class RouteFailures implements DeadLetterHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFailures.class);
    private static final int MESSAGE_MAX = 300;

    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;
    /** By route id: what it fails on, a file's name or an empty text. Absent until the route first ends well. */
    private final Map<String, Set<String>> failing = new ConcurrentHashMap<>();

    private final Set<String> unrecorded = ConcurrentHashMap.newKeySet();

    public RouteFailures(DeadLetters deadLetters, MeterRegistry metrics) {
        this.deadLetters = deadLetters;
        this.metrics = metrics;
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
        String message = message(about, cause);
        boolean isNew = failing.computeIfAbsent(routeId, unused -> ConcurrentHashMap.newKeySet())
                .add(about);
        if (isNew) {
            LOG.error("{} could not go on: {}. It tries again; this line comes once.", routeId, message);
            unrecorded.add(routeId);
        }
        LOG.debug("{} failed", routeId, cause);
        if (unrecorded.contains(routeId)) {
            open(routeId, name, message);
        }
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
            if (tell) {
                LOG.info("{} works again.", routeId);
            }
        } catch (DataAccessException | TransactionException ledgerDown) {
            failing.remove(routeId);
            LOG.debug("the letter of {} stays open for now", routeId, ledgerDown);
        }
    }

    private static String message(String subject, Throwable cause) {
        String text = (subject.isEmpty() ? "" : "\"" + subject + "\": ") + rootMessage(cause);
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip().replaceAll("\\.$", "");
        return line.length() <= MESSAGE_MAX ? line : line.substring(0, MESSAGE_MAX - 3) + "...";
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        boolean ledgerDown = isLedgerDown(cause);
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
            ledgerDown |= isLedgerDown(root);
        }
        String type = root.getClass().getSimpleName();
        String what = root.getMessage() == null ? type : type + ": " + root.getMessage();
        return ledgerDown ? "the database does not answer (" + what + ")" : what;
    }

    private static boolean isLedgerDown(Throwable cause) {
        return cause instanceof DataAccessResourceFailureException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof TransactionSystemException;
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.ROUTE);
    }

    @Override
    public String redrive(DeadLetter letter) {
        letter.route().ifPresent(failing::remove);
        return "The route tries again by itself; should it fail again, there will be a new letter.";
    }

    @Override
    public String discard(DeadLetter letter) {
        letter.route().ifPresent(failing::remove);
        return "The letter is closed; the route goes on trying, and nothing is given up by this.";
    }
}
