package org.chargebridge.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What is wrong with the database itself, where that and not the work is why something failed. */
public enum LedgerTrouble {
    /** It cannot be reached, or cut the connection. */
    GONE("the database does not answer", "Check that PostgreSQL runs and can be reached as spring.datasource says."),
    /** Its disk is full. */
    FULL("the database's disk is full", "Make room on the disk of PostgreSQL."),
    /** Somebody else holds a lock for longer than the gateway waits. */
    LOCKED(
            "another session holds a lock in the database",
            "Look for it in pg_locks and pg_stat_activity, and let it end."),
    /** All connections of the pool are taken. */
    BUSY(
            "every connection to the database is in use",
            "Look for transactions that wait in pg_stat_activity, or raise spring.datasource.hikari.maximum-pool-size.");

    private static final String DISK_FULL = "53100";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final String text;
    private final String remedy;

    LedgerTrouble(String text, String remedy) {
        this.text = text;
        this.remedy = remedy;
    }

    public String text() {
        return text;
    }

    public String remedy() {
        return remedy;
    }

    /** The trouble that a failure or one of its causes tells of; empty where the database works. */
    public static Optional<LedgerTrouble> of(Throwable failure) {
        boolean gone = false;
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return Optional.of(FULL);
            }
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return Optional.of(LOCKED);
            }
            if (cause instanceof SQLException && isBusy(cause)) {
                return Optional.of(BUSY);
            }
            gone |= cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof TransactionSystemException;
        }
        return gone ? Optional.of(GONE) : Optional.empty();
    }

    private static Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    /** As the pool says it when none of its connections came back in time, though it has some. */
    private static boolean isBusy(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("Connection is not available")
                && message.contains("active=")
                && !message.contains("active=0");
    }
}
