package org.chargebridge.ledger;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Transactions that the database ended because they and others waited for each other. */
public final class Deadlocks {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlocks.class);
    /** Deadlock detected; serialization failure. */
    private static final Set<String> ROLLED_BACK = Set.of("40P01", "40001");

    private Deadlocks() {}

    /**
     * Does a whole transaction, and once more if it was chosen to give way: nothing of the first try remains then.
     *
     * @throws DataAccessException of the second try, or any other of the first
     */
    public static <T> T tryTwice(Supplier<T> transaction) {
        try {
            return transaction.get();
        } catch (DataAccessException failure) {
            if (!gaveWay(failure)) {
                throw failure;
            }
            LOG.info("A transaction gave way to another one; it is done again.");
            return transaction.get();
        }
    }

    private static boolean gaveWay(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && ROLLED_BACK.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
