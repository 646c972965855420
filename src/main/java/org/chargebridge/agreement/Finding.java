package org.chargebridge.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
}
