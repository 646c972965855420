package org.chargebridge.ledger;

import java.util.Optional;
import org.chargebridge.charge.ReasonCode;

/** Which dead letters to look for; what is empty does not matter. */
public record DeadLetterFilter(
        Optional<DeadLetter.State> state,
        Optional<DeadLetter.Kind> kind,
        Optional<String> channel,
        Optional<String> orderId,
        Optional<ReasonCode> reason) {}
