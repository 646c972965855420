package org.chargebridge.intake;

import static org.chargebridge.intake.Limits.NUMBER_LENGTH;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;

/** Reads what a line asks of an agreement as such. */
final class AgreementReader {

    private static final Set<String> RELEASES = Set.of("yes", "true", "1", "x", "ja", "kyllä", "release");

    private static final Pattern AGREEMENT_ID = Pattern.compile("agr_[A-Za-z0-9]{1,60}");

    private final Channel channel;

    AgreementReader(Channel channel) {
        this.channel = channel;
    }

    /** The agreement that the line names; empty where it names none. */
    static String id(RecordFields fields) {
        String agreement = fields.raw(Column.AGREEMENT_ID);
        if (!agreement.isEmpty() && !AGREEMENT_ID.matcher(agreement).matches()) {
            fields.fault(ReasonCode.AGREEMENT_ID_MALFORMED, RecordFields.shown(agreement));
        }
        return agreement;
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
        String own = number.isEmpty() || series.isEmpty() ? number : series + "/" + number;
        if (number.isEmpty() && (action.needsOwnNumber() || action == Action.DRAFT_AGREEMENT)) {
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.INVOICE_NUMBER));
        }
        if (action == Action.DRAFT_AGREEMENT) {
            return draft(fields, own, number, customer, amount);
        }
        String offered = action == Action.STOP_AGREEMENT ? offered(fields, series) : "";
        return offered.isEmpty() ? ofAgreement(fields, action, own, amount) : withdrawal(fields, own, offered);
    }

    /** The own number of the line that offered what is to be stopped, with its series; empty where the line names none. */
    private static String offered(RecordFields fields, String series) {
        String number = fields.raw(Column.AGREEMENT_ID).isEmpty()
                ? fields.text(Column.ORIGINAL_INVOICE_NUMBER, NUMBER_LENGTH)
                : "";
        return number.isEmpty() || series.isEmpty() ? number : series + "/" + number;
    }

    /** Whatever has become of the offer by then; keys of its customer may lead to another agreement, and do not count. */
    private AgreementWish withdrawal(RecordFields fields, String own, String offered) {
        Map<String, String> terms = new HashMap<>(release(fields));
        terms.put(Intent.OFFER, offered);
        String target = "offer " + channel.sourceId() + "/" + offered;
        Intent intent = Intent.of(channel.sourceId(), Action.STOP_AGREEMENT, target, true, own, terms);
        return new AgreementWish(
                Optional.of(intent), Optional.empty(), content(Action.STOP_AGREEMENT, new TreeMap<>(terms).toString()));
    }

    private static Map<String, String> release(RecordFields fields) {
        return RELEASES.contains(fields.word(Column.RELEASE)) ? Map.of("release", "yes") : Map.of();
    }

    private AgreementWish draft(RecordFields fields, String own, String number, String customer, OptionalLong amount) {
        Map<String, String> terms = new DraftReader(channel, fields).draft(amount);
        String given = fields.text(Column.EXTERNAL_ID, NUMBER_LENGTH);
        String externalId = given.isEmpty() ? (customer.isEmpty() ? number : customer) : given;
        Map<String, String> all = new HashMap<>(terms);
        all.put("way", channel.agreements().draft().name());
        channel.agreements().publicUrl().ifPresent(url -> all.put("public_url", url));
        Intent intent = Intent.of(channel.sourceId(), Action.DRAFT_AGREEMENT, own, true, own, all);
        String text = Description.tidy(fields.raw(Column.DESCRIPTION));
        return new AgreementWish(
                Optional.of(intent).filter(any -> !number.isEmpty()),
                Optional.of(externalId).filter(id -> !id.isEmpty()),
                content(Action.DRAFT_AGREEMENT, customer, externalId, text, terms.toString()));
    }

    private AgreementWish ofAgreement(RecordFields fields, Action action, String own, OptionalLong amount) {
        String named = named(fields);
        // The customer may get another agreement later: only a number of its own tells one such line from the next.
        boolean byKey = !named.isEmpty() && fields.raw(Column.AGREEMENT_ID).isEmpty();
        if (byKey && own.isEmpty() && action == Action.STOP_AGREEMENT) {
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.INVOICE_NUMBER));
        }
        Map<String, String> terms = new HashMap<>();
        if (action == Action.UPDATE_AGREEMENT) {
            terms.putAll(new DraftReader(channel, fields).update(amount));
            if (terms.isEmpty() && amount.isEmpty()) {
                fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.PRODUCT_NAME));
            }
        } else {
            terms.putAll(release(fields));
        }
        // A question may be asked as often as somebody likes.
        String number = action == Action.QUERY ? UUID.randomUUID().toString() : own;
        Intent intent = Intent.of(channel.sourceId(), action, named, true, number, terms);
        return new AgreementWish(
                Optional.of(intent).filter(any -> !named.isEmpty()),
                Optional.empty(),
                content(action, new TreeMap<>(terms).toString()));
    }

    /** What the line says it acts on: an agreement, else the keys that lead to one. */
    private static String named(RecordFields fields) {
        String agreement = fields.raw(Column.AGREEMENT_ID);
        String customer = fields.number(Column.CUSTOMER_NUMBER, NUMBER_LENGTH, true);
        String kid = fields.number(Column.KID, NUMBER_LENGTH, true);
        if (!agreement.isEmpty()) {
            return agreement;
        }
        if (customer.isEmpty() && kid.isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.AGREEMENT_ID));
            return "";
        }
        return "customer " + customer + " kid " + kid;
    }

    private static String content(Action action, String... parts) {
        return action.word() + "\u001F" + String.join("\u001F", parts);
    }
}
