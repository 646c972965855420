package org.chargebridge.recurring;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderId;

/**
 * An agreement to offer to a customer.
 *
 * @param interval empty for an agreement charged when something was used
 * @param redirectUrl where the customer goes afterwards: https or an app's own scheme, at most 2,048 characters
 * @param agreementUrl where the customer reads and ends the agreement: https, at most 1,024 characters
 * @param productName 1 to 45 characters
 * @param productDescription 1 to 100 characters
 * @param phoneNumber digits with country code and without plus, at most 15
 * @param scope of {@link #SCOPES}, what the customer is asked to share
 * @param externalId what the ERP calls it, 1 to 64 characters; also what an unanswered request is found by (MR22)
 */
public record DraftRequest(
        Pricing pricing,
        Optional<TimePeriod> interval,
        String redirectUrl,
        String agreementUrl,
        String productName,
        Optional<String> productDescription,
        Optional<String> phoneNumber,
        Optional<InitialCharge> initialCharge,
        Optional<Campaign> campaign,
        List<String> scope,
        String externalId) {

    /** What the API can ask a customer to share. */
    public static final Set<String> SCOPES = Set.of("name", "address", "email", "phoneNumber", "birthDate", "nin");

    /**
     * What is paid when the customer accepts.
     *
     * @param amountMinor minor units, without ceiling
     * @param description 1 to 100 characters
     * @param reserve whether it is only reserved and captured later
     */
    public record InitialCharge(
            long amountMinor,
            String description,
            boolean reserve,
            Optional<OrderId> orderId,
            Optional<String> externalId) {

        /** @throws IllegalArgumentException for what the API does not take */
        public InitialCharge {
            if (amountMinor < MinorUnits.CHARGE_MIN || amountMinor > MinorUnits.CHARGE_MAX) {
                throw new IllegalArgumentException(
                        "an initial charge is 100 to 2147483647 minor units: " + amountMinor);
            }
            requireLength("description of the initial charge", description, 100);
            externalId.ifPresent(id -> requireLength("external id of the initial charge", id, 64));
        }
    }

    /** @throws IllegalArgumentException for what the API does not take */
    public DraftRequest {
        Objects.requireNonNull(pricing, "pricing");
        requireLength("redirect URL", redirectUrl, 2_048);
        requireLength("agreement URL", agreementUrl, 1_024);
        requireLength("product name", productName, 45);
        productDescription.ifPresent(text -> requireLength("product description", text, 100));
        phoneNumber.ifPresent(number -> requireLength("phone number", number, 15));
        requireLength("external id", externalId, 64);
        scope = List.copyOf(scope);
        if (!SCOPES.containsAll(scope)) {
            throw new IllegalArgumentException("a scope is of " + SCOPES + ": " + scope);
        }
        if (campaign.isPresent() && !(pricing instanceof Pricing.Legacy)) {
            throw new IllegalArgumentException("only an agreement of a fixed price takes a campaign");
        }
    }

    static void requireLength(String name, String text, int max) {
        // As a reader counts them, and as intake does: one outside the basic plane is one character.
        int length = text.codePointCount(0, text.length());
        if (text.isBlank() || length > max) {
            throw new IllegalArgumentException(name + " must have 1 to " + max + " characters: " + length);
        }
    }
}
