package org.chargebridge.intake;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.TransactionType;
import org.chargebridge.intake.format.AmountText;
import org.chargebridge.intake.format.Column;

/** How much a record asks for, in which currency and when, held against what a charge can be. */
final class Terms {

    private final Channel channel;

    Terms(Channel channel) {
        this.channel = channel;
    }

    OptionalLong amount(RecordFields fields, Optional<Action> action, boolean creditNote) {
        boolean needed = action.map(Action::needsAmount).orElse(true);
        OptionalLong amount = fields.amount(needed);
        if (amount.isEmpty() || !needed || creditNote) {
            return amount;
        }
        long minor = amount.getAsLong();
        if (action.filter(Action::isOperation).isPresent()) {
            checkOperation(fields, minor);
            return amount;
        }
        boolean known = action.filter(Action.KNOWN::equals).isPresent();
        if (known && minor < 0) {
            fields.fault(ReasonCode.AMOUNT_INVALID, fields.name(Column.AMOUNT), MinorUnits.toDecimalString(minor));
        } else if (minor > 0) {
            fields.checkRange(Column.AMOUNT, minor, known ? 1 : MinorUnits.CHARGE_MIN);
        }
        return amount;
    }

    /** Capture and refund carry at least the smallest amount (MR24), and so does a charge that takes another's place. */
    private static void checkOperation(RecordFields fields, long minor) {
        if (minor < 0) {
            fields.fault(ReasonCode.AMOUNT_INVALID, fields.name(Column.AMOUNT), MinorUnits.toDecimalString(minor));
        } else {
            fields.checkRange(Column.AMOUNT, minor, MinorUnits.CHARGE_MIN);
        }
    }

    /** The line's, else the channel's. */
    TransactionType transactionType(RecordFields fields) {
        String word = fields.word(Column.TRANSACTION_TYPE);
        return switch (word) {
            case "" -> channel.operations().transactionType();
            case "direct_capture" -> TransactionType.DIRECT_CAPTURE;
            case "reserve_capture" -> TransactionType.RESERVE_CAPTURE;
            default -> {
                fault(fields, ReasonCode.TEXT_INVALID, Column.TRANSACTION_TYPE);
                yield channel.operations().transactionType();
            }
        };
    }

    /**
     * Whether a document is to be charged at once. Such a charge has no due date and is tried once: a line that says
     * otherwise contradicts itself, and is refused rather than charged on a day that it does not name. Words that are not
     * the API's mean nothing: many ledgers have a column of that name.
     */
    boolean unscheduled(RecordFields fields, Optional<Action> action) {
        Asks asks = action.map(Terms::asks).orElse(Asks.NOTHING);
        String type = asks == Asks.NOTHING ? "" : fields.word(Column.TYPE);
        boolean unscheduled = type.equals("unscheduled");
        if (type.equals("initial") || unscheduled && asks == Asks.ANOTHER_CHARGE) {
            fault(fields, ReasonCode.TEXT_INVALID, Column.TYPE);
            return false;
        }
        if (!unscheduled) {
            return false;
        }
        if (asks == Asks.CHARGE && !channel.operations().unscheduled()) {
            fields.fault(ReasonCode.UNSCHEDULED_NOT_ALLOWED, "unscheduled: refuse");
        }
        if (!fields.raw(Column.DUE_DATE).isEmpty()) {
            fault(fields, ReasonCode.NOT_FOR_UNSCHEDULED, Column.DUE_DATE);
        }
        if (!Set.of("", "0").contains(fields.raw(Column.RETRY_DAYS))) {
            fault(fields, ReasonCode.NOT_FOR_UNSCHEDULED, Column.RETRY_DAYS);
        }
        return true;
    }

    private enum Asks {
        CHARGE,
        /** That a document counts as collected, however that was. */
        NO_CHARGE,
        /** In place of one that is there, on a day of its own (MR7, MR8). */
        ANOTHER_CHARGE,
        NOTHING
    }

    private static Asks asks(Action action) {
        return switch (action) {
            case CHARGE -> Asks.CHARGE;
            case KNOWN -> Asks.NO_CHARGE;
            case CHANGE, RETRY -> Asks.ANOTHER_CHARGE;
            case CANCEL, CAPTURE, REFUND, DISCARD, DRAFT_AGREEMENT, UPDATE_AGREEMENT, STOP_AGREEMENT, QUERY ->
                Asks.NOTHING;
        };
    }

    private static void fault(RecordFields fields, ReasonCode code, Column column) {
        fields.fault(code, fields.name(column), RecordFields.shown(fields.raw(column)));
    }

    private boolean isOwnKroner(String beside) {
        return beside.equals(AmountText.KRONER) && channel.currency() != Currency.EUR;
    }

    /** The line's, which must be the sales unit's, because a charge carries none (MR12). */
    String currency(RecordFields fields) {
        String expected = channel.currency().name();
        fields.amountCurrencies()
                .filter(beside -> !beside.equals(expected) && !isOwnKroner(beside))
                .forEach(beside -> fields.fault(ReasonCode.CURRENCY_MISMATCH, beside, expected));
        String given = fields.raw(Column.CURRENCY);
        if (given.isEmpty()) {
            return expected;
        }
        Optional<Currency> currency = Currency.ofCode(given);
        if (currency.isEmpty()) {
            fields.fault(ReasonCode.CURRENCY_NOT_SUPPORTED, RecordFields.shown(given));
            return given.length() == 3 ? given.toUpperCase(Locale.ROOT) : "";
        }
        if (currency.get() != channel.currency()) {
            fields.fault(ReasonCode.CURRENCY_MISMATCH, currency.get().name(), expected);
        }
        return currency.get().name();
    }

    /** As given, or counted from the issue date where the channel says so. */
    Optional<LocalDate> due(RecordFields fields, Optional<LocalDate> issued, boolean optional) {
        Optional<LocalDate> due = fields.date(Column.DUE_DATE);
        if (due.isPresent() || !fields.raw(Column.DUE_DATE).isEmpty()) {
            return due;
        }
        Optional<LocalDate> counted =
                issued.flatMap(date -> channel.defaults().dueDaysAfterIssue().map(date::plusDays));
        if (counted.isEmpty() && !optional) {
            fields.fault(ReasonCode.FIELD_MISSING, fields.name(Column.DUE_DATE));
        }
        return counted;
    }
}
