package org.chargebridge.intake;

import static org.chargebridge.intake.Limits.NUMBER_LENGTH;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;

/** Reads what a line acts on that is no document of its own: a discard's line, or an operation's target. */
final class OperationReader {

    private final Channel channel;

    OperationReader(Channel channel) {
        this.channel = channel;
    }

    /**
     * What it acts on: the order id given, else the original document, else the document itself.
     *
     * @param identity the order id of a document's number
     */
    Optional<OrderId> target(RecordFields fields, String number, Function<String, Optional<OrderId>> identity) {
        String given = fields.raw(Column.ORDER_ID);
        if (!given.isEmpty()) {
            if (given.matches("[A-Za-z0-9_-]{8,50}")) {
                return Optional.of(new OrderId(given));
            }
            fields.fault(ReasonCode.TEXT_INVALID, fields.name(Column.ORDER_ID), RecordFields.shown(given));
            return Optional.empty();
        }
        String original = fields.text(Column.ORIGINAL_INVOICE_NUMBER, NUMBER_LENGTH);
        String document = original.isEmpty() ? number : original;
        if (document.isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.INVOICE_NUMBER));
        }
        return identity.apply(document);
    }

    /** A credit note for a document that it names: what it does follows from the state of that one's charge. */
    Optional<Intent> credit(Optional<OrderId> credited, String number, String series) {
        String own = series.isEmpty() ? number : series + "/" + number;
        return credited.map(id ->
                Intent.of(channel.sourceId(), Action.REFUND, id.value(), false, own, Map.of(Intent.CREDIT, "true")));
    }

    /** What an operation does, and who it is: its own number counts only where another column names its target. */
    Optional<Intent> intent(RecordFields fields, Action action, Optional<OrderId> target, String series) {
        boolean byOrderId = !fields.raw(Column.ORDER_ID).isEmpty();
        boolean named = byOrderId || !fields.raw(Column.ORIGINAL_INVOICE_NUMBER).isEmpty();
        String number = named ? fields.text(Column.INVOICE_NUMBER, NUMBER_LENGTH) : "";
        if (action.needsOwnNumber() && number.isEmpty()) {
            Column missing = named ? Column.INVOICE_NUMBER : Column.ORIGINAL_INVOICE_NUMBER;
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(missing));
        }
        String own = number.isEmpty() || series.isEmpty() ? number : series + "/" + number;
        return target.map(id -> Intent.of(channel.sourceId(), action, id.value(), byOrderId, own, Map.of()));
    }
}
