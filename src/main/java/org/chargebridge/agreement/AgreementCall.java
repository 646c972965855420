package org.chargebridge.agreement;

import java.util.Optional;
import org.chargebridge.ledger.Queries;

/**
 * One GET about agreements.
 *
 * @param path of the request
 * @param query of the request, empty for none
 * @param token where a list of charges goes on, empty at its beginning
 * @param agreementId empty for a page of the list of agreements
 * @param scanId the pass over the list that a page belongs to
 * @param page from 1
 * @param question what a line asks to know
 */
public record AgreementCall(
        Kind kind,
        String msn,
        String path,
        String query,
        String token,
        String agreementId,
        long scanId,
        int page,
        Optional<Queries.Question> question) {

    AgreementCall(
            Kind kind, String msn, String path, String query, String token, String agreementId, long scanId, int page) {
        this(kind, msn, path, query, token, agreementId, scanId, page, Optional.empty());
    }

    /** Whether it lists the charges of an agreement. */
    boolean listsCharges() {
        return kind == Kind.CHARGES
                || question.filter(Queries.Question::charges).isPresent();
    }

    /** What is asked. */
    public enum Kind {
        /** Whether a halted sales unit is answered again. */
        PROBE,
        /** A page of the sales unit's active agreements. */
        PAGE,
        /** One agreement. */
        AGREEMENT,
        /** What an imported agreement was charged elsewhere. */
        CHARGES,
        /** A line asks how an agreement stands, or how its charges do. */
        QUERY
    }
}
