package org.chargebridge.intake.http;

import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.Enquiries;

/**
 * What the ledger has of an agreement: how it stood when the API showed it last, the keys that lead to it and its latest
 * charges; what is not known is null.
 *
 * @param sub who the customer is to Vipps MobilePay, where the customer was asked to share something
 * @param userinfoUrl where what the customer shares can be read
 */
public record AgreementInfo(
        String agreementId,
        String status,
        String externalId,
        String pricingType,
        String currency,
        String productName,
        String sub,
        String userinfoUrl,
        String lastChange,
        List<Key> keys,
        List<Charge> charges) {

    /** A row of a mapping table. */
    public record Key(
            String keyType,
            String key,
            String currency,
            Integer retryDays,
            String validFrom,
            String validTo,
            boolean approved) {

        static Key of(Enquiries.Mapping mapping) {
            return new Key(
                    mapping.keyType(),
                    mapping.key(),
                    mapping.currency().orElse(null),
                    mapping.retryDays().isPresent()
                            ? Integer.valueOf(mapping.retryDays().getAsInt())
                            : null,
                    mapping.validFrom().orElse(null),
                    mapping.validTo().orElse(null),
                    mapping.approved());
        }
    }

    /** One of its charges; all of it under its order id. */
    public record Charge(
            String orderId, String invoiceNumber, String status, String amount, String currency, String effectiveDue) {

        static Charge of(Enquiries.ChargeState charge) {
            return new Charge(
                    charge.filed().line().orderId(),
                    InfoText.given(charge.filed().line().invoiceNumber()),
                    charge.status(),
                    InfoText.amount(charge.filed().line().amountMinor()),
                    charge.filed().line().currency(),
                    InfoText.date(charge.filed().line().effectiveDue()));
        }
    }

    static AgreementInfo of(
            String agreementId,
            Optional<Enquiries.AgreementState> state,
            List<Enquiries.Mapping> mappings,
            List<Enquiries.ChargeState> charges,
            Channel channel) {
        return new AgreementInfo(
                agreementId,
                state.flatMap(Enquiries.AgreementState::status).orElse(null),
                state.flatMap(Enquiries.AgreementState::externalId).orElse(null),
                state.flatMap(Enquiries.AgreementState::pricingType).orElse(null),
                state.flatMap(Enquiries.AgreementState::currency).orElse(null),
                state.flatMap(Enquiries.AgreementState::productName).orElse(null),
                state.flatMap(Enquiries.AgreementState::sub).orElse(null),
                state.flatMap(Enquiries.AgreementState::userinfoUrl).orElse(null),
                state.map(known -> InfoText.time(known.changedAt(), channel)).orElse(null),
                mappings.stream().map(Key::of).toList(),
                charges.stream().map(Charge::of).toList());
    }
}
