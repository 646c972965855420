package org.chargebridge.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.chargebridge.charge.Currency;

/** Which agreement pays, or why none can be named. */
public sealed interface Finding {

    /** One agreement; currency and retry days where the mapping table settles them. */
    record Pays(String agreementId, Optional<Currency> currency, OptionalInt retryDays) implements Finding {}

    /** No row of the mapping table is valid for the keys. */
    record Unknown() implements Finding {}

    /** The line's keys lead to more than one agreement. */
    record Ambiguous(List<String> agreementIds) implements Finding {}

    /** A key points to another agreement since, which waits for approval. */
    record Changed(String before, String after) implements Finding {}

    /** Answers each kind in its way. */
    default <T> T fold(
            Function<Pays, T> pays,
            Function<Unknown, T> unknown,
            Function<Ambiguous, T> ambiguous,
            Function<Changed, T> changed) {
        if (this instanceof Pays finding) {
            return pays.apply(finding);
        }
        if (this instanceof Unknown finding) {
            return unknown.apply(finding);
        }
        if (this instanceof Ambiguous finding) {
            return ambiguous.apply(finding);
        }
        return changed.apply((Changed) this);
    }
}
