package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Optional;

/** What became of one agreement, as a status report tells it; the status is the API's word. */
public record ReportedAgreement(String agreementId, String status, Optional<String> externalId, Instant changedAt) {}
