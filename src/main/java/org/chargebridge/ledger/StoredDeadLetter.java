package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter as it stands in the ledger.
 *
 * @param reasonText what happened, in English, as told when it was opened
 * @param remedyText what can be done
 * @param closedAt empty while it is open
 */
public record StoredDeadLetter(
        DeadLetter letter,
        DeadLetter.State state,
        String reasonText,
        String remedyText,
        Instant createdAt,
        Optional<Instant> closedAt) {}
