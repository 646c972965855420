package org.chargebridge.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the API simulator's log says of agreements that somebody drafted, changed or ended. */
final class AgreementHistory {

    /** An agreement as it stands after an event. */
    record Agreement(String id, String status, String externalId, String product) {}

    /** What happened: CREATE, ACTIVATE, REJECT, EXPIRE, UPDATE or STOP. */
    record Event(Instant at, String event, String actor, Agreement after) {}

    private static final Set<String> LIVE = Set.of("PENDING", "ACTIVE");

    private final Map<String, Agreement> agreements = new LinkedHashMap<>();
    private final Map<String, String> decided = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Set<String> together = new TreeSet<>();
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> offeredAgain = new TreeSet<>();

    void add(JsonNode line) {
        JsonNode shown = line.path("agreement");
        Agreement after = new Agreement(
                shown.path("id").asText(),
                shown.path("status").asText(),
                shown.path("externalId").asText(""),
                shown.path("terms").path("productName").asText(""));
        if (line.path("event").asText().equals("CREATE") && accepted.contains(after.externalId())) {
            offeredAgain.add(after.externalId());
        } else if (line.path("event").asText().equals("ACTIVATE")
                && !after.externalId().isEmpty()) {
            accepted.add(after.externalId());
        }
        agreements.put(after.id(), after);
        Event event = new Event(
                Instant.parse(line.path("at").asText()),
                line.path("event").asText(),
                line.path("actor").asText(),
                after);
        events.add(event);
        if (!event.event().equals("STOP")) {
            decided.put(after.id(), after.status());
        }
        List<String> live = agreements.values().stream()
                .filter(agreement -> LIVE.contains(agreement.status())
                        && !agreement.externalId().isEmpty()
                        && agreement.externalId().equals(after.externalId()))
                .map(Agreement::id)
                .toList();
        if (live.size() > 1) {
            together.add(after.externalId());
        }
    }

    /** Agreements that were offered under that external id, in their order, as they stand now. */
    List<Agreement> offered(String externalId) {
        return agreements.values().stream()
                .filter(agreement -> agreement.externalId().equals(externalId))
                .toList();
    }

    /** What its customer made of an agreement, whatever its seller did to it later. */
    String decided(Agreement agreement) {
        return decided.getOrDefault(agreement.id(), agreement.status());
    }

    /** External ids under which an agreement was offered although one had been accepted. */
    Set<String> offeredAgain() {
        return offeredAgain;
    }

    Optional<Agreement> agreement(String id) {
        return Optional.ofNullable(agreements.get(id));
    }

    List<Event> events() {
        return events;
    }

    /** External ids under which two agreements could be accepted, or were, at the same time. */
    Set<String> together() {
        return together;
    }
}
