package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An agreement offered to a customer, as its line asks for it and how far it came.
 *
 * @param amountMinor the line's price in minor units
 * @param terms what else the line asks for, by column
 * @param number how many were drafted so far
 * @param confirmationUrl where the customer accepts it while it is PENDING
 * @param sentAt when its latest request went out
 * @param listStatus where the search for one whose request was not answered goes on; empty at its beginning
 * @param withdrawn whether the ERP took it back: it is not drafted any more, whatever becomes of what was
 * @param token changes with every lease
 */
public record Draft(
        long fileId,
        int position,
        String channel,
        String msn,
        Way way,
        State state,
        String identity,
        int correction,
        String invoiceNumber,
        String customerNumber,
        String description,
        OptionalLong amountMinor,
        String currency,
        String externalId,
        Map<String, String> terms,
        int number,
        Optional<String> agreementId,
        Optional<String> confirmationUrl,
        Optional<Instant> draftedAt,
        Optional<Instant> sentAt,
        int unauthorized,
        Optional<String> listStatus,
        int listPage,
        boolean withdrawn,
        long token) {

    /** How the customer comes to it. */
    public enum Way {
        /** By an address of ours. */
        LINK,
        /** The ERP passes the API's address on. */
        DIRECT
    }

    /** How far it came. */
    public enum State {
        /** Waits for the customer. */
        OFFERED,
        READY,
        SENDING,
        /** Its request was not answered. */
        UNKNOWN,
        PENDING,
        ACTIVE,
        STOPPED,
        EXPIRED,
        REFUSED
    }

    public Draft {
        terms = Map.copyOf(terms);
    }

    /** What the line says in a column of its terms. */
    public Optional<String> term(String column) {
        return Optional.ofNullable(terms.get(column)).filter(text -> !text.isEmpty());
    }
}
