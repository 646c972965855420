package org.chargebridge.tracking;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.ledger.WebhookStandings.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether webhooks tell what becomes of a sales unit's charges, so that they need not be asked for again and again. As
 * soon as one was missed, or none comes on a day on which charges are due, all are polled as without webhooks.
 */
@Component
class ToldChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ToldChanges.class);

    private final WebhookStandings standings;
    private final Lookups lookups;
    private final Clock clock;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ToldChanges(WebhookStandings standings, Lookups lookups, Clock clock) {
        this.standings = standings;
        this.lookups = lookups;
        this.clock = clock;
    }

    /** As the last look showed. */
    boolean areTold(String msn) {
        return told.contains(msn);
    }

    /** Looks how it stands, in the caller's transaction; what was planned by webhooks is planned anew without them. */
    void look(SalesUnit unit, LocalDate today) {
        String msn = unit.msn();
        Optional<Standing> standing = standings.of(msn);
        if (standing.isEmpty()) {
            told.remove(msn);
            return;
        }
        boolean tells = standing.get().tellsChanges(clock.instant()) && !isSilent(unit, standing.get(), today);
        if (tells) {
            told.add(msn);
        } else {
            told.remove(msn);
        }
        if (tells != standing.get().relied()) {
            standings.relied(msn, tells);
            if (!tells) {
                int charges = lookups.planWithoutWebhooks(
                        msn, unit.currency().marketZone(), NextCheck.firstTimeOfDay(unit.currency()));
                LOG.warn(
                        "Webhooks of sales unit {} are not relied on any more: one was missed, none comes, or they are not"
                                + " registered. {} charges are looked up as without them; see health webhooks",
                        msn,
                        charges);
            }
        }
    }

    /** Charges are due today, the first collection is over, and nothing was told since midnight. */
    private boolean isSilent(SalesUnit unit, Standing standing, LocalDate today) {
        ZoneId zone = unit.currency().marketZone();
        Instant collected = today.atTime(NextCheck.firstTimeOfDay(unit.currency()))
                .atZone(zone)
                .toInstant();
        Instant midnight = today.atStartOfDay(zone).toInstant();
        return !collected.isAfter(clock.instant())
                && standing.lastEventAt().filter(at -> !at.isBefore(midnight)).isEmpty()
                && lookups.waitsOn(unit.msn(), today);
    }

    /** A look-up after the end of collection showed what nobody had told. */
    void missed(String msn, String orderId) {
        if (told.remove(msn)) {
            LOG.warn("No webhook told what became of charge {}", orderId);
        }
        standings.missed(msn);
    }
}
