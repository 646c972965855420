package org.chargebridge.ledger;

import java.util.Optional;
import org.chargebridge.charge.Reason;

/**
 * Something that needs a person.
 *
 * @param id 0 until it is stored
 * @param reason why; its sentences are stored with it, in English
 * @param problem the API's answer as received, without secrets
 * @param contextId what to quote to Vipps MobilePay
 */
public record DeadLetter(
        long id,
        Kind kind,
        Optional<String> channel,
        Optional<String> msn,
        Optional<String> route,
        Optional<Long> fileId,
        Optional<Integer> position,
        Optional<String> orderId,
        Optional<Long> mappingId,
        Reason reason,
        Optional<Integer> httpStatus,
        Optional<String> problem,
        Optional<String> contextId) {

    public enum Kind {
        /** A line held at intake. */
        LINE,
        /** A charge refused, held or stuck after sending. */
        CHARGE,
        /** A file refused or held as a whole. */
        FILE,
        /** A key re-pointed to another agreement, waiting for approval. */
        MAPPING,
        /** An operation that is held. */
        OPERATION,
        /** What a route could not handle. */
        ROUTE
    }

    public enum State {
        OPEN,
        REDRIVEN,
        DISCARDED,
        /** Its cause went away by itself, for example by a corrected line. */
        RESOLVED
    }

    /** What a route could not handle. */
    public static DeadLetter ofRoute(Optional<String> channel, String route, Reason reason) {
        return new DeadLetter(
                0,
                Kind.ROUTE,
                channel,
                Optional.empty(),
                Optional.of(route),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A line held at intake. */
    public static DeadLetter ofLine(
            String channel, String msn, long fileId, int position, String orderId, Reason reason) {
        return held(Kind.LINE, channel, msn, fileId, position, orderId, reason);
    }

    /** A file refused or held as a whole. */
    public static DeadLetter ofFile(String channel, String msn, long fileId, Reason reason) {
        return new DeadLetter(
                0,
                Kind.FILE,
                Optional.of(channel),
                Optional.of(msn),
                Optional.empty(),
                Optional.of(fileId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A charge that needs a person after sending. */
    public static DeadLetter ofCharge(
            String channel,
            String msn,
            long fileId,
            int position,
            String orderId,
            Reason reason,
            Optional<Integer> httpStatus,
            Optional<String> problem,
            Optional<String> contextId) {
        return new DeadLetter(
                0,
                Kind.CHARGE,
                Optional.of(channel),
                Optional.of(msn),
                Optional.empty(),
                Optional.of(fileId),
                Optional.of(position),
                Optional.of(orderId),
                Optional.empty(),
                reason,
                httpStatus,
                problem,
                contextId);
    }

    /** A charge that needs a person without an answer of the API that says why. */
    public static DeadLetter ofCharge(QueuedLine line, String msn, Reason reason) {
        return held(Kind.CHARGE, line.channel(), msn, line.fileId(), line.position(), line.orderId(), reason);
    }

    /** An operation that is held; {@code orderId} is empty for one on an agreement. */
    public static DeadLetter ofOperation(
            String channel, String msn, long fileId, int position, String orderId, Reason reason) {
        return held(Kind.OPERATION, channel, msn, fileId, position, orderId, reason);
    }

    private static DeadLetter held(
            Kind kind, String channel, String msn, long fileId, int position, String orderId, Reason reason) {
        return new DeadLetter(
                0,
                kind,
                Optional.of(channel),
                Optional.of(msn),
                Optional.empty(),
                Optional.of(fileId),
                Optional.of(position),
                Optional.of(orderId).filter(id -> !id.isEmpty()),
                Optional.empty(),
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
