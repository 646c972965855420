package org.chargebridge.agreement;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.CallFailure;
import org.chargebridge.recurring.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Refusals of a whole sales unit that are met while agreements are asked about: it halts as if it had tried to send, with
 * the one alarm of that (MR25), and a probe that is answered ends it.
 */
@Component
class UnitRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(UnitRefusals.class);

    private final SalesUnits salesUnits;
    private final SalesUnitHalts halts;
    private final SendingSettings sending;
    private final TransactionTemplate transactions;
    private final Map<String, Boolean> unauthorized = new ConcurrentHashMap<>();

    UnitRefusals(
            SalesUnits salesUnits, SalesUnitHalts halts, SendingSettings sending, TransactionTemplate transactions) {
        this.salesUnits = salesUnits;
        this.halts = halts;
        this.sending = sending;
        this.transactions = transactions;
    }

    /** Halts on an answer that refuses the whole unit; a 401 does so only after another with a token of its own. */
    boolean isRefused(String msn, int status, byte[] body) {
        if (status != 401) {
            unauthorized.remove(msn);
            return status == 403
                    && Problem.of(status, body).refusesSalesUnit()
                    && halt(msn, "403 " + Problem.of(status, body).summary());
        }
        return unauthorized.put(msn, true) != null
                && halt(msn, "401 " + Problem.of(status, body).summary());
    }

    /** Halts on a call that failed because no token is given for the unit's keys. */
    boolean isRefused(String msn, CallFailure failure) {
        return failure.kind() == CallFailure.Kind.KEYS_WRONG && halt(msn, failure.cause());
    }

    private boolean halt(String msn, String cause) {
        transactions.executeWithoutResult(tx -> halts.halt(msn, cause, sending.probeInterval()));
        return true;
    }

    /** A probe was answered; with anything but 200 the unit stays halted until the next. */
    void probed(String msn, int status) {
        if (status == 200) {
            unauthorized.remove(msn);
            transactions.executeWithoutResult(tx -> salesUnits.answered(msn, true));
            LOG.info("Sales unit {} is no longer halted", msn);
        }
    }
}
