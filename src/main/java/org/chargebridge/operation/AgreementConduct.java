package org.chargebridge.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.chargebridge.agreement.AgreementChanges;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.Operation;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.ChargeRequests;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.PatchRequest;
import org.chargebridge.recurring.PatchRequest.Interval;
import org.chargebridge.recurring.TimePeriod;
import org.chargebridge.recurring.UnreadableAnswer;
import org.springframework.stereotype.Component;

/** Changing and stopping agreements (MR23). What a look shows is recorded of the agreement as well, whoever ended it. */
@Component
class AgreementConduct implements Conduct {

    private final KnownAgreements agreements;
    private final AgreementChanges changes;
    private final OperationSettings settings;
    private final Clock clock;
    private final SendingSettings sending;

    AgreementConduct(
            KnownAgreements agreements,
            AgreementChanges changes,
            OperationSettings settings,
            Clock clock,
            SendingSettings sending) {
        this.agreements = agreements;
        this.changes = changes;
        this.settings = settings;
        this.clock = clock;
        this.sending = sending;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.UPDATE_AGREEMENT, Action.STOP_AGREEMENT);
    }

    @Override
    public Look look(Operation operation) {
        return Look.at(
                operation.phase() == Operation.Phase.LIST
                        ? ChargeRequests.singlePath(operation.agreementId())
                        : AgreementRequests.agreementPath(operation.agreementId()));
    }

    @Override
    public Verdict seen(Operation operation, byte[] body, Optional<String> more) throws UnreadableAnswer {
        return operation.phase() == Operation.Phase.LIST ? listed(operation, body, more) : seen(operation, body);
    }

    private Verdict listed(Operation operation, byte[] body, Optional<String> more) throws UnreadableAnswer {
        Optional<String> reserved = ChargeView.parsePage(body).stream()
                .filter(AgreementConduct::mayBeReserved)
                .map(ChargeView::id)
                .findFirst();
        Decision decision = AgreementDecisions.listed(asked(operation), operation.agreementId(), reserved, more);
        return new Verdict(decision, Shown.of("", AgreementStatus.ACTIVE.name()));
    }

    /** Of a state that this version does not know nothing is guessed. */
    private static boolean mayBeReserved(ChargeView charge) {
        return charge.status()
                .map(status -> status == ChargeStatus.RESERVED || status == ChargeStatus.PARTIALLY_CAPTURED)
                .orElse(true);
    }

    private Verdict seen(Operation operation, byte[] body) throws UnreadableAnswer {
        AgreementView view = AgreementView.parse(body);
        KnownAgreements.Shown shown = new KnownAgreements.Shown(
                operation.agreementId(),
                view.statusWord(),
                view.externalId(),
                view.pricing().typeWord(),
                view.pricing().currency(),
                view.productName(),
                view.sub(),
                view.userinfoUrl());
        changes.settle(operation.msn(), agreements.show(operation.msn(), List.of(shown), OptionalLong.empty(), false));
        boolean asAsked = operation.action() == Action.UPDATE_AGREEMENT && isAsAsked(update(operation), view);
        Decision decision = AgreementDecisions.of(asked(operation), AgreementSight.of(view, asAsked));
        return new Verdict(decision, Shown.of("", view.statusWord()));
    }

    @Override
    public Verdict missing(Operation operation) {
        Reason reason = Reason.of(ReasonCode.AGREEMENT_NOT_ACTIVE, operation.agreementId(), KnownAgreements.MISSING);
        return new Verdict(new Decision.Refuse(reason), Shown.of("", KnownAgreements.MISSING));
    }

    private AgreementDecisions.Asked asked(Operation operation) {
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
        Instant now = clock.instant();
        Instant first = operation.firstSentAt().orElse(now);
        if (operation.phase() == Operation.Phase.CONFIRM) {
            return first.plus(settings.confirmWithin()).isAfter(now) ? Progress.TAKEN_IN : Progress.OVERDUE;
        }
        if (operation.unanswered() == 0) {
            return Progress.NOT_CALLED;
        }
        return first.plus(sending.gracePeriod()).isAfter(now) ? Progress.UNANSWERED : Progress.GRACE_OVER;
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
