package org.chargebridge.ledger;

import java.util.Optional;

/**
 * The charge behind an entry of a settlement ledger, in the ERP's own words; texts are empty where a line had none.
 *
 * @param sourceFile the file that asked for it
 * @param position its line there
 */
public record SettledCharge(
        String sourceFile,
        int position,
        String invoiceNumber,
        String kid,
        String customerNumber,
        String agreementId,
        String orderId,
        Optional<String> externalId) {}
