package org.chargebridge.ledger;

import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Operations on agreements that wait for a person, and go on without one. Every method works in the caller's transaction. */
@Repository
public class HeldOperations {

    private final JdbcClient jdbc;
    private final Clock clock;

    public HeldOperations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Those of a sales unit that were held for what their agreement did not show. */
    public List<Operation> onAgreements(String msn) {
        return jdbc.sql(
                        "select " + OperationRows.COLUMNS
                                + """
                        from dead_letter l join operation o on o.file_id = l.file_id and o.position = l.position
                        where l.state = 'OPEN' and l.kind = 'OPERATION' and l.msn = :msn
                          and l.reason_code in ('AGREEMENT_NOT_CONFIRMED', 'AGREEMENT_STATUS_UNKNOWN')
                          and o.state = 'HELD'
                        order by o.file_id, o.position
                        """)
                .param("msn", msn)
                .query(OperationRows::operation)
                .list();
    }

    /** It is looked at again, and nobody has to decide about it. Where somebody does at this moment, that holds. */
    public void goOn(Operation operation) {
        jdbc.sql(
                        """
                        with letter as (
                            select l.id from dead_letter l
                            where l.state = 'OPEN' and l.kind = 'OPERATION'
                              and l.file_id = :fileId and l.position = :position
                            for update of l skip locked),
                        again as (
                            update operation
                            set state = 'OPEN', phase = case phase when 'CONFIRM' then phase else 'LOOK' end,
                                reason_code = null, reason_arguments = null, finished_at = null,
                                next_attempt_at = :now, waits = 0
                            where file_id = :fileId and position = :position and state = 'HELD'
                              and exists (select 1 from letter))
                        update dead_letter l set state = 'RESOLVED', closed_at = :now from letter where l.id = letter.id
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .update();
    }
}
