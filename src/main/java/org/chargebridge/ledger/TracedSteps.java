package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What happened to each file, from its arrival to the report that tells of it, for a collector of traces. */
@Repository
public class TracedSteps {

    /** Steps older than that are not handed out, for example when tracing is switched on. */
    private static final Duration REACH = Duration.ofDays(1);

    /** What a step is. */
    public enum Kind {
        /** The file was fetched and recorded. */
        INTAKE,
        /** A request with charges of it was sent and answered. */
        DISPATCH,
        /** Its receipt or errors file was rendered and delivered. */
        RECEIPT,
        /** A status report with changes of it was made and delivered. */
        REPORT
    }

    /**
     * One step of one file.
     *
     * @param id of the file, request or outbound file
     * @param sha256 of the file's content, which with its channel says which file it is
     * @param failed whether it was refused
     * @param attributes without personal data
     */
    public record Step(
            Kind kind,
            long id,
            String channel,
            String sha256,
            Instant start,
            Instant end,
            boolean failed,
            Map<String, String> attributes) {}

    private static final Map<Kind, String> FINISHED = Map.of(
            Kind.INTAKE,
            "select id from inbound_file where recorded_at > :since",
            Kind.DISPATCH,
            "select id from dispatch where answered_at > :since and state not in ('READY', 'SENDING')",
            Kind.RECEIPT,
            """
            select id from outbound_file
            where state = 'DELIVERED' and delivered_at > :since and kind in ('RECEIPT', 'ERRORS')
            """,
            Kind.REPORT,
            "select id from outbound_file where state = 'DELIVERED' and delivered_at > :since and kind = 'STATUS'");

    private static final Map<Kind, String> STEPS = Map.of(
            Kind.INTAKE,
            """
            select f.id, f.channel, f.sha256, coalesce(least(a.arrived_at, f.recorded_at), f.recorded_at) as start_at,
                f.recorded_at as end_at, f.state = 'REFUSED' as failed, f.name as file, f.state,
                t.lines::text as lines
            from inbound_file f
            left join lateral (select min(arrived_at) as arrived_at from arrival where file_id = f.id) a on true
            left join lateral (select sum(lines) as lines from inbound_file_total where file_id = f.id) t on true
            where f.id = any(:ids)
            """,
            Kind.DISPATCH,
            """
            select d.id, f.channel, f.sha256, coalesce(d.first_sent_at, d.created_at) as start_at,
                d.answered_at as end_at, d.state in ('REFUSED', 'VOID') as failed, d.state, d.msn,
                d.http_status::text as "http.response.status_code", b.lines::text as lines, d.attempts::text as attempts
            from dispatch d
            join lateral (select file_id, sum(line_count) as lines from block where dispatch_id = d.id group by 1) b on true
            join inbound_file f on f.id = b.file_id
            where d.id = any(:ids)
            """,
            Kind.RECEIPT,
            """
            select o.id, f.channel, f.sha256, o.rendered_at as start_at, o.delivered_at as end_at, false as failed,
                o.name as file, o.kind, o.attempts::text as attempts
            from outbound_file o
            join inbound_file f on f.channel = o.channel
                and left(f.sha256, 8) = substring(o.name from '-([0-9a-f]{8})(?:-[0-9]+)?\\.[a-z0-9.]+$')
            where o.id = any(:ids)
            """,
            Kind.REPORT,
            """
            select o.id, f.channel, f.sha256, o.rendered_at as start_at, o.delivered_at as end_at, false as failed,
                o.name as file, c.changes::text as changes, o.attempts::text as attempts
            from outbound_file o
            join report r on r.channel = o.channel and r.kind = 'STATUS'
                and r.number = substring(o.name from '-([0-9]+)-[0-9]{8}T[0-9]{6}Z\\.[a-z0-9.]+$')::int
            join lateral (
                select coalesce(e.file_id, b.file_id) as file_id, count(*) as changes
                from event e
                left join lateral (select distinct file_id from block
                                   where e.file_id is null and dispatch_id = e.dispatch_id) b on true
                where e.report_id = r.id group by 1) c on true
            join inbound_file f on f.id = c.file_id
            where o.id = any(:ids)
            """);

    private final JdbcClient jdbc;
    private final Clock clock;

    public TracedSteps(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Steps that are done and that no node has taken; now this one has. In a transaction of the caller's.
     *
     * @param limit how many of each kind at most
     */
    public List<Step> take(int limit) {
        List<Step> steps = new ArrayList<>();
        Instant since = clock.instant().minus(REACH);
        for (Kind kind : Kind.values()) {
            List<Long> ids = jdbc.sql(
                            "insert into traced_step (kind, id, traced_at) select :kind, d.id, clock_timestamp()"
                                    + " from (" + FINISHED.get(kind) + ") d"
                                    + " where not exists (select 1 from traced_step t where t.kind = :kind and t.id = d.id)"
                                    + " order by d.id limit :limit on conflict do nothing returning id")
                    .param("kind", kind.name())
                    .param("since", SqlTime.of(since))
                    .param("limit", limit)
                    .query(Long.class)
                    .list();
            if (!ids.isEmpty()) {
                steps.addAll(jdbc.sql(STEPS.get(kind))
                        .param("ids", ids.toArray(Long[]::new))
                        .query((row, number) -> step(kind, row))
                        .list());
            }
        }
        return steps;
    }

    private static Step step(Kind kind, ResultSet row) throws SQLException {
        Map<String, String> attributes = new TreeMap<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String name = row.getMetaData().getColumnLabel(column);
            if (!List.of("id", "channel", "sha256", "start_at", "end_at", "failed")
                            .contains(name)
                    && row.getString(column) != null) {
                attributes.put(name, row.getString(column));
            }
        }
        return new Step(
                kind,
                row.getLong("id"),
                row.getString("channel"),
                row.getString("sha256"),
                SqlTime.optional(row, "start_at").orElseThrow(),
                SqlTime.optional(row, "end_at").orElseThrow(),
                row.getBoolean("failed"),
                attributes);
    }

    /** They could not be handed over: whoever asks next gets them. */
    public void giveBack(Collection<Step> steps) {
        for (Step step : steps) {
            jdbc.sql("delete from traced_step where kind = :kind and id = :id")
                    .param("kind", step.kind().name())
                    .param("id", step.id())
                    .update();
        }
    }

    /** Forgets what is too old to be handed out again. */
    public void forget() {
        jdbc.sql("delete from traced_step where traced_at < clock_timestamp() - interval '3 days'")
                .update();
    }
}
