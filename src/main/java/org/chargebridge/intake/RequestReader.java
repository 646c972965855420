package org.chargebridge.intake;

import static org.chargebridge.intake.Limits.NUMBER_LENGTH;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.DocumentIdentity;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.Layout;
import org.chargebridge.intake.format.StatusFlags;

/** Reads what a record asks for. A pure function of the record, its layout and the channel's settings. */
final class RequestReader {

    private final Channel channel;
    private final Layout layout;
    private final StatusFlags flags;
    private final Terms terms;
    private final OperationReader operations;
    private final AgreementReader agreements;

    RequestReader(Channel channel, Layout layout) {
        this.channel = channel;
        this.layout = layout;
        this.flags = StatusFlags.of(layout);
        this.terms = new Terms(channel);
        this.operations = new OperationReader(channel);
        this.agreements = new AgreementReader(channel);
    }

    Request read(Entry.Row row) {
        RecordFields fields =
                new RecordFields(layout, row.cells(), channel.input().datePattern());
        row.fault().ifPresent(fields::fault);
        return row.fault().isPresent() ? unreadable(row, fields) : readable(row, fields);
    }

    /** Only what a file's sums need, for the first of its two passes. */
    Asked asked(Entry.Row row) {
        if (row.fault().isPresent()) {
            return new Asked(
                    Optional.of(Action.CHARGE),
                    OptionalLong.empty(),
                    channel.currency().name(),
                    Optional.empty());
        }
        RecordFields fields =
                new RecordFields(layout, row.cells(), channel.input().datePattern());
        Optional<Action> action = action(fields);
        boolean operation = action.filter(Action::isOperation).isPresent();
        boolean creditNote = isCreditNote(fields) && !operation;
        OptionalLong amount = terms.amount(fields, action, creditNote);
        return new Asked(
                action,
                amount,
                terms.currency(fields),
                creditNote || !operation && isCredit(amount) ? Optional.of(read(row)) : Optional.empty());
    }

    private boolean isFinished(Entry.Row row) {
        return row.finished() || !channel.input().finalLineEndRequired();
    }

    /** Cells of a malformed record may stand in the wrong columns: nothing of them is shown as if it were sure. */
    private Request unreadable(Entry.Row row, RecordFields fields) {
        return new Request(
                row.position(),
                row.cells(),
                isFinished(row),
                Optional.of(Action.CHARGE),
                fields.fault(),
                Optional.empty(),
                "",
                "",
                "",
                "",
                OptionalLong.empty(),
                channel.currency().name(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                "",
                Optional.empty(),
                false,
                "",
                Optional.empty(),
                new byte[0],
                Optional.empty(),
                channel.operations().transactionType(),
                false);
    }

    private Request readable(Entry.Row row, RecordFields fields) {
        Optional<Action> action = action(fields);
        boolean operation = action.filter(Action::isOperation).isPresent();
        boolean creditNote = isCreditNote(fields) && !operation;
        String number = fields.number(Column.INVOICE_NUMBER, NUMBER_LENGTH, false);
        String series = series(fields);
        boolean aboutAgreement = action.filter(Action::isAboutAgreement).isPresent();
        Optional<OrderId> orderId = aboutAgreement ? Optional.empty() : orderId(fields, number, series, action);
        String customer = fields.number(Column.CUSTOMER_NUMBER, NUMBER_LENGTH, true);
        String kid = fields.number(Column.KID, NUMBER_LENGTH, true);
        String agreement = AgreementReader.id(fields);
        OptionalLong amount = terms.amount(fields, action, creditNote);
        boolean credits = creditNote || !operation && isCredit(amount);
        if (credits
                && action.filter(Action.DISCARD::equals).isPresent()
                && fields.raw(Column.ORDER_ID).isEmpty()) {
            // A credit note that is dropped is meant itself, and not the invoice that it credits.
            orderId = identity(number, series, 1);
        }
        if (action.filter(Action.CHARGE::equals).isPresent() && amount.isPresent() && amount.getAsLong() > 0) {
            checkOpen(fields, row.cells());
        }
        if (action.filter(Action.CHARGE::equals).isPresent() && DocumentWords.isSum(number)) {
            fields.fault(
                    ReasonCode.RECORD_MALFORMED, row.position(), Detail.SUM_OF_LINES.of(RecordFields.shown(number)));
        }
        boolean payerGiven = !agreement.isEmpty() || !customer.isEmpty() || !kid.isEmpty();
        if (action.filter(Action.CHARGE::equals).isPresent() && !credits && !payerGiven) {
            fields.fault(ReasonCode.AGREEMENT_NOT_GIVEN);
        }
        String currency = terms.currency(fields);
        Optional<LocalDate> issued = fields.date(Column.INVOICE_DATE);
        boolean unscheduled = !credits && terms.unscheduled(fields, action);
        boolean needsDue = action.map(Action::needsDue).orElse(true) && !credits;
        Optional<LocalDate> due = unscheduled ? Optional.empty() : terms.due(fields, issued, !needsDue);
        String text = Description.tidy(fields.raw(Column.DESCRIPTION));
        String content = text;
        OptionalInt retryDays = fields.integer(Column.RETRY_DAYS, 0, Limits.RETRY_DAYS, ReasonCode.RETRY_DAYS_INVALID);
        Optional<String> externalId = externalId(fields, number, kid);
        String credited = fields.text(Column.ORIGINAL_INVOICE_NUMBER, NUMBER_LENGTH);
        Optional<OrderId> original = credits && !credited.isEmpty() ? identity(credited, series, 1) : Optional.empty();
        Optional<Intent> intent;
        if (aboutAgreement) {
            AgreementWish wish = agreements.wish(fields, action.get(), number, series, customer, amount);
            intent = wish.intent();
            externalId = wish.externalId();
            content = wish.content();
        } else {
            intent = operation
                    ? operations.intent(fields, action.get(), orderId, series)
                    : operations.credit(original, number, series);
        }
        return new Request(
                row.position(),
                row.cells(),
                isFinished(row),
                action,
                fields.fault(),
                orderId,
                number,
                customer,
                kid,
                agreement,
                amount,
                currency,
                due,
                issued,
                unscheduled ? OptionalInt.of(0) : retryDays,
                operation || credits
                        ? Description.ofOperation(
                                channel,
                                operation ? action.get() : Action.REFUND,
                                text,
                                credited.isEmpty() ? number : credited)
                        : Description.render(channel, text, number),
                externalId,
                credits,
                credited,
                original,
                fields.fault().isPresent()
                        ? new byte[0]
                        : digest(fields, amount, currency, agreement, customer, kid, content, unscheduled),
                fields.fault().isPresent() ? Optional.empty() : intent,
                terms.transactionType(fields),
                unscheduled);
    }

    private byte[] digest(
            RecordFields fields,
            OptionalLong amount,
            String currency,
            String agreement,
            String customer,
            String kid,
            String text,
            boolean unscheduled) {
        String given = fields.date(Column.DUE_DATE).map(LocalDate::toString).orElse("");
        String issued = given.isEmpty() && !unscheduled
                ? fields.date(Column.INVOICE_DATE).map(LocalDate::toString).orElse("")
                : "";
        return Digest.of(
                amount.isPresent() ? String.valueOf(amount.getAsLong()) : "",
                currency,
                given,
                issued,
                agreement,
                agreement.isEmpty() ? customer : "",
                agreement.isEmpty() ? kid : "",
                text
                        + (fields.word(Column.TRANSACTION_TYPE).equals("reserve_capture") ? " reserved" : "")
                        + (unscheduled ? " unscheduled" : ""));
    }

    private void checkOpen(RecordFields fields, List<String> cells) {
        String status = fields.raw(Column.STATUS);
        if (DocumentWords.isNotOpen(fields.word(Column.STATUS)) || StatusFlags.isRaised(status)) {
            fields.fault(ReasonCode.DOCUMENT_NOT_OPEN, fields.name(Column.STATUS), RecordFields.shown(status));
        }
        flags.raised(cells)
                .ifPresent(flag -> fields.fault(
                        ReasonCode.DOCUMENT_NOT_OPEN,
                        RecordFields.shown(flag.heading()),
                        RecordFields.shown(flag.answer())));
    }

    private static boolean isCredit(OptionalLong amount) {
        return amount.isPresent() && amount.getAsLong() < 0;
    }

    private Optional<Action> action(RecordFields fields) {
        String word = fields.raw(Column.ACTION);
        if (word.isEmpty()) {
            return Optional.of(Action.CHARGE);
        }
        Optional<Action> action = Action.ofWord(word);
        if (action.isEmpty()) {
            fields.fault(ReasonCode.ACTION_UNKNOWN, RecordFields.shown(word));
        }
        return action;
    }

    private static boolean isCreditNote(RecordFields fields) {
        String type = fields.word(Column.DOCUMENT_TYPE);
        // Many ledgers tell it in a column that they call type.
        if (DocumentWords.CREDIT_NOTES.contains(type)
                || type.isEmpty() && DocumentWords.CREDIT_NOTES.contains(fields.word(Column.TYPE))) {
            return true;
        }
        if (!DocumentWords.INVOICES.contains(type)) {
            fields.fault(
                    ReasonCode.TEXT_INVALID,
                    fields.name(Column.DOCUMENT_TYPE),
                    RecordFields.shown(fields.raw(Column.DOCUMENT_TYPE)));
        }
        return false;
    }

    private String series(RecordFields fields) {
        String series = fields.text(Column.DOCUMENT_SERIES, NUMBER_LENGTH);
        if (!series.isEmpty()) {
            return series;
        }
        if (fields.has(Column.DOCUMENT_SERIES)
                && layout.delimiter().isPresent()
                && channel.defaults().documentSeries().isEmpty()) {
            fields.fault(ReasonCode.SERIES_MISSING);
        }
        return channel.defaults().documentSeries();
    }

    private Optional<OrderId> own(RecordFields fields, String number, String series, int instalment) {
        if (number.isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.INVOICE_NUMBER));
        }
        Optional<OrderId> orderId = identity(number, series, instalment);
        String given = fields.raw(Column.ORDER_ID);
        if (!given.isEmpty() && orderId.isPresent() && !orderId.get().value().equals(given)) {
            fields.fault(
                    ReasonCode.ORDER_ID_MISMATCH,
                    RecordFields.shown(given),
                    orderId.get().value());
        }
        return orderId;
    }

    private Optional<OrderId> orderId(RecordFields fields, String number, String series, Optional<Action> action) {
        int instalment = fields.integer(Column.INSTALMENT, 1, Limits.INSTALMENTS, ReasonCode.TEXT_INVALID)
                .orElse(1);
        boolean other = action.filter(wanted -> wanted == Action.DISCARD || wanted.isOperation())
                .isPresent();
        return other
                ? operations.target(fields, number, document -> identity(document, series, instalment))
                : own(fields, number, series, instalment);
    }

    private Optional<OrderId> identity(String number, String series, int instalment) {
        if (number.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(OrderId.of(new DocumentIdentity(
                channel.sourceId(), channel.defaults().legalEntity(), series, number, instalment)));
    }

    private Optional<String> externalId(RecordFields fields, String number, String kid) {
        String given = fields.text(Column.EXTERNAL_ID, NUMBER_LENGTH);
        String chosen = !given.isEmpty()
                ? given
                : switch (channel.defaults().externalId()) {
                    case INVOICE_NUMBER -> number;
                    case KID -> kid;
                };
        return Optional.of(chosen).filter(id -> !id.isEmpty());
    }
}
