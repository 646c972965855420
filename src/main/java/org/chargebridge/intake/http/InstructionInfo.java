package org.chargebridge.intake.http;

import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.AnsweredLine;
import org.chargebridge.ledger.Enquiries;

/** A line as it was answered, with the names of a receipt; what is not known is null. */
public record InstructionInfo(
        String sourceFile,
        int position,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        String orderId,
        String action,
        String answer,
        String reasonCode,
        String reasonText,
        String amount,
        Long amountMinor,
        String currency,
        String requestedDue,
        String effectiveDue,
        String recordedAt) {

    /** What is answered to a question for instructions, the newest first. */
    public record Found(List<InstructionInfo> instructions) {}

    static InstructionInfo of(Enquiries.FiledLine filed, Channel channel) {
        AnsweredLine line = filed.line();
        return new InstructionInfo(
                filed.file(),
                line.position(),
                InfoText.given(line.invoiceNumber()),
                InfoText.given(line.customerNumber()),
                InfoText.given(line.kid()),
                InfoText.given(line.agreementId()),
                InfoText.given(line.orderId()),
                line.action(),
                line.answer().name(),
                InfoText.code(line.reason()),
                InfoText.reason(line.reason(), channel),
                InfoText.amount(line.amountMinor()),
                InfoText.minor(line.amountMinor()),
                line.currency(),
                InfoText.date(line.requestedDue()),
                InfoText.date(line.effectiveDue()),
                InfoText.time(filed.recordedAt(), channel));
    }
}
