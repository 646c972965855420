package org.chargebridge.agreement;

import java.util.List;
import org.chargebridge.ledger.KnownAgreements.Change;
import org.chargebridge.recurring.AgreementView;

/** Wants to know how agreements change. */
public interface AgreementListener {

    /** In the transaction that records the change. */
    default void changed(String msn, Change change) {}

    /** The API showed these, changed or not; in the transaction that records it. */
    default void shown(String msn, List<AgreementView> agreements) {}
}
