package org.chargebridge.intake;

import org.chargebridge.ledger.InboundFile;

/**
 * What became of a file whose sender waits for the answer.
 *
 * @param before whether the same bytes were recorded before
 */
public record DirectResult(InboundFile file, boolean before) {}
