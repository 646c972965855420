package org.chargebridge.oracle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines that receipts answered with ACCEPTED and that act on something that is there, by their own numbers. */
final class Deeds {

    /**
     * @param channel that accepted it
     * @param line as it was accepted
     * @param places content and position of each line accepted under its number; more than one where one was refused later
     */
    record Deed(String channel, Dropped.Line line, Set<String> places) {}

    private final Map<String, Deed> deeds = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    /** @param address where the customer of an offer is to go, empty where the receipt gives none */
    void add(Dropped file, Dropped.Line line, String address) {
        if (!address.isEmpty()) {
            addresses.put(line.invoice(), address);
        }
        deeds.computeIfAbsent(line.invoice(), number -> new Deed(file.channel(), line, new LinkedHashSet<>()))
                .places()
                .add(file.hash() + " line " + line.position());
    }

    Collection<Deed> all() {
        return deeds.values();
    }

    /** The addresses of offers behind which an agreement waits until its customer comes, by the number of the line. */
    Map<String, String> addresses() {
        return addresses;
    }

    /** Whether the offer of that number was taken back by another line. */
    boolean isTakenBack(String number) {
        return deeds.values().stream()
                .map(Deed::line)
                .anyMatch(line ->
                        line.deed().equals("stop-agreement") && line.original().equals(number));
    }

    Optional<Deed> deed(String number) {
        return Optional.ofNullable(deeds.get(number));
    }
}
