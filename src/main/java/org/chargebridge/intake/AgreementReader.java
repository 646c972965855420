package org.chargebridge.intake;

import static org.chargebridge.intake.Limits.NUMBER_LENGTH;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;

/** Reads what a line asks of an agreement as such. */
final class AgreementReader {

    private final Channel channel;

    AgreementReader(Channel channel) {
        this.channel = channel;
    }

    /** What has to be set before agreements can be offered; empty where all is. */
    static Optional<String> missingSetting(Channel channel) {
        Channel.Agreements settings = channel.agreements();
        if (settings.redirectUrl().isEmpty()) {
            return Optional.of("redirect-url");
        }
        if (settings.agreementUrl().isEmpty()) {
            return Optional.of("agreement-url");
        }
        return settings.draft() == Channel.DraftWay.LINK && settings.publicUrl().isEmpty()
                ? Optional.of("public-url")
                : Optional.empty();
    }

    AgreementWish wish(
            RecordFields fields, Action action, String number, String series, String customer, OptionalLong amount) {
        if (number.isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, Column.INVOICE_NUMBER.heading());
        }
        Map<String, String> terms = new DraftReader(channel, fields).draft(amount);
        String given = fields.text(Column.EXTERNAL_ID, NUMBER_LENGTH);
        String externalId = given.isEmpty() ? (customer.isEmpty() ? number : customer) : given;
        String own = series.isEmpty() ? number : series + "/" + number;
        Map<String, String> all = new HashMap<>(terms);
        all.put("way", channel.agreements().draft().name());
        channel.agreements().publicUrl().ifPresent(url -> all.put("public_url", url));
        Intent intent = Intent.of(channel.sourceId(), action, own, true, own, all);
        String text = Description.tidy(fields.raw(Column.DESCRIPTION));
        return new AgreementWish(
                Optional.of(intent).filter(any -> !number.isEmpty()),
                Optional.of(externalId).filter(id -> !id.isEmpty()),
                String.join("\u001F", action.word(), customer, externalId, text, terms.toString()));
    }
}
