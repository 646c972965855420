package org.chargebridge.security;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the newest {@value #MOST} sessions of whoever has not logged in, and ends older ones: each look at the login page begins
 * one, so that a scanner, or whoever means to, would fill the memory with them. A login gives its session another id, by which it
 * is known that it is nobody's any more.
 */
@Component
class StrangersSessions implements HttpSessionListener, HttpSessionIdListener {

    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(StrangersSessions.class);

    private final Map<String, HttpSession> sessions = new LinkedHashMap<>();
    private final OnceAMinute told = new OnceAMinute();

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        begun(event.getSession()).ifPresent(StrangersSessions::end);
    }

    private synchronized Optional<HttpSession> begun(HttpSession session) {
        sessions.put(session.getId(), session);
        if (sessions.size() <= MOST) {
            return Optional.empty();
        }
        tell();
        Iterator<HttpSession> oldest = sessions.values().iterator();
        HttpSession first = oldest.next();
        oldest.remove();
        return Optional.of(first);
    }

    private void tell() {
        if (told.isDue()) {
            LOG.warn(
                    "The page has more than {} sessions of whoever did not log in: the oldest are ended. See in the log of the"
                            + " proxy who asks so often; this is told once in {} s.",
                    MOST,
                    OnceAMinute.PERIOD.toSeconds());
        }
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException endedMeanwhile) {
            // That is what is wanted.
        }
    }

    @Override
    public synchronized void sessionDestroyed(HttpSessionEvent event) {
        sessions.remove(event.getSession().getId());
    }

    @Override
    public synchronized void sessionIdChanged(HttpSessionEvent event, String before) {
        sessions.remove(before);
    }
}
