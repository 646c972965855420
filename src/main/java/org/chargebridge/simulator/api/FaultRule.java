package org.chargebridge.simulator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One fault on demand. Every condition that is set must hold.
 *
 * @param operation as in the log, for example {@code create-charges}, and for webhooks the event, for example
 *     {@code recurring.charge-captured.v1}; null means any
 * @param method HTTP method; null means any
 * @param path a regular expression that the whole path must match; null means any
 * @param msn the caller's sales unit; null means any
 * @param times how often it acts; 0 means without end. Null means once, or without end for faults on order ids
 * @param rate the share of matching calls it acts on, from 0 to 1; null means each
 * @param status for STATUS and STATUS_AFTER, where null means 500; for HTML (502) and POISON (400)
 * @param delayMillis for DELAY and DRIP, in real time; for ACCEPT, WEBHOOK_DELAY and WEBHOOK_REORDER, on the
 *     simulator's clock
 * @param orderIds for the faults on order ids
 * @param agreementId for STOP_AGREEMENT
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaultRule(
        String operation,
        String method,
        String path,
        String msn,
        Integer times,
        Double rate,
        FaultKind kind,
        Integer status,
        Map<String, String> headers,
        String body,
        String contentType,
        Long delayMillis,
        List<String> orderIds,
        String agreementId) {

    public FaultRule {
        if (kind == null) {
            throw new IllegalArgumentException("A fault needs a kind");
        }
        if (operation != null && !kind.concernsWebhooks() && !Operation.names().contains(operation)) {
            throw new IllegalArgumentException(
                    "There is no operation " + operation + "; there are " + String.join(", ", Operation.names()));
        }
        if (kind.concernsOrders() && (orderIds == null || orderIds.isEmpty())) {
            throw new IllegalArgumentException("A fault of this kind needs orderIds: " + kind.wireName());
        }
        if (kind == FaultKind.STOP_AGREEMENT && agreementId == null) {
            throw new IllegalArgumentException("A fault of kind stop-agreement needs an agreementId");
        }
        if (path != null) {
            Pattern.compile(path);
        }
    }

    /** A fault of a kind on an operation, once. */
    public static FaultRule of(String operation, FaultKind kind) {
        return of(operation, kind, null, null);
    }

    private static FaultRule of(String operation, FaultKind kind, List<String> orderIds, String agreementId) {
        return new FaultRule(
                operation, null, null, null, null, null, kind, null, null, null, null, null, orderIds, agreementId);
    }

    public static FaultRule status(String operation, int status) {
        return of(operation, FaultKind.STATUS).withStatus(status);
    }

    /** A fault on order ids, until it is cleared. */
    public static FaultRule orders(FaultKind kind, List<String> orderIds) {
        return of(null, kind, List.copyOf(orderIds), null);
    }

    public static FaultRule stopAgreement(String operation, String agreementId) {
        return of(operation, FaultKind.STOP_AGREEMENT, null, agreementId);
    }

    public FaultRule withStatus(int newStatus) {
        return Copies.with(this, "status", newStatus);
    }

    public FaultRule withTimes(int newTimes) {
        return Copies.with(this, "times", newTimes);
    }

    public FaultRule withHeaders(Map<String, String> newHeaders) {
        return Copies.with(this, "headers", newHeaders);
    }

    public FaultRule withBody(String newContentType, String newBody) {
        return Copies.with(Copies.with(this, "body", newBody), "contentType", newContentType);
    }

    public FaultRule withDelayMillis(long millis) {
        return Copies.with(this, "delayMillis", millis);
    }

    public FaultRule withMsn(String newMsn) {
        return Copies.with(this, "msn", newMsn);
    }

    public FaultRule withPath(String regularExpression) {
        return Copies.with(this, "path", regularExpression);
    }

    boolean matches(Operation called, Call call) {
        return (operation == null || operation.equals(called.wireName()))
                && (method == null || method.equals(call.method()))
                && (path == null || call.path().matches(path))
                && (msn == null || call.header("merchant-serial-number").equals(Optional.of(msn)));
    }

    boolean matchesWebhook(String event, String toMsn) {
        return (operation == null || operation.equals(event)) && (msn == null || msn.equals(toMsn));
    }

    Reply reply() {
        Reply plain = Reply.rendered(
                Optional.ofNullable(status).orElse(500),
                Optional.ofNullable(contentType).orElse("application/json"),
                Optional.ofNullable(body).orElse(""));
        for (Map.Entry<String, String> header :
                Optional.ofNullable(headers).orElse(Map.of()).entrySet()) {
            plain = plain.with(header.getKey(), header.getValue());
        }
        return plain;
    }

    long delay() {
        return Optional.ofNullable(delayMillis).orElse(1_000L);
    }
}
