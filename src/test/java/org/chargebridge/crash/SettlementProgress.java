package org.chargebridge.crash;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** How far settlements are read and told, by the ledger: only to know when the gateway rests, never to judge it. */
final class SettlementProgress {

    private static final ZoneId MARKET = ZoneId.of("Europe/Oslo");
    /** The API closes a day two hours after its midnight. */
    private static final Duration CLOSED_AFTER = Duration.ofHours(3);

    private static final int FEEDS = 2;

    private final World world;
    private final Instant now;

    SettlementProgress(World world) {
        this.world = world;
        this.now = world.simulator().now();
    }

    /** Whether every feed was read since the last midnight, and no day that is over is open or untold. */
    boolean isDone() {
        LocalDate open = LocalDate.ofInstant(now.minus(CLOSED_AFTER), MARKET);
        String read = "select count(*) from settlement_feed where complete_at >= '"
                + open.atStartOfDay(MARKET).toInstant() + "'";
        return world.ask(read) == FEEDS
                && world.ask("select count(*) from settlement_date where closed_at is null and ledger_date < '" + open
                                + "'")
                        == 0
                && world.ask(
                                "select count(*) from settlement_date d where topic = 'FUNDS' and closed_at is not null and not exists"
                                        + " (select 1 from settlement_report where period = 'DATE' and last_date >= d.ledger_date)")
                        == 0
                && world.ask("select count(*) from settlement_payout p where ledger_date < '" + open
                                + "' and not exists"
                                + " (select 1 from settlement_report where payout_number >= p.number)")
                        == 0;
    }
}
