package org.chargebridge.ledger;

import java.time.Clock;
import java.util.OptionalLong;
import org.chargebridge.ledger.SettlementFeeds.Feed;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Where the balance of a settlement ledger does not follow from one entry to the next, so that reports wait for a person.
 * Every method works in the caller's transaction.
 */
@Repository
public class SettlementGaps {

    /** A balance less the amounts up to it stays the same from entry to entry, unless one is missing between them. */
    private static final String NEXT_GAP =
            """
            with entry as (
                select e.number, e.amount_minor, e.balance_before, e.balance_after,
                    sum(e.amount_minor) over (order by e.number) as total
                from settlement_ledger l join settlement_entry e on e.ledger_id = l.ledger_id and e.topic = 'FUNDS'
                    and e.number >= l.gap_at
                where l.ledger_id = :ledgerId),
            level as (
                select number, balance_before - total + amount_minor as before, balance_after - total as after,
                    lag(balance_after - total) over (order by number) as last
                from entry where balance_before is not null and balance_after is not null)
            update settlement_ledger
            set gap_at = (select min(number) from level where number > gap_at and (before <> after or before <> last)),
                gap_found_at = :now
            where ledger_id = :ledgerId and gap_at = :number
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public SettlementGaps(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The balance before an entry is not that after the one before it. Of the funds the first is kept until a person
     * lets go of it; then the next one is.
     *
     * @return whether there was none before
     */
    public boolean found(Feed feed, long number) {
        lock(feed.ledgerId());
        String sql = feed.topic() == Topic.FUNDS
                ? "update settlement_ledger set gap_at = :number, gap_found_at = :now"
                        + " where ledger_id = :ledgerId and gap_at is null"
                : "update settlement_feed set gap_at = :number"
                        + " where ledger_id = :ledgerId and topic = 'FEES' and gap_at is null and :now is not null";
        return jdbc.sql(sql)
                        .param("number", number)
                        .param("now", SqlTime.of(clock.instant()))
                        .param("ledgerId", feed.ledgerId())
                        .update()
                == 1;
    }

    /**
     * A person explained the gap: reports go on to the next one, if there is another behind it.
     *
     * @param number the entry whose balance does not follow
     * @return false where reports do not wait for that one
     */
    public boolean letGo(String ledgerId, long number) {
        lock(ledgerId);
        return jdbc.sql(NEXT_GAP)
                        .param("ledgerId", ledgerId)
                        .param("number", number)
                        .param("now", SqlTime.of(clock.instant()))
                        .update()
                == 1;
    }

    /** The entry of the funds whose balance does not follow and was not explained yet. */
    public OptionalLong of(String ledgerId) {
        return jdbc.sql("select gap_at from settlement_ledger where ledger_id = :ledgerId and gap_at is not null")
                .param("ledgerId", ledgerId)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** A page with a gap that comes while another is let go of waits for it, and is not missed. */
    private void lock(String ledgerId) {
        jdbc.sql("select ledger_id from settlement_ledger where ledger_id = :ledgerId for update")
                .param("ledgerId", ledgerId)
                .query(String.class)
                .optional();
    }
}
