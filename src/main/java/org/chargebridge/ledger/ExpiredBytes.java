package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.RetentionPasses.Place;
import org.chargebridge.ledger.RetentionPasses.Step;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Deletes the bytes of files and requests that are kept no longer; their rows stay, with name, hash and sums. What a
 * person still decides about keeps its bytes, and so does what is not delivered or not final. Every method works in the
 * caller's transaction, on a few rows.
 */
@Repository
public class ExpiredBytes {

    /** Up to that many MiB of rows each go at once. */
    private static final int FILES_AT_ONCE = 10;

    private static final int REQUESTS_AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    public ExpiredBytes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Files of the ERPs that were recorded before {@code before}. */
    public Step ofInboundFiles(Place place, Instant before) {
        List<Long> files = ids(
                """
                select id from inbound_file
                where id > :after and bytes_retired_at is null and recorded_at < :before order by id limit :limit
                """,
                place,
                before,
                FILES_AT_ONCE);
        List<Long> done = jdbc.sql(
                        """
                        update inbound_file f set bytes_retired_at = :now
                        where f.id = any(:files) and f.bytes_retired_at is null and f.state <> 'HELD'
                          and not exists (select 1 from dead_letter l where l.state = 'OPEN' and l.file_id = f.id)
                        returning id
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("files", array(files))
                .query(Long.class)
                .list();
        jdbc.sql("delete from inbound_file_part where file_id = any(:files)")
                .param("files", array(done))
                .update();
        return step(files, done.size(), FILES_AT_ONCE);
    }

    /** Files for the ERPs that were made before {@code before} and are delivered. */
    public Step ofOutboundFiles(Place place, Instant before) {
        List<Long> files = ids(
                """
                select id from outbound_file
                where id > :after and bytes_retired_at is null and rendered_at < :before order by id limit :limit
                """,
                place,
                before,
                FILES_AT_ONCE);
        List<Long> done = jdbc.sql(
                        """
                        update outbound_file set bytes_retired_at = :now
                        where id = any(:files) and bytes_retired_at is null and state = 'DELIVERED' and delivered_at < :before
                        returning id
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("before", SqlTime.of(before))
                .param("files", array(files))
                .query(Long.class)
                .list();
        jdbc.sql("delete from outbound_file_part where outbound_file_id = any(:files)")
                .param("files", array(done))
                .update();
        return step(files, done.size(), FILES_AT_ONCE);
    }

    /**
     * Requests that are never sent again, once all their charges have been final since {@code before}: they cannot be
     * needed as proof of what was asked for.
     */
    public Step ofRequests(Place place, Instant before) {
        List<Long> requests = ids(
                """
                select id from dispatch
                where id > :after and body is not null and coalesce(answered_at, created_at) < :before
                order by id limit :limit
                """,
                place,
                before,
                REQUESTS_AT_ONCE);
        int done = deleteBodies(requests, before);
        return step(requests, done, REQUESTS_AT_ONCE);
    }

    /** Deletes the bodies of those of these requests whose charges have all been final since {@code before}. */
    int deleteBodies(List<Long> requests, Instant before) {
        return jdbc.sql(
                        """
                        update dispatch d set body = null, problem = null
                        where d.id = any(:requests) and d.state in ('ACCEPTED', 'SPLIT', 'REFUSED', 'VOID')
                          and d.next_check_at is null
                          and not exists (
                              select 1 from block b
                              join instruction i on i.file_id = b.file_id
                                  and i.position between b.first_position and b.last_position and i.action = 'CHARGE'
                              where b.dispatch_id = d.id
                                and not exists (select 1 from charge_at_rest c where c.file_id = i.file_id
                                                and c.position = i.position and c.changed_at < :before))
                          and not exists (
                              select 1 from charge c
                              where c.dispatch_id = d.id
                                and not exists (select 1 from charge_at_rest r where r.file_id = c.file_id
                                                and r.position = c.position and r.changed_at < :before))
                        """)
                .param("before", SqlTime.of(before))
                .param("requests", array(requests))
                .update();
    }

    private List<Long> ids(String select, Place place, Instant before, int limit) {
        return jdbc.sql(select)
                .param("after", place.afterId())
                .param("before", SqlTime.of(before))
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    private static Step step(List<Long> looked, int deleted, int limit) {
        return new Step(
                deleted,
                looked.size() < limit ? Optional.empty() : Optional.of(Place.after(looked.get(looked.size() - 1))));
    }

    private static Long[] array(List<Long> ids) {
        return ids.toArray(Long[]::new);
    }
}
