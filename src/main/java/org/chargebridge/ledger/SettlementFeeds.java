package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which settlement ledgers there are, and how far each is read. A cursor moves in the transaction that writes what was
 * read with it. Every method works in the caller's transaction.
 */
@Repository
public class SettlementFeeds {

    /** Which money a feed is about. */
    public enum Topic {
        FUNDS,
        FEES
    }

    /**
     * A feed that is to be read on.
     *
     * @param cursor empty at its beginning
     * @param lastNumber of the entries read so far, 0 for none
     * @param balanceMinor after the last entry, where the API told it
     */
    public record Feed(
            String ledgerId, Topic topic, String currency, String cursor, long lastNumber, OptionalLong balanceMinor) {}

    /**
     * How it stands with a ledger.
     *
     * @param msn whose keys read it
     * @param salesUnits that settle on it
     * @param gapAt the entry of the funds whose balance does not follow from the one before
     * @param completeAt when the funds were last read to their end
     * @param trouble why the last request about it failed
     */
    public record Standing(
            String ledgerId,
            String msn,
            List<String> salesUnits,
            OptionalLong gapAt,
            Optional<Instant> completeAt,
            long entries,
            Optional<String> trouble) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public SettlementFeeds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Where the list of a sales unit's ledgers goes on, if it is due; empty text at its beginning. */
    public Optional<String> listingDue(String msn) {
        jdbc.sql(
                        """
                        insert into settlement_listing (msn, next_attempt_at) values (:msn, :now)
                        on conflict do nothing
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .update();
        return jdbc.sql("select cursor from settlement_listing where msn = :msn and next_attempt_at <= :now")
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .query(String.class)
                .optional();
    }

    /** A page of the list was read; at its end the next pass begins later. */
    public void listed(String msn, String cursor, Duration pause) {
        Instant next = cursor.isEmpty() ? clock.instant().plus(pause) : clock.instant();
        jdbc.sql(
                        """
                        update settlement_listing set cursor = :cursor, next_attempt_at = :next, trouble = null,
                            failing_since = null
                        where msn = :msn
                        """)
                .param("cursor", cursor)
                .param("next", SqlTime.of(next))
                .param("msn", msn)
                .update();
    }

    /** The list could not be read; it begins anew then. */
    public void listingFailed(String msn, String why, Instant next) {
        jdbc.sql(
                        """
                        update settlement_listing set cursor = '', next_attempt_at = :next, trouble = :why,
                            failing_since = coalesce(failing_since, :now)
                        where msn = :msn
                        """)
                .param("why", why)
                .param("next", SqlTime.of(next))
                .param("now", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .update();
    }

    /**
     * A ledger was shown to a sales unit's keys. It is read by the keys that showed it first, and by others where those
     * no longer do.
     *
     * @return whether it was not known before
     */
    public boolean seen(String msn, SettlementLedger ledger) {
        Instant now = clock.instant();
        boolean added = jdbc.sql(
                        """
                                insert into settlement_ledger (ledger_id, msn, currency, owner_scheme, owner_id,
                                    account_scheme, account_id, handles, names, seen_at)
                                values (:ledgerId, :msn, :currency, :ownerScheme, :ownerId, :accountScheme, :accountId,
                                    :handles, :names, :now)
                                on conflict (ledger_id) do update set
                                    msn = case when settlement_ledger.seen_at < cast(:now as timestamptz)
                                          - interval '1 day' then excluded.msn else settlement_ledger.msn end,
                                    owner_scheme = excluded.owner_scheme, owner_id = excluded.owner_id,
                                    account_scheme = excluded.account_scheme, account_id = excluded.account_id,
                                    handles = excluded.handles, names = excluded.names,
                                    seen_at = case when settlement_ledger.msn = excluded.msn then excluded.seen_at
                                              else settlement_ledger.seen_at end
                                returning xmax = 0 as added
                                """)
                .param("ledgerId", ledger.ledgerId())
                .param("msn", msn)
                .param("currency", ledger.currency())
                .param("ownerScheme", ledger.ownerScheme().orElse(null))
                .param("ownerId", ledger.ownerId().orElse(null))
                .param("accountScheme", ledger.accountScheme().orElse(null))
                .param("accountId", ledger.accountId().orElse(null))
                .param(
                        "handles",
                        ledger.salesUnits().stream()
                                .map(SettlementLedger.SalesUnit::msn)
                                .toArray(String[]::new))
                .param(
                        "names",
                        ledger.salesUnits().stream()
                                .map(SettlementLedger.SalesUnit::name)
                                .toArray(String[]::new))
                .param("now", SqlTime.of(now))
                .query(Boolean.class)
                .single();
        for (Topic topic : Topic.values()) {
            jdbc.sql(
                            """
                            insert into settlement_feed (ledger_id, topic, next_attempt_at)
                            values (:ledgerId, :topic, :now) on conflict do nothing
                            """)
                    .param("ledgerId", ledger.ledgerId())
                    .param("topic", topic.name())
                    .param("now", SqlTime.of(now))
                    .update();
        }
        return added;
    }

    /** The feed that a sales unit's keys read and that is due longest; funds before fees. */
    public Optional<Feed> due(String msn) {
        return jdbc.sql(
                        """
                        select f.*, l.currency from settlement_feed f join settlement_ledger l using (ledger_id)
                        where l.msn = :msn and f.next_attempt_at <= :now
                        order by f.next_attempt_at, f.topic desc, f.ledger_id limit 1
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .query(SettlementFeeds::feed)
                .optional();
    }

    private static Feed feed(ResultSet row, int number) throws SQLException {
        return new Feed(
                row.getString("ledger_id"),
                Topic.valueOf(row.getString("topic")),
                row.getString("currency"),
                row.getString("cursor"),
                row.getLong("last_number"),
                LedgerColumns.number(row, "balance_minor"));
    }

    /**
     * A page was read.
     *
     * @param feed as it was when the page was asked for
     * @param atEnd whether there is nothing more for now
     * @param pause how long a feed that is read to its end rests
     * @return false where another node has read that page; nothing may be written of it then
     */
    public boolean pageRead(
            Feed feed, String cursor, int entries, OptionalLong balanceMinor, boolean atEnd, Duration pause) {
        Instant now = clock.instant();
        return jdbc.sql(
                                """
                                update settlement_feed
                                set cursor = :cursor, last_number = last_number + :entries, balance_minor = :balance,
                                    next_attempt_at = :next, trouble = null,
                                    complete_at = case when :atEnd then cast(:now as timestamptz) else complete_at end
                                where ledger_id = :ledgerId and topic = :topic and cursor = :before
                                  and last_number = :lastNumber
                                """)
                        .param("cursor", cursor)
                        .param("entries", entries)
                        .param("balance", balanceMinor.isPresent() ? balanceMinor.getAsLong() : null)
                        .param("next", SqlTime.of(atEnd ? now.plus(pause) : now))
                        .param("atEnd", atEnd)
                        .param("now", SqlTime.of(now))
                        .param("ledgerId", feed.ledgerId())
                        .param("topic", feed.topic().name())
                        .param("before", feed.cursor())
                        .param("lastNumber", feed.lastNumber())
                        .update()
                == 1;
    }

    /** A page could not be read; it is asked for again then. */
    public void failed(Feed feed, String why, Instant next) {
        jdbc.sql(
                        """
                        update settlement_feed set next_attempt_at = :next, trouble = :why
                        where ledger_id = :ledgerId and topic = :topic
                        """)
                .param("next", SqlTime.of(next))
                .param("why", why)
                .param("ledgerId", feed.ledgerId())
                .param("topic", feed.topic().name())
                .update();
    }

    /** Neither the list of a sales unit's ledgers nor a feed that its keys read is asked for before then. */
    public void rest(String msn, Instant until) {
        jdbc.sql("update settlement_listing set next_attempt_at = greatest(next_attempt_at, :until) where msn = :msn")
                .param("until", SqlTime.of(until))
                .param("msn", msn)
                .update();
        jdbc.sql(
                        """
                        update settlement_feed f set next_attempt_at = greatest(f.next_attempt_at, :until)
                        from settlement_ledger l where l.ledger_id = f.ledger_id and l.msn = :msn
                        """)
                .param("until", SqlTime.of(until))
                .param("msn", msn)
                .update();
    }

    /**
     * Feeds that cannot be read are read from their beginning: what comes again is counted once.
     *
     * @return false where each can be read
     */
    public boolean readAnew(String ledgerId) {
        return jdbc.sql(
                                """
                                update settlement_feed set cursor = '', next_attempt_at = :now
                                where ledger_id = :ledgerId and trouble is not null and cursor <> ''
                                """)
                        .param("now", SqlTime.of(clock.instant()))
                        .param("ledgerId", ledgerId)
                        .update()
                > 0;
    }

    /** How it stands with every ledger. */
    public List<Standing> standings() {
        return jdbc.sql(
                        """
                        select l.ledger_id, l.msn, l.handles, l.gap_at, f.complete_at, f.last_number,
                            coalesce(f.trouble, (select x.trouble from settlement_feed x
                                where x.ledger_id = l.ledger_id and x.topic = 'FEES'),
                                (select min(d.trouble) from settlement_date d
                                where d.ledger_id = l.ledger_id and d.trouble is not null)) as trouble
                        from settlement_ledger l join settlement_feed f on f.ledger_id = l.ledger_id and f.topic = 'FUNDS'
                        order by l.ledger_id
                        """)
                .query((row, number) -> new Standing(
                        row.getString("ledger_id"),
                        row.getString("msn"),
                        LedgerColumns.texts(row, "handles"),
                        LedgerColumns.number(row, "gap_at"),
                        SqlTime.optional(row, "complete_at"),
                        row.getLong("last_number"),
                        Optional.ofNullable(row.getString("trouble"))))
                .list();
    }

    /** Whether a ledger is read with a sales unit's keys. */
    public boolean knows(String msn) {
        return jdbc.sql("select exists (select 1 from settlement_ledger where msn = :msn)")
                .param("msn", msn)
                .query(Boolean.class)
                .single();
    }

    /** Why ledgers could not be listed, by sales unit. */
    public List<ListingTrouble> listingTroubles() {
        return jdbc.sql(
                        """
                        select msn, trouble, failing_since from settlement_listing where trouble is not null order by msn
                        """)
                .query((row, number) -> new ListingTrouble(
                        row.getString("msn"),
                        row.getString("trouble"),
                        SqlTime.optional(row, "failing_since").orElseThrow()))
                .list();
    }

    /** @param since when it failed first after it was last read */
    public record ListingTrouble(String msn, String why, Instant since) {}
}
