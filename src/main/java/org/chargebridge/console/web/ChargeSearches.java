package org.chargebridge.console.web;

import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chargebridge.console.ChargeQuestion;

/**
 * What somebody looked for in this session, each under a name that says nothing: addresses end up in logs and in the
 * history of the browser, customer numbers must not. The oldest are forgotten first.
 */
final class ChargeSearches {

    private static final String KEPT = ChargeSearches.class.getName();
    private static final int MOST = 50;

    private final Map<String, ChargeQuestion> questions = new LinkedHashMap<>();

    private ChargeSearches() {}

    static ChargeSearches of(HttpSession session) {
        synchronized (session) {
            ChargeSearches known = (ChargeSearches) session.getAttribute(KEPT);
            ChargeSearches searches = known == null ? new ChargeSearches() : known;
            session.setAttribute(KEPT, searches);
            return searches;
        }
    }

    /** @return its name */
    synchronized String keep(ChargeQuestion question) {
        String name = UUID.randomUUID().toString();
        questions.put(name, question);
        if (questions.size() > MOST) {
            questions.remove(questions.keySet().iterator().next());
        }
        return name;
    }

    /** Empty where the session is another by now. */
    synchronized Optional<ChargeQuestion> named(String name) {
        return Optional.ofNullable(questions.get(name));
    }
}
