package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lines refused or held after they were recorded: given back in an errors file once nothing of their file is under way
 * (ER7). What acts on a charge may have to wait for it; the others are given back a quarter of an hour later anyway.
 */
@Repository
public class LateErrors {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** A refund that an operator has to approve is nothing that the ERP could correct. */
    private static final String OPERATIONS =
            """
            state in ('REFUSED', 'HELD') and errors_request_id is null and not replaced
            and not (state = 'HELD' and reason_code in ('REFUND_NEEDS_APPROVAL', 'REFUND_ABOVE_CEILING'))
            """;

    /** What a person gave up is nothing to correct. */
    private static final String CHARGES =
            "status in ('REFUSED', 'HELD') and errors_request_id is null and reason_code is distinct from 'DISCARDED'";

    private final JdbcClient jdbc;
    private final Clock clock;

    public LateErrors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Requests an errors file for each file that has such lines and nothing under way, in the caller's
     * transaction.
     *
     * @return how many were requested
     */
    public int request() {
        Instant now = clock.instant();
        List<Long> files = jdbc.sql(
                        """
                        select late.file_id
                        from (select file_id, changed_at as since from charge
                              where %s
                              union all
                              select file_id, finished_at from operation where %s) late
                        group by late.file_id
                        having not exists (select 1 from block b left join dispatch d on d.id = b.dispatch_id
                                           where b.file_id = late.file_id
                                             and (d.id is null or d.state in ('READY', 'SENDING')))
                           and not exists (select 1 from charge r where r.file_id = late.file_id and r.refusal_claimed
                                             and r.status = 'UNCONFIRMED')
                           and (min(late.since) <= :overdue
                                or not exists (select 1 from operation o where o.file_id = late.file_id
                                                 and o.state = 'OPEN' and o.phase not in ('WATCH', 'AWAIT')))
                        """
                                .formatted(CHARGES, OPERATIONS))
                .param("overdue", SqlTime.of(now.minus(PATIENCE)))
                .query(Long.class)
                .list();
        files.forEach(this::request);
        return files.size();
    }

    private void request(long fileId) {
        jdbc.sql("select 1 from inbound_file where id = :fileId for update")
                .param("fileId", fileId)
                .query(Integer.class)
                .single();
        jdbc.sql(
                        """
                        with request as (
                            insert into receipt_request (file_id, kind, number, stem, requested_at)
                            select f.id, 'ERRORS',
                                1 + coalesce((select max(r.number) from receipt_request r where r.file_id = f.id), 0),
                                coalesce((select r.stem from receipt_request r where r.file_id = f.id
                                          order by r.id limit 1), f.name), :now
                            from inbound_file f where f.id = :fileId
                                and (exists (select 1 from charge where file_id = f.id and %2$s)
                                    or exists (select 1 from operation where file_id = f.id and %1$s))
                            returning id),
                        charges as (
                            update charge set errors_request_id = request.id from request
                            where charge.file_id = :fileId and %2$s)
                        update operation set errors_request_id = request.id from request
                        where file_id = :fileId and %1$s
                        """
                                .formatted(OPERATIONS, CHARGES))
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", fileId)
                .update();
    }
}
