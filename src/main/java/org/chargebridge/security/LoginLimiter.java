package org.chargebridge.security;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts failed logins of each user at each address, in this process alone. After some in a row nothing is looked at for
 * a while, so that passwords cannot be tried out and each try costs no hash. What it remembers is bounded: the oldest
 * failures are forgotten first.
 */
final class LoginLimiter {

    /** No user has a longer name; of one that somebody makes up no more is kept, for it may be megabytes long. */
    private static final int NAME_MAX = 200;

    /** A user is the same in any case and with blanks around the name: whoever looks users up takes it so. */
    private record Key(String user, String address) {

        private Key {
            String name = user.trim().toLowerCase(Locale.ROOT);
            user = name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX);
        }
    }

    private record Failures(int count, long lastNanos) {}

    private final LoginSettings settings;
    private final int remembered;
    private final LongSupplier nanoTime;
    private final Map<Key, Failures> failures = new LinkedHashMap<>();

    /**
     * @param remembered how many users at their addresses are kept in mind
     * @param nanoTime monotonic, as {@link System#nanoTime()}
     */
    LoginLimiter(LoginSettings settings, int remembered, LongSupplier nanoTime) {
        this.settings = settings;
        this.remembered = remembered;
        this.nanoTime = nanoTime;
    }

    /** How long no password of that user is looked at; empty where one may be tried. */
    synchronized Optional<Duration> blockedFor(String user, String address) {
        return current(new Key(user, address))
                .filter(found -> found.count() >= settings.failuresMax())
                .map(found -> settings.pause().minusNanos(nanoTime.getAsLong() - found.lastNanos()));
    }

    synchronized void failed(String user, String address) {
        Key key = new Key(user, address);
        int before = current(key).map(Failures::count).orElse(0);
        // Last in line to be forgotten.
        failures.remove(key);
        failures.put(key, new Failures(before + 1, nanoTime.getAsLong()));
        if (failures.size() > remembered) {
            Iterator<Key> oldest = failures.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void succeeded(String user, String address) {
        failures.remove(new Key(user, address));
    }

    private Optional<Failures> current(Key key) {
        Optional<Failures> found = Optional.ofNullable(failures.get(key));
        long pause = settings.pause().toNanos();
        if (found.filter(last -> nanoTime.getAsLong() - last.lastNanos() >= pause)
                .isPresent()) {
            failures.remove(key);
            return Optional.empty();
        }
        return found;
    }
}
