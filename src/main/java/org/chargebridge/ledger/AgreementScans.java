package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Passes over the list of a sales unit's active agreements: which page comes next survives a restart. Every method
 * works in the caller's transaction.
 */
@Repository
public class AgreementScans {

    /**
     * A pass that is not complete.
     *
     * @param importing whether an import waits for it
     * @param rounds how often the list was begun
     * @param namedNew whether this round has named an agreement that none before it named
     */
    public record Scan(long id, int nextPage, Instant nextAttemptAt, boolean importing, int rounds, boolean namedNew) {}

    /** What follows a page. */
    public enum Next {
        PAGE,
        /** The list is read again from its beginning. */
        ROUND,
        NOTHING
    }

    /** An import whose agreements are all listed. */
    public record Import(long id, String channel, String msn, Instant requestedAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public AgreementScans(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The pass of a sales unit that is under way. */
    public Optional<Scan> running(String msn) {
        return jdbc.sql(
                        """
                        select id, next_page, next_attempt_at, rounds, named_new,
                            exists (select 1 from agreement_import i where i.scan_id = s.id) as importing
                        from agreement_scan s where msn = :msn and finished_at is null
                        """)
                .param("msn", msn)
                .query((row, n) -> new Scan(
                        row.getLong("id"),
                        row.getInt("next_page"),
                        SqlTime.optional(row, "next_attempt_at").orElseThrow(),
                        row.getBoolean("importing"),
                        row.getInt("rounds"),
                        row.getBoolean("named_new")))
                .optional();
    }

    /** Whether that night's pass was begun. */
    public boolean hasNight(String msn, LocalDate night) {
        return jdbc.sql("select exists (select 1 from agreement_scan where msn = :msn and night = :night)")
                .param("msn", msn)
                .param("night", night)
                .query(Boolean.class)
                .single();
    }

    /** Whether an import of a channel of this sales unit waits for a pass. */
    public boolean importWaits(String msn) {
        return jdbc.sql(
                        """
                        select exists (select 1 from agreement_import
                            where msn = :msn and scan_id is null and done_at is null)
                        """)
                .param("msn", msn)
                .query(Boolean.class)
                .single();
    }

    /** Begins a pass where none is under way; every import that waits is served by it. */
    public void begin(String msn, Optional<LocalDate> night) {
        jdbc.sql(
                        """
                        with begun as (
                            insert into agreement_scan (msn, night, started_at, next_attempt_at)
                            values (:msn, :night, :now, :now) on conflict do nothing returning id)
                        update agreement_import i set scan_id = begun.id
                        from begun where i.msn = :msn and i.scan_id is null and i.done_at is null
                        """)
                .param("msn", msn)
                .param("night", night.orElse(null))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Whether one of these agreements was not named by the pass so far. */
    public boolean areNew(long scanId, String msn, List<String> agreementIds) {
        return jdbc.sql(
                        """
                        select exists (select 1 from unnest(:ids) named (id)
                            left join agreement a on a.msn = :msn and a.agreement_id = named.id
                            where a.scan_id is distinct from :scan)
                        """)
                .param("ids", agreementIds.toArray(String[]::new))
                .param("msn", msn)
                .param("scan", scanId)
                .query(Boolean.class)
                .single();
    }

    /**
     * A page was read.
     *
     * @param namedNew whether its round has named an agreement that none before it named
     * @return whether it was the page that comes next; another one was read before
     */
    public boolean pageRead(long scanId, int page, int agreements, boolean namedNew, Next next) {
        return jdbc.sql(
                                """
                                update agreement_scan
                                set next_page = case when :next = 'ROUND' then 1 else next_page + 1 end,
                                    rounds = rounds + case when :next = 'ROUND' then 1 else 0 end,
                                    named_new = :namedNew and :next <> 'ROUND', listed = listed + :agreements,
                                    finished_at = case when :next = 'NOTHING' then cast(:now as timestamptz) end
                                where id = :id and next_page = :page and finished_at is null
                                """)
                        .param("agreements", agreements)
                        .param("namedNew", namedNew)
                        .param("next", next.name())
                        .param("now", SqlTime.of(clock.instant()))
                        .param("id", scanId)
                        .param("page", page)
                        .update()
                == 1;
    }

    /** The page is asked for again then. */
    public void postpone(long scanId, Instant until) {
        jdbc.sql("update agreement_scan set next_attempt_at = :until where id = :id")
                .param("until", SqlTime.of(until))
                .param("id", scanId)
                .update();
    }

    /**
     * After a complete pass each agreement that it did not list, and that is not known to have ended, is looked up by
     * itself: those shown before, those that a mapping table names, and those that lines of the last year are charged to.
     *
     * @return how many
     */
    public int lookUpUnlisted(String msn, long scanId) {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        insert into agreement (msn, agreement_id, status, next_check_at, changed_at)
                        select :msn, named.agreement_id, '', cast(:now as timestamptz), cast(:now as timestamptz)
                        from (select m.agreement_id from agreement_mapping m join inbound_file f on f.id = m.file_id
                              where f.msn = :msn
                              union
                              select i.agreement_id from instruction i
                              where i.msn = :msn and i.agreement_id <> '' and i.effective_due > :since
                              union
                              select a.agreement_id from agreement a
                              where a.msn = :msn and a.status not in ('STOPPED', 'EXPIRED', 'MISSING')) named
                        left join agreement known on known.msn = :msn and known.agreement_id = named.agreement_id
                        where known.agreement_id is null
                           or known.scan_id is distinct from :scan
                              and known.status not in ('STOPPED', 'EXPIRED', 'MISSING')
                        on conflict (msn, agreement_id) do update set next_check_at = excluded.next_check_at
                        """)
                .param("msn", msn)
                .param("scan", scanId)
                .param(
                        "since",
                        LocalDate.ofInstant(now, java.time.ZoneOffset.UTC).minusYears(1))
                .param("now", SqlTime.of(now))
                .update();
    }

    /**
     * Asks for the agreements of a channel's sales unit.
     *
     * @return false where that was asked before and is not done
     */
    public boolean requestImport(String channel, String msn, String by) {
        return jdbc.sql(
                                """
                                insert into agreement_import (channel, msn, requested_by, requested_at)
                                values (:channel, :msn, :by, :now) on conflict do nothing
                                """)
                        .param("channel", channel)
                        .param("msn", msn)
                        .param("by", by)
                        .param("now", SqlTime.of(clock.instant()))
                        .update()
                == 1;
    }

    /** Whether the channel ever asked. */
    public boolean wasImported(String channel) {
        return jdbc.sql("select exists (select 1 from agreement_import where channel = :channel)")
                .param("channel", channel)
                .query(Boolean.class)
                .single();
    }

    /**
     * The next import whose agreements are all listed.
     *
     * @param channels that are set up here: the imports of others wait for them, and keep nothing from these
     */
    public Optional<Import> importReady(Collection<String> channels) {
        return jdbc.sql(
                        """
                        select i.id, i.channel, i.msn, i.requested_at from agreement_import i
                        join agreement_scan s on s.id = i.scan_id
                        where i.done_at is null and s.finished_at is not null and i.channel = any(:channels)
                        order by i.id limit 1
                        """)
                .param("channels", channels.toArray(String[]::new))
                .query((row, n) -> new Import(
                        row.getLong("id"),
                        row.getString("channel"),
                        row.getString("msn"),
                        SqlTime.optional(row, "requested_at").orElseThrow()))
                .optional();
    }

    /** An agreement that an import found. */
    public record Found(String agreementId, String externalId, Optional<String> currency) {}

    /** What the import's pass found active with an external id, in a lasting order. */
    public List<Found> found(Import ready) {
        return jdbc.sql(
                        """
                        select a.agreement_id, a.external_id, a.currency
                        from agreement a join agreement_import i on i.msn = a.msn and i.scan_id <= a.scan_id
                        where i.id = :id and a.status = 'ACTIVE' and a.external_id is not null
                        order by a.external_id, a.agreement_id
                        """)
                .param("id", ready.id())
                .query((row, n) -> new Found(
                        row.getString("agreement_id"),
                        row.getString("external_id"),
                        Optional.ofNullable(row.getString("currency"))))
                .list();
    }

    /** The import's mapping file is recorded. */
    public void imported(long importId) {
        jdbc.sql("update agreement_import set done_at = :now where id = :id")
                .param("now", SqlTime.of(clock.instant()))
                .param("id", importId)
                .update();
    }
}
