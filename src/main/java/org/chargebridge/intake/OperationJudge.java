package org.chargebridge.intake;

import static org.chargebridge.charge.MinorUnits.toDecimalString;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Operations;

/**
 * Answers a line that acts on something that is there already: a pure function of what it asks and of what the ledger
 * knows. Whether its charge's state allows it is found out at the API, when its turn comes.
 */
final class OperationJudge {

    private final Channel channel;
    private final LocalDate today;

    OperationJudge(Channel channel, LocalDate today) {
        this.channel = channel;
        this.today = today;
    }

    Line judge(Request request, Facts known, Releases releases) {
        OperationFacts facts = known.operations();
        Intent intent = facts.intent(request);
        Optional<Operations.Recorded> recorded =
                Optional.ofNullable(facts.recorded().get(intent.identity())).filter(before -> !before.over());
        if (recorded.isPresent()
                && Arrays.equals(request.digest(), recorded.get().digest())) {
            return Unrecorded.answer(
                    request,
                    Answer.DUPLICATE,
                    Reason.of(
                            ReasonCode.ALREADY_RECORDED,
                            recorded.get().fileName(),
                            recorded.get().position()));
        }
        if (!request.finished() && !releases.has(ReasonCode.FINAL_LINE_UNFINISHED)) {
            return Unrecorded.answer(request, Answer.HELD, Reason.of(ReasonCode.FINAL_LINE_UNFINISHED));
        }
        if (recorded.filter(before -> !before.waits()).isPresent()) {
            return Unrecorded.answer(
                    request,
                    Answer.HELD,
                    Reason.of(
                            ReasonCode.CONFLICT,
                            intent.target(),
                            recorded.get().fileName(),
                            recorded.get().position()));
        }
        if (request.isFor(Action.DRAFT_AGREEMENT)) {
            return offers(request, facts);
        }
        Optional<String> offer = intent.offerIdentity(channel.sourceId());
        if (offer.isPresent()) {
            return takesBack(request, Optional.ofNullable(facts.recorded().get(offer.get())), facts);
        }
        if (request.isOnAgreement()) {
            return actsOnAgreement(request, known);
        }
        return aboveLimit(request, releases).orElseGet(() -> actsOnCharge(request, facts));
    }

    /** A change charges anew, so the limit of a charge holds for it, too (MR11). */
    private Optional<Line> aboveLimit(Request request, Releases releases) {
        long amount = request.amountMinor().orElse(0);
        long limit = channel.policy().maxPerChargeMinor();
        boolean held = request.isFor(Action.CHANGE) && amount > limit && !releases.has(ReasonCode.ABOVE_MAX_PER_CHARGE);
        return held
                ? Optional.of(Unrecorded.answer(
                        request,
                        Answer.HELD,
                        Reason.of(ReasonCode.ABOVE_MAX_PER_CHARGE, toDecimalString(amount), toDecimalString(limit))))
                : Optional.empty();
    }

    private Line offers(Request request, OperationFacts facts) {
        Optional<LocalDate> over = DraftReader.campaignEnd(request, channel).filter(last -> last.isBefore(today));
        if (over.isPresent()) {
            return Unrecorded.answer(request, Answer.REFUSED, Reason.of(ReasonCode.CAMPAIGN_OVER, over.get()));
        }
        Optional<String> missing = AgreementReader.missingSetting(channel);
        return missing.isPresent()
                ? Unrecorded.answer(request, Answer.REFUSED, Reason.of(ReasonCode.DRAFT_NOT_SET_UP, missing.get()))
                : accepted(request, request.intent().orElseThrow(), "", facts);
    }

    /** Whether a credit note's document is recorded, so that what it does follows from that one's charge. */
    boolean canCredit(Request request, OperationFacts facts) {
        return request.intent()
                .map(intent -> facts.targets().get(intent.target()))
                .filter(target -> target.action() == Action.CHARGE)
                .isPresent();
    }

    /**
     * Found by the same keys as who pays. What is not clear is refused and not kept until it is: by then the key may lead
     * to an agreement that was never meant.
     */
    private Line actsOnAgreement(Request request, Facts known) {
        Intent intent = request.intent().orElseThrow();
        return known.finding(request, today)
                .fold(
                        pays -> known.operations().elsewhere().contains(pays.agreementId())
                                ? unknownAgreement(request, pays.agreementId())
                                : accepted(
                                        request, intent.on(pays.agreementId()), pays.agreementId(), known.operations()),
                        unknown -> unknownAgreement(request, LineJudge.keys(request)),
                        several -> unclearAgreement(request, String.join(", ", several.agreementIds())),
                        changed -> unclearAgreement(request, changed.before() + ", " + changed.after()));
    }

    /** How far the offer came is found out when the line's turn comes. */
    private static Line takesBack(Request request, Optional<Operations.Recorded> offer, OperationFacts facts) {
        Intent intent = request.intent().orElseThrow();
        return offer.filter(line -> !line.over())
                .map(line -> accepted(request, intent.onOffer(line.fileId(), line.position()), "", facts))
                .orElseGet(() -> unknownAgreement(request, intent.target()));
    }

    private static Line unknownAgreement(Request request, String named) {
        return Unrecorded.answer(request, Answer.REFUSED, Reason.of(ReasonCode.TARGET_AGREEMENT_UNKNOWN, named));
    }

    private static Line unclearAgreement(Request request, String found) {
        return Unrecorded.answer(
                request,
                Answer.REFUSED,
                Reason.of(ReasonCode.TARGET_AGREEMENT_UNCLEAR, LineJudge.keys(request), found));
    }

    /** Whether it names all that finds a charge at the API, and does what can be done to one that another system made. */
    static boolean namesChargeAndAgreement(Request request) {
        boolean can = request.isFor(Action.CANCEL) || request.isFor(Action.CAPTURE) || request.isFor(Action.REFUND);
        return can
                && request.intent().filter(Intent::exact).isPresent()
                && !request.agreementId().isEmpty();
    }

    /**
     * A charge that is not recorded may have been made by another system of the merchant. It is taken on trust here and
     * looked for at the API, unless its agreement is another source's; so is none that another source sent through us.
     */
    private Line actsOnCharge(Request request, OperationFacts facts) {
        Intent intent = facts.intent(request);
        String orderId = intent.target();
        Operations.Target target = facts.targets().get(orderId);
        if (target == null
                && namesChargeAndAgreement(request)
                && !facts.elsewhere().contains(request.agreementId())) {
            return accepted(request, intent.onElsewhere(), request.agreementId(), facts);
        }
        if (target == null || !target.sourceId().equals(channel.sourceId())) {
            return Unrecorded.answer(request, Answer.REFUSED, Reason.of(ReasonCode.TARGET_UNKNOWN, orderId));
        }
        if (!target.msn().equals(channel.msn())) {
            return Unrecorded.answer(
                    request,
                    Answer.REFUSED,
                    Reason.of(ReasonCode.TARGET_ON_OTHER_SALES_UNIT, orderId, target.msn(), channel.msn()));
        }
        if (target.action() == Action.KNOWN) {
            return Unrecorded.answer(request, Answer.REFUSED, Reason.of(ReasonCode.TARGET_NOT_OURS, orderId));
        }
        return accepted(request, intent.on(target.first()), target.agreementId(), facts);
    }

    private static Line accepted(Request request, Intent intent, String agreementId, OperationFacts facts) {
        int correction = Optional.ofNullable(facts.recorded().get(intent.identity()))
                .map(replaced -> replaced.correction() + 1)
                .orElse(0);
        // A credit note's own number makes no order id.
        boolean credit = intent.terms().containsKey(Intent.CREDIT);
        return new Line(
                request.position(),
                credit ? Optional.of(Action.REFUND) : request.action(),
                Answer.ACCEPTED,
                Optional.empty(),
                credit ? request.credited() : request.orderId(),
                request.invoiceNumber(),
                request.customerNumber(),
                request.kid(),
                agreementId,
                request.amountMinor(),
                request.currency(),
                request.due(),
                Optional.empty(),
                0,
                request.description(),
                request.isFor(Action.DRAFT_AGREEMENT) ? request.externalId() : Optional.empty(),
                request.digest(),
                correction,
                Optional.empty(),
                request.cells(),
                Optional.of(intent),
                request.transactionType());
    }
}
