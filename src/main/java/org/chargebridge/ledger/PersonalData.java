package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.PersonSearch.LineOf;
import org.chargebridge.ledger.PersonSearch.Traces;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the ledger holds of one person, and empties. Every method works in the caller's transaction. */
@Repository
public class PersonalData {

    /**
     * What keeps a person's data from being erased.
     *
     * @param activeAgreements that can still be charged
     * @param lines that are not done, with those that wait for somebody's decision
     */
    public record Open(List<String> activeAgreements, long lines) {}

    /**
     * What was emptied.
     *
     * @param mappings keys of the mapping table that led to the agreements
     * @param requests bodies of requests to the API that are deleted
     * @param files whose bytes stay, for they are bookkeeping
     * @param newestFile when the last of these was recorded, in UTC; empty where there is none
     */
    public record Emptied(
            long lines, long agreements, long mappings, long requests, long files, Optional<LocalDate> newestFile) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public PersonalData(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What is still to come of the person's agreements and lines. */
    public Open open(String sourceId, Traces traces) {
        List<String> active = jdbc.sql(
                        """
                        select distinct a.agreement_id from agreement a
                        where a.agreement_id = any(:agreements) and a.status in ('ACTIVE', 'PENDING')
                          and a.msn in (select msn from inbound_file where source_id = :source)
                        order by 1
                        """)
                .param("agreements", traces.agreements().toArray(String[]::new))
                .param("source", sourceId)
                .query(String.class)
                .list();
        long lines = jdbc.sql(
                        """
                        select count(*) from unnest(:files::bigint[], :positions::int[]) l (file_id, position)
                        where exists (select 1 from instruction i where i.file_id = l.file_id and i.position = l.position
                                      and i.action = 'CHARGE' and not i.replaced
                                      and not exists (select 1 from charge_at_rest c where c.file_id = l.file_id
                                                      and c.position = l.position))
                           or exists (select 1 from operation o where o.file_id = l.file_id and o.position = l.position
                                      and o.state in ('OPEN', 'HELD'))
                           or exists (select 1 from draft d where d.file_id = l.file_id and d.position = l.position
                                      and (d.state in ('READY', 'SENDING', 'UNKNOWN', 'PENDING')
                                           or d.state = 'ACTIVE' and d.mapped_at is null))
                           or exists (select 1 from dead_letter d where d.file_id = l.file_id and d.state = 'OPEN'
                                      and (d.position = l.position or d.kind = 'FILE'))
                        """)
                .param("files", files(traces))
                .param("positions", positions(traces))
                .query(Long.class)
                .single();
        return new Open(active, lines);
    }

    private static Long[] files(Traces traces) {
        return traces.lines().stream().map(LineOf::fileId).toArray(Long[]::new);
    }

    private static Integer[] positions(Traces traces) {
        return traces.lines().stream().map(LineOf::position).toArray(Integer[]::new);
    }

    /**
     * Empties all that is not bookkeeping. Numbers by which a bookkeeper finds a charge stay until retention takes them, and
     * so do the bytes of files.
     *
     * @return empty where a text stays after all, because an answer to a line is being made or a decision about it is not
     *     sealed yet: the caller rolls back
     */
    public Optional<Emptied> empty(String sourceId, Traces traces) {
        Instant all = clock.instant().plus(Duration.ofDays(1));
        for (LineOf line : traces.lines()) {
            LineTexts texts = new LineTexts(jdbc, line.fileId(), line.position() - 1, line.position());
            texts.empty(all);
            if (texts.left() > 0) {
                return Optional.empty();
            }
        }
        jdbc.sql(
                        """
                        update dead_letter d set problem = null
                        from unnest(:files::bigint[], :positions::int[]) l (file_id, position)
                        where d.file_id = l.file_id and d.position = l.position and d.problem is not null
                        """)
                .param("files", files(traces))
                .param("positions", positions(traces))
                .update();
        DecisionReasons reasons = new DecisionReasons(jdbc);
        if (!reasons.blank(reasons.letters(sourceId, traces))) {
            return Optional.empty();
        }
        int agreements = jdbc.sql(
                        """
                        update agreement set external_id = null, sub = null, userinfo_url = null
                        where agreement_id = any(:agreements)
                          and msn in (select msn from inbound_file where source_id = :source)
                        """)
                .param("agreements", traces.agreements().toArray(String[]::new))
                .param("source", sourceId)
                .update();
        jdbc.sql(
                        """
                        update query q set external_id = null
                        from inbound_file f
                        where q.file_id = f.id and f.source_id = :source and q.agreement_id = any(:agreements)
                          and q.external_id is not null
                        """)
                .param("source", sourceId)
                .param("agreements", traces.agreements().toArray(String[]::new))
                .update();
        int mappings = jdbc.sql(
                        """
                        delete from agreement_mapping
                        where source_id = :source and (agreement_id = any(:agreements)
                            or key = any(:numbers) and key_type = any(:types))
                        """)
                .param("source", sourceId)
                .param("agreements", traces.agreements().toArray(String[]::new))
                .param("numbers", traces.customerNumbers().toArray(String[]::new))
                .param("types", PersonSearch.CUSTOMER_KEYS)
                .update();
        List<Long> requests = jdbc.sql(
                        """
                        select distinct b.dispatch_id from block b
                        join unnest(:files::bigint[], :positions::int[]) l (file_id, position)
                          on b.file_id = l.file_id and l.position between b.first_position and b.last_position
                        where b.dispatch_id is not null
                        union
                        select c.dispatch_id from charge c
                        join unnest(:files::bigint[], :positions::int[]) l (file_id, position)
                          on c.file_id = l.file_id and c.position = l.position
                        where c.dispatch_id is not null
                        """)
                .param("files", files(traces))
                .param("positions", positions(traces))
                .query(Long.class)
                .list();
        int bodies = new ExpiredBytes(jdbc, clock).deleteBodies(requests, all);
        return Optional.of(kept(traces, agreements, mappings, bodies));
    }

    private Emptied kept(Traces traces, int agreements, int mappings, int bodies) {
        return jdbc.sql(
                        """
                        select count(*) as files, max(recorded_at at time zone 'UTC')::date as newest
                        from inbound_file where id = any(:files) and bytes_retired_at is null
                        """)
                .param("files", files(traces))
                .query((row, number) -> new Emptied(
                        traces.lines().size(),
                        agreements,
                        mappings,
                        bodies,
                        row.getLong("files"),
                        LedgerColumns.date(row, "newest")))
                .single();
    }

    /** Numbers an erasure; who it was stands nowhere. */
    public long number() {
        return jdbc.sql("insert into erasure (erased_at) values (:now) returning id")
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
    }
}
