package org.chargebridge.intake.http;

import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.AnsweredLine;
import org.chargebridge.ledger.Enquiries;

/**
 * A charge as the ledger has it, with the names of a status report; what is not known is null.
 *
 * @param attempts the order ids of all charges of its invoice: a change or another try makes a new one
 * @param status as in status reports; before anything is known at the API WAITING, SENDING or SENT
 */
public record ChargeInfo(
        String orderId,
        String status,
        String sourceFile,
        int position,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        String externalId,
        String transactionId,
        String failureReason,
        String reasonCode,
        String reasonText,
        String amount,
        Long amountMinor,
        String amountCaptured,
        String amountRefunded,
        String amountCancelled,
        String currency,
        String requestedDue,
        String effectiveDue,
        int retryDays,
        String lastChange,
        List<String> attempts,
        List<Step> history) {

    /** Something that happened to it. */
    public record Step(
            String at,
            String status,
            String failureReason,
            String reasonCode,
            String reasonText,
            String amountCaptured,
            String amountRefunded,
            String amountCancelled,
            boolean anomaly) {

        static Step of(Enquiries.Step step, Channel channel) {
            return new Step(
                    InfoText.time(step.at(), channel),
                    step.status(),
                    step.failureReason().orElse(null),
                    InfoText.code(step.reason()),
                    InfoText.reason(step.reason(), channel),
                    InfoText.amount(step.amounts().captured()),
                    InfoText.amount(step.amounts().refunded()),
                    InfoText.amount(step.amounts().cancelled()),
                    step.anomaly());
        }
    }

    static ChargeInfo of(
            Enquiries.ChargeState charge, List<String> attempts, List<Enquiries.Step> history, Channel channel) {
        AnsweredLine line = charge.filed().line();
        return new ChargeInfo(
                line.orderId(),
                charge.status(),
                charge.filed().file(),
                line.position(),
                InfoText.given(line.invoiceNumber()),
                InfoText.given(line.customerNumber()),
                InfoText.given(line.kid()),
                line.agreementId(),
                charge.externalId().orElse(null),
                charge.transactionId().orElse(null),
                charge.failureReason().orElse(null),
                InfoText.code(charge.reason()),
                InfoText.reason(charge.reason(), channel),
                InfoText.amount(line.amountMinor()),
                InfoText.minor(line.amountMinor()),
                InfoText.amount(charge.amounts().captured()),
                InfoText.amount(charge.amounts().refunded()),
                InfoText.amount(charge.amounts().cancelled()),
                line.currency(),
                InfoText.date(line.requestedDue()),
                InfoText.date(line.effectiveDue()),
                charge.retryDays(),
                charge.changedAt().map(at -> InfoText.time(at, channel)).orElse(null),
                attempts,
                history.stream().map(step -> Step.of(step, channel)).toList());
    }
}
