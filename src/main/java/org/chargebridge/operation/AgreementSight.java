package org.chargebridge.operation;

import java.util.Optional;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.PricingType;

/**
 * An agreement as an operation sees it.
 *
 * @param status empty for a word that this version does not know
 * @param pricing empty for a word that this version does not know
 * @param asAsked whether it shows everything that an update asks for
 */
record AgreementSight(
        String agreementId,
        String statusWord,
        Optional<AgreementStatus> status,
        Optional<PricingType> pricing,
        boolean asAsked) {

    static AgreementSight of(AgreementView view, boolean asAsked) {
        return new AgreementSight(
                view.id(), view.statusWord(), view.status(), view.pricing().type(), asAsked);
    }
}
