package org.chargebridge.operation;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Operation;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.PatchRequest;
import org.chargebridge.recurring.PatchRequest.Interval;
import org.chargebridge.recurring.TimePeriod;
import org.springframework.stereotype.Component;

/** What a line asks of an agreement, how far that came, and what follows from how the agreement stands. */
@Component
class AgreementWishes {

    private final OperationSettings settings;
    private final Clock clock;
    private final SendingSettings sending;

    AgreementWishes(OperationSettings settings, Clock clock, SendingSettings sending) {
        this.settings = settings;
        this.clock = clock;
        this.sending = sending;
    }

    Decision decide(Operation operation, AgreementView view) {
        boolean asAsked = operation.action() == Action.UPDATE_AGREEMENT && isAsAsked(update(operation), view);
        return AgreementDecisions.of(asked(operation), AgreementSight.of(view, asAsked));
    }

    AgreementDecisions.Asked asked(Operation operation) {
        boolean stop = operation.action() == Action.STOP_AGREEMENT;
        PatchRequest patch = stop ? new PatchRequest.Stop() : update(operation);
        return new AgreementDecisions.Asked(
                operation.action(),
                operation.amountMinor().isPresent(),
                operation.terms().containsKey("suggested_max_amount"),
                "yes".equals(operation.terms().get("release"))
                        || operation.released().equals(Optional.of(ReasonCode.STOP_WOULD_RELEASE)),
                progress(operation),
                operation.refusal(),
                ApiRequest.patch(operation.agreementId(), patch));
    }

    private Progress progress(Operation operation) {
        return Progress.of(operation, clock.instant(), settings.confirmWithin(), sending.gracePeriod());
    }

    private static PatchRequest.Update update(Operation operation) {
        Optional<String> most = term(operation, "suggested_max_amount");
        return new PatchRequest.Update(
                term(operation, "product_name"),
                term(operation, "product_description"),
                Optional.empty(),
                term(operation, "external_id"),
                operation.amountMinor(),
                most.isPresent() ? OptionalLong.of(Long.parseLong(most.get())) : OptionalLong.empty(),
                interval(operation));
    }

    private static Optional<Interval> interval(Operation operation) {
        return term(operation, "interval_unit").map(unit -> {
            if (unit.equals("FLEXIBLE")) {
                return new Interval(Optional.empty());
            }
            int count = Integer.parseInt(term(operation, "interval_count").orElse("1"));
            return new Interval(Optional.of(new TimePeriod(TimePeriod.Unit.valueOf(unit), count)));
        });
    }

    private static Optional<String> term(Operation operation, String column) {
        return Optional.ofNullable(operation.terms().get(column));
    }

    private static boolean isAsAsked(PatchRequest.Update update, AgreementView view) {
        return isSame(update.productName(), view.productName())
                && isSame(update.productDescription(), view.productDescription())
                && isSame(update.externalId(), view.externalId())
                && isSame(update.amountMinor(), view.pricing().amountMinor())
                && isSame(update.suggestedMaxMinor(), view.pricing().suggestedMaxMinor())
                && update.interval()
                        .map(interval -> isSame(interval, view.interval()))
                        .orElse(true);
    }

    private static boolean isSame(Optional<String> asked, Optional<String> shown) {
        return asked.isEmpty() || asked.equals(shown);
    }

    private static boolean isSame(OptionalLong asked, OptionalLong shown) {
        return asked.isEmpty() || asked.equals(shown);
    }

    private static boolean isSame(Interval asked, Optional<AgreementView.Interval> shown) {
        return asked.period()
                .map(period -> shown.filter(
                                view -> view.unitWord().equals(period.unit().name())
                                        && view.count().equals(OptionalInt.of(period.count())))
                        .isPresent())
                .orElse(shown.isEmpty());
    }
}
