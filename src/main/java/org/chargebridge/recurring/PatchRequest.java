package org.chargebridge.recurring;

import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.MinorUnits;

/** A change to an agreement; stopping it stands alone, as the API demands (MR23). */
public sealed interface PatchRequest {

    /** Ends the agreement for good; the API cancels its pending, due and reserved charges. */
    record Stop() implements PatchRequest {}

    /**
     * Other terms; what is empty stays as it is.
     *
     * @param amountMinor the new price, for a fixed price only
     * @param suggestedMaxMinor for a variable price only; the customer is not told
     */
    record Update(
            Optional<String> productName,
            Optional<String> productDescription,
            Optional<String> agreementUrl,
            Optional<String> externalId,
            OptionalLong amountMinor,
            OptionalLong suggestedMaxMinor,
            Optional<Interval> interval)
            implements PatchRequest {

        /** @throws IllegalArgumentException where nothing changes, or for what the API does not take */
        public Update {
            productName.ifPresent(text -> DraftRequest.requireLength("product name", text, 45));
            productDescription.ifPresent(text -> DraftRequest.requireLength("product description", text, 100));
            agreementUrl.ifPresent(text -> DraftRequest.requireLength("agreement URL", text, 1_024));
            externalId.ifPresent(text -> DraftRequest.requireLength("external id", text, 64));
            amountMinor.ifPresent(Update::requireAmount);
            suggestedMaxMinor.ifPresent(Update::requireAmount);
            if (amountMinor.isPresent() && suggestedMaxMinor.isPresent()) {
                throw new IllegalArgumentException("an agreement has a price or a suggested maximum, not both");
            }
            if (productName.isEmpty()
                    && productDescription.isEmpty()
                    && agreementUrl.isEmpty()
                    && externalId.isEmpty()
                    && amountMinor.isEmpty()
                    && suggestedMaxMinor.isEmpty()
                    && interval.isEmpty()) {
                throw new IllegalArgumentException("an update changes something");
            }
        }

        private static void requireAmount(long amountMinor) {
            if (amountMinor < MinorUnits.CHARGE_MIN || amountMinor > MinorUnits.CHARGE_MAX) {
                throw new IllegalArgumentException("a price is 100 to 2147483647 minor units: " + amountMinor);
            }
        }
    }

    /**
     * How often is charged from now on.
     *
     * @param period empty for when something was used
     */
    record Interval(Optional<TimePeriod> period) {}
}
