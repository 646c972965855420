package org.chargebridge.settlement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.LedgerOwner;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.LeftBehind;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementFeeds.ListingTrouble;
import org.chargebridge.ledger.SettlementFeeds.Standing;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How it stands with settlement ledgers; down where a person has to do something, or nothing could be read. */
@Component
class SettlementHealthIndicator implements HealthIndicator {

    private final SettlementFeeds feeds;
    private final LeftBehind left;
    private final HealthQueries queries;
    private final SettlementSwitch settlementSwitch;
    private final Channels channels;

    SettlementHealthIndicator(
            SettlementFeeds feeds,
            LeftBehind left,
            HealthQueries queries,
            SettlementSwitch settlementSwitch,
            Channels channels) {
        this.feeds = feeds;
        this.left = left;
        this.queries = queries;
        this.settlementSwitch = settlementSwitch;
        this.channels = channels;
    }

    /** @param untold ledgers that no channel tells and that hold money of ours */
    private record State(List<Standing> ledgers, Set<String> untold, List<ListingTrouble> listings) {}

    @Override
    public Health health() {
        Optional<String> off = settlementSwitch.offBecause();
        if (off.isPresent()) {
            return Health.up()
                    .withDetail("settlements", "not fetched: " + off.get())
                    .build();
        }
        try {
            return of(queries.answer(this::state));
        } catch (DataAccessException ledgerDown) {
            return Health.down()
                    .withDetail("failure", "the database cannot be asked how it stands with settlements")
                    .build();
        }
    }

    private Health of(State state) {
        Health.Builder health = Health.up();
        for (ListingTrouble listing : state.listings()) {
            health.down().withDetail("sales unit " + listing.msn(), "its ledgers cannot be listed: " + listing.why());
        }
        for (Standing ledger : state.ledgers()) {
            Optional<String> wrong = wrong(ledger, state.untold());
            if (wrong.isPresent()) {
                health.down();
            }
            health.withDetail("ledger " + ledger.ledgerId(), wrong.orElseGet(() -> progress(ledger)));
        }
        return health.build();
    }

    private Optional<String> wrong(Standing ledger, Set<String> untold) {
        if (ledger.gapAt().isPresent()) {
            return Optional.of("the balance does not follow at entry "
                    + ledger.gapAt().getAsLong() + ": no report is made beyond it");
        }
        if (LedgerOwner.isMissing(channels, ledger.salesUnits())) {
            return Optional.of("no channel owns it, or more than one: set settlement.ledger-owner");
        }
        if (untold.contains(ledger.ledgerId())) {
            return Optional.of("no channel has a sales unit on it any more (" + String.join(", ", ledger.salesUnits())
                    + "), and money of ours on it is told to nobody: docs/operating/changing-settings.md");
        }
        return ledger.trouble().filter(why -> LedgerOwner.isRead(channels, ledger.salesUnits()));
    }

    private State state() {
        List<Standing> ledgers = feeds.standings();
        Set<String> untold = ledgers.stream()
                .filter(ledger -> LedgerOwner.isAbandoned(channels, ledger.salesUnits()))
                .map(Standing::ledgerId)
                .filter(left::hasUntoldMoney)
                .collect(Collectors.toSet());
        List<ListingTrouble> listings = feeds.listingTroubles().stream()
                .filter(listing -> channels.hasSalesUnit(listing.msn()))
                .toList();
        return new State(ledgers, untold, listings);
    }

    private static String progress(Standing ledger) {
        String end = ledger.completeAt().map(Instant::toString).orElse("never");
        return ledger.entries() + " entries, read to the end at " + end;
    }
}
