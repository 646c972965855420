package org.chargebridge.agreement;

import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.KnownAgreements.Shown;
import org.chargebridge.ledger.Queries;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.ChargeView;

/** What the API shows, as the ledger keeps it. */
final class Views {

    private Views() {}

    static Queries.Listed listed(ChargeView charge) {
        return new Queries.Listed(
                charge.id(),
                charge.externalId(),
                charge.transactionId(),
                charge.statusWord(),
                charge.failureReason(),
                charge.amountMinor(),
                new Events.Amounts(
                        charge.summary().captured(),
                        charge.summary().refunded(),
                        charge.summary().cancelled()),
                charge.currency(),
                charge.due(),
                charge.retryDays());
    }

    static Shown shown(AgreementView view) {
        return new Shown(
                view.id(),
                view.statusWord(),
                view.externalId(),
                view.pricing().typeWord(),
                view.pricing().currency(),
                view.productName(),
                view.sub(),
                view.userinfoUrl(),
                view.wasAccepted());
    }
}
