package org.chargebridge.settlement;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A page may hold nothing and lead on; one that does so again and again is not followed round and round. */
final class EmptyPages {

    /** More pages without an entry, one behind the other, than any list has. */
    private static final int MAX = 50;

    private final Map<String, Integer> inARow = new ConcurrentHashMap<>();

    /**
     * Takes note of a page.
     *
     * @param list what it is a page of
     * @param leadsOn whether it holds no entry and another is to follow
     * @return whether the list leads nowhere
     */
    boolean areEndless(String list, boolean leadsOn) {
        int pages = leadsOn ? inARow.merge(list, 1, Integer::sum) : 0;
        if (!leadsOn || pages > MAX) {
            inARow.remove(list);
        }
        return pages > MAX;
    }
}
