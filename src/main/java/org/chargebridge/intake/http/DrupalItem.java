package org.chargebridge.intake.http;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that a request of the Drupal module's form asks for.
 *
 * @param subject the agreement or charge that its answer names
 * @param agreementId of a charge; empty where none is named
 * @param amountMinor in minor units, where its price could be read
 * @param text that the customer reads
 * @param number its own, given or made; empty where it needs none
 * @param identified whether that number says that it is the same when it comes again
 * @param fault why it is not even recorded
 */
record DrupalItem(
        String subject,
        String agreementId,
        OptionalLong amountMinor,
        String text,
        String number,
        boolean identified,
        Optional<String> fault) {

    static DrupalItem faulty(String subject, String fault) {
        return new DrupalItem(subject, "", OptionalLong.empty(), "", "", false, Optional.of(fault));
    }

    DrupalItem withFault(String reason) {
        return new DrupalItem(subject, agreementId, amountMinor, text, number, identified, Optional.of(reason));
    }

    /** What makes it look the same as another. */
    Map<String, Object> likeness() {
        return Map.of("subject", subject, "amount", amountMinor.orElse(0), "text", text);
    }
}
