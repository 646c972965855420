package org.chargebridge.console;

import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.ledger.ChargeHistories;
import org.chargebridge.ledger.FoundLine;
import org.chargebridge.ledger.StoredDeadLetter;

/** How what the ledger holds becomes a step of a charge's history. */
final class Steps {

    private Steps() {}

    static Step of(FoundLine line) {
        return new Step(
                line.recordedAt(),
                Step.Kind.LINE,
                line.answer().name(),
                line.reason(),
                new Facts()
                        .add("file", line.file())
                        .add("position", (Object) line.position())
                        .add("channel", line.channel())
                        .add("action", line.action())
                        .add("invoiceNumber", line.invoiceNumber())
                        .add("amount", line.amountMinor(), line.currency())
                        .add("due", line.effectiveDue())
                        .add("replaced", line.replaced() ? Optional.of(true) : Optional.empty())
                        .all(),
                Optional.empty(),
                Optional.of("/files/" + line.fileId() + "?after=" + (line.position() - 1)));
    }

    /** A request as it stands now, at the moment when it was made. */
    static Step of(ChargeHistories.Request request, Step.Kind kind, String orderId) {
        Facts facts = new Facts();
        if (kind == Step.Kind.REQUEST) {
            facts.add("request", (Object) request.id());
        }
        return new Step(
                request.createdAt(),
                kind,
                request.state(),
                request.reason(),
                facts.add("what", request.what())
                        .add("method", request.method())
                        .add("path", request.path())
                        .add("idempotencyKey", request.idempotencyKey())
                        .count("lines", request.lines())
                        .count("attempts", request.attempts())
                        .count("unanswered", request.unanswered())
                        .count("correction", request.correction())
                        .add("firstSentAt", request.firstSentAt())
                        .add("answeredAt", request.answeredAt())
                        .add("httpStatus", request.httpStatus())
                        .add("problem", request.problem())
                        .add("contextId", request.contextId())
                        .all(),
                request.body().flatMap(body -> MaskedBody.of(body, orderId)),
                Optional.empty());
    }

    /** @param line whose state changed: that of the charge, or one that acts on it */
    static Step of(ChargeHistories.Event event, FoundLine line) {
        String currency = line.currency();
        boolean ofOperation = !line.action().equals(Action.CHARGE.word());
        return new Step(
                event.at(),
                Step.Kind.EVENT,
                event.status(),
                event.reason(),
                new Facts()
                        .add("action", ofOperation ? line.action() : "")
                        .add("invoiceNumber", ofOperation ? line.invoiceNumber() : "")
                        .add("request", event.dispatchId())
                        .money("captured", event.amounts().captured(), currency)
                        .money("refunded", event.amounts().refunded(), currency)
                        .money("cancelled", event.amounts().cancelled(), currency)
                        .add("failureReason", event.failureReason())
                        .add("transactionId", event.transactionId())
                        .add("anomaly", event.anomaly() ? Optional.of(true) : Optional.empty())
                        .add("statusReport", event.report())
                        .add("reportedAt", event.reportedAt())
                        .all(),
                Optional.empty(),
                Optional.empty());
    }

    static Step of(ChargeHistories.Webhook told, String currency) {
        return new Step(
                told.receivedAt(),
                Step.Kind.WEBHOOK,
                told.type(),
                Optional.empty(),
                new Facts()
                        .add("occurred", told.occurred())
                        .add("amount", told.amountMinor(), currency)
                        .add("captured", told.captured(), currency)
                        .add("refunded", told.refunded(), currency)
                        .add("cancelled", told.cancelled(), currency)
                        .add("failureReason", told.failure())
                        .add("state", told.state())
                        .all(),
                Optional.empty(),
                Optional.empty());
    }

    static Step of(ChargeHistories.Settled entry) {
        return new Step(
                entry.occurredAt(),
                Step.Kind.SETTLEMENT,
                entry.type(),
                Optional.empty(),
                new Facts()
                        .add("amount", (Object) new Amount(entry.amountMinor(), entry.currency()))
                        .add("ledgerDate", (Object) entry.ledgerDate())
                        .add("pspReference", entry.pspReference())
                        .add("matchedBy", entry.matchedBy())
                        .add("payout", entry.payout())
                        .add("bankDate", entry.bankDate())
                        .add("settlementReports", String.join(", ", entry.reports()))
                        .all(),
                Optional.empty(),
                Optional.empty());
    }

    static Step of(StoredDeadLetter stored) {
        return new Step(
                stored.createdAt(),
                Step.Kind.LETTER,
                stored.state().name(),
                Optional.of(stored.letter().reason()),
                new Facts()
                        .add("letter", (Object) stored.letter().id())
                        .add("httpStatus", stored.letter().httpStatus())
                        .add("problem", stored.letter().problem())
                        .add("contextId", stored.letter().contextId())
                        .add("closedAt", stored.closedAt())
                        .all(),
                Optional.empty(),
                Optional.of("/deadletters/" + stored.letter().id()));
    }
}
