package org.chargebridge.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells an operator once when settlements of a sales unit cannot be read for some hours, and once when they can again.
 * The Report API may be late; that alone is nobody's concern.
 */
@Component
class SettlementTroubles {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementTroubles.class);
    private static final Duration TOLD_AFTER = Duration.ofHours(3);

    private record Failing(Instant since, boolean told) {}

    private final Map<String, Failing> failing = new ConcurrentHashMap<>();
    private final Clock clock;

    SettlementTroubles(Clock clock) {
        this.clock = clock;
    }

    void failed(SettlementCall call, String why) {
        Instant now = clock.instant();
        failing.compute(key(call), (key, before) -> {
            Failing since = before == null ? new Failing(now, false) : before;
            if (since.told() || Duration.between(since.since(), now).compareTo(TOLD_AFTER) < 0) {
                return since;
            }
            LOG.warn(
                    "Settlements of {} cannot be read since {}: {}. Charges are not affected. See"
                            + " docs/operating/fetch-settlements.md",
                    key,
                    since.since(),
                    why);
            return new Failing(since.since(), true);
        });
    }

    void over(SettlementCall call) {
        Failing before = failing.remove(key(call));
        if (before != null && before.told()) {
            LOG.info("Settlements of {} can be read again", key(call));
        }
    }

    private static String key(SettlementCall call) {
        if (call.about() instanceof SettlementCall.Day day) {
            return day.date().date() + " of ledger " + day.date().ledgerId()
                    + (day.date().topic() == Topic.FUNDS ? "" : " (fees)");
        }
        return call.about().ledgerId().map(id -> "ledger " + id).orElse("sales unit " + call.msn());
    }
}
