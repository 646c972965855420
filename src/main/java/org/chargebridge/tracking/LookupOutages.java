package org.chargebridge.tracking;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What keeps a sales unit's look-ups from being of use, so that it is told once however long it lasts. */
@Component
class LookupOutages {

    /** How look-ups fail. */
    enum Kind {
        /** No answer that says anything of a charge. */
        RESTING,
        /** Not even a charge known to exist is found. */
        BLIND
    }

    private final Map<Kind, Set<String>> begun =
            Map.of(Kind.RESTING, ConcurrentHashMap.newKeySet(), Kind.BLIND, ConcurrentHashMap.newKeySet());

    /** Whether it was not so before. */
    boolean begins(Kind kind, String msn) {
        return begun.get(kind).add(msn);
    }

    /** Whether it was so before. */
    boolean ends(Kind kind, String msn) {
        return begun.get(kind).remove(msn);
    }
}
