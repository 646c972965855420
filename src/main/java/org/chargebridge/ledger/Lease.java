package org.chargebridge.ledger;

/**
 * The right to send one dispatch, until it runs out by the database's clock.
 *
 * @param token fencing token: every write about the dispatch names it
 * @param kind whether the request is a batch, or the single create of one line
 * @param body the exact bytes, the same in every attempt
 * @param attempt 1 for the first
 * @param unanswered earlier attempts that may have had an effect without our seeing the answer
 * @param unauthorized 401 answers so far
 * @param probing whether it goes out alone to find out whether the API answers again
 */
public record Lease(
        long dispatchId,
        long token,
        String msn,
        Dispatches.Kind kind,
        String path,
        String idempotencyKey,
        byte[] body,
        int lineCount,
        int correction,
        int attempt,
        int unanswered,
        int unauthorized,
        boolean probing) {}
