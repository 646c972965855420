package org.chargebridge.agreement;

import org.chargebridge.ledger.KnownAgreements.Change;

/** Wants to know how agreements change. */
public interface AgreementListener {

    /** In the transaction that records the change. */
    void changed(String msn, Change change);
}
