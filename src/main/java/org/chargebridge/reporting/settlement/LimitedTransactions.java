package org.chargebridge.reporting.settlement;

import java.time.Duration;
import java.util.function.Function;
import org.chargebridge.reporting.ReportingSettings;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that make a report, and give up when it takes too long: other nodes and channels wait for the locks that they
 * hold, and a report that is given up is made at the next fire of the schedule.
 */
@Component
class LimitedTransactions {

    private final TransactionTemplate transactions;
    private final Duration limit;

    LimitedTransactions(PlatformTransactionManager transactions, ReportingSettings settings) {
        this.limit = settings.settlementLimit();
        this.transactions = new TransactionTemplate(transactions);
        this.transactions.setTimeout(Math.toIntExact(limit.toSeconds()));
    }

    /**
     * @param what is made, for the message
     * @throws IllegalStateException when it was given up
     */
    <T> T execute(String what, Function<TransactionStatus, T> work) {
        try {
            return transactions.execute(work::apply);
        } catch (QueryTimeoutException | TransactionTimedOutException tooLong) {
            // Not its cause, which would be told instead, as a database that is down.
            IllegalStateException givenUp =
                    new IllegalStateException(what + " took too long and was given up; nothing of it"
                            + " is lost, and it is made at the next fire of the schedule. If this comes again, set"
                            + " chargebridge.reporting.settlement-limit to more than " + limit.toSeconds()
                            + "s, or see what else the database is busy with");
            givenUp.addSuppressed(tooLong);
            throw givenUp;
        }
    }
}
