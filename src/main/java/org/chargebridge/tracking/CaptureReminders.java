package org.chargebridge.tracking;

import static org.chargebridge.charge.MinorUnits.toDecimalString;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.recurring.ChargeView;
import org.springframework.stereotype.Component;

/**
 * Tells once in a status report that a reservation must soon be captured: the API gives it back after the market's
 * deadline.
 */
@Component
class CaptureReminders {

    private static final int NORWAY_DAYS = 180;
    private static final int DENMARK_AND_FINLAND_DAYS = 14;

    private final Charges charges;
    private final Events events;
    private final Channels channels;
    private final Clock clock;

    CaptureReminders(Charges charges, Events events, Channels channels, Clock clock) {
        this.charges = charges;
        this.events = events;
        this.channels = channels;
        this.clock = clock;
    }

    /** A look showed the charge as reserved, as a whole or in part; its row is locked. */
    void reserved(Lookup lookup, ChargeView view) {
        QueuedLine line = lookup.line();
        if (!channels.has(line.channel())) {
            // Nobody would be reminded; what became of the charge is recorded all the same.
            return;
        }
        Channel channel = channels.named(line.channel());
        Optional<LocalDate> deadline = deadline(view, channel.currency());
        int days = channel.operations().captureReminderDays();
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), channel.currency().marketZone());
        boolean soon = days > 0
                && deadline.filter(day -> !today.isBefore(day.minusDays(days))).isPresent();
        if (!soon || !charges.reminded(line.fileId(), line.position())) {
            return;
        }
        ChargeView.Summary summary = view.summary();
        long rest = view.amountMinor() - summary.captured() - summary.cancelled();
        events.record(new Events.ChargeEvent(
                line.channel(),
                lookup.msn(),
                line.fileId(),
                line.position(),
                line.orderId(),
                Optional.empty(),
                view.statusWord(),
                Optional.of(Reason.of(ReasonCode.CAPTURE_SOON, deadline.get(), toDecimalString(rest))),
                view.transactionId(),
                Optional.empty(),
                new Events.Amounts(summary.captured(), summary.refunded(), summary.cancelled()),
                false,
                true));
    }

    private static Optional<LocalDate> deadline(ChargeView view, Currency currency) {
        int days =
                switch (currency) {
                    case NOK -> NORWAY_DAYS;
                    case DKK, EUR -> DENMARK_AND_FINLAND_DAYS;
                };
        return view.history().stream()
                .filter(event -> event.success() && event.event().equals("RESERVE"))
                .flatMap(event -> time(event.occurred()).stream())
                .findFirst()
                .map(at -> LocalDate.ofInstant(at, currency.marketZone()).plusDays(days));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
