package org.chargebridge.ledger;

import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lines refused or held after sending: given back in an errors file once nothing of their file is under way (ER7). */
@Repository
public class LateErrors {

    private final JdbcClient jdbc;
    private final Clock clock;

    public LateErrors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Requests an errors file for each file that has such lines and no dispatch still to be answered, in the caller's
     * transaction.
     *
     * @return how many were requested
     */
    public int request() {
        List<Long> files = jdbc.sql(
                        """
                        select distinct c.file_id from charge c
                        where c.status in ('REFUSED', 'HELD') and c.errors_request_id is null
                          and not exists (select 1 from block b left join dispatch d on d.id = b.dispatch_id
                                          where b.file_id = c.file_id
                                            and (d.id is null or d.state in ('READY', 'SENDING')))
                          and not exists (select 1 from charge r where r.file_id = c.file_id and r.refusal_claimed
                                            and r.status = 'UNCONFIRMED')
                        """)
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
                                and exists (select 1 from charge c where c.file_id = f.id
                                    and c.status in ('REFUSED', 'HELD') and c.errors_request_id is null)
                            returning id)
                        update charge set errors_request_id = request.id from request
                        where charge.file_id = :fileId and charge.status in ('REFUSED', 'HELD')
                          and charge.errors_request_id is null
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", fileId)
                .update();
    }
}
