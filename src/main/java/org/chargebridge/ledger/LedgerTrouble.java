package org.chargebridge.ledger;

import java.sql.SQLException;
import java.util.Map;
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
    /** It takes no changes. */
    READ_ONLY(
            "the database may only be read",
            "Let spring.datasource.url name the primary and not a hot standby, and see that neither the database nor its"
                    + " user has default_transaction_read_only on."),
    /** The server, or what it grants to this database or user, has no connection left. */
    NO_CONNECTION(
            "the database lets nobody else connect",
            "Raise max_connections of PostgreSQL or the connection limit of the database or its user, or set"
                    + " spring.datasource.hikari.maximum-pool-size lower."),
    /** A pooler before it gives each transaction another connection, and what is remembered of one is not there. */
    POOLED(
            "a pooler hands the connections to the database around",
            "Let it keep a connection for each client (PgBouncer: pool_mode = session), or let spring.datasource.url name"
                    + " PostgreSQL itself."),
    /** It cannot keep every letter that an ERP can write. */
    ENCODING(
            "the database is not encoded in UTF8",
            "Make it anew: create database ... owner ... encoding 'UTF8' template template0."),
    /** Nothing says where its tables are. */
    WITHOUT_SCHEMA(
            "the search_path of the database's user names no schema that exists",
            "Make the schema that it names (create schema ... authorization ...), or let it name one that is there (alter"
                    + " role ... set search_path = public)."),
    /** Its user may not do what is needed. */
    NOT_ALLOWED(
            "the database user lacks rights",
            "Make spring.datasource.username the owner of the database and of all that is in it (alter database ... owner"
                    + " to ...; reassign owned by ... to ...)."),
    /** All connections of the pool are taken. */
    BUSY(
            "every connection to the database is in use",
            "Look for transactions that wait in pg_stat_activity. Where it shows none, the network keeps answers from the"
                    + " gateway; else end them, or raise spring.datasource.hikari.maximum-pool-size.");

    /** What the SQLStates of all connections begin with that could not be made or are gone. */
    private static final String CONNECTION_STATES = "08";

    /** The SQLState of {@link #READ_ONLY}. */
    static final String READ_ONLY_STATE = "25006";
    /** The SQLState of {@link #ENCODING}, our own: PostgreSQL finds nothing wrong with it. */
    static final String ENCODING_STATE = "CB001";

    /** The SQLState of {@link #WITHOUT_SCHEMA}. */
    static final String WITHOUT_SCHEMA_STATE = "3F000";

    private static final String TEXT_STATE = "22021";

    private static final Map<String, LedgerTrouble> STATES = Map.of(
            WITHOUT_SCHEMA_STATE,
            WITHOUT_SCHEMA,
            "53100",
            FULL,
            "55P03",
            LOCKED,
            READ_ONLY_STATE,
            READ_ONLY,
            "53300",
            NO_CONNECTION,
            "42501",
            NOT_ALLOWED,
            // A prepared statement that is another client's already, or not this one's any more.
            "42P05",
            POOLED,
            "26000",
            POOLED,
            ENCODING_STATE,
            ENCODING);

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

    /** Whether a failure tells of a text with a character that the database keeps in no way: U+0000. */
    public static boolean isOfText(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SQLException sql && TEXT_STATE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** The trouble that a failure or one of its causes tells of; empty where the database works. */
    public static Optional<LedgerTrouble> of(Throwable failure) {
        Optional<LedgerTrouble> told = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && STATES.containsKey(sql.getSQLState())) {
                return Optional.of(STATES.get(sql.getSQLState()));
            }
            if (cause instanceof SQLException && isBusy(cause)) {
                told = Optional.of(BUSY);
            } else if (told.isEmpty() && isGone(cause)) {
                told = Optional.of(GONE);
            }
        }
        return told;
    }

    private static boolean isGone(Throwable cause) {
        return cause instanceof DataAccessResourceFailureException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof TransactionSystemException
                // As the scheduler passes it on, which does not go through Spring.
                || (cause instanceof SQLException sql
                        && String.valueOf(sql.getSQLState()).startsWith(CONNECTION_STATES));
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
