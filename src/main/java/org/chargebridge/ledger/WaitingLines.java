package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.ReasonCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lines that were refused or held at intake, and can be judged again from the cells kept with them (MR15). */
@Repository
public class WaitingLines {

    /** One of them; the order id is empty where none could be made. */
    public record Waiting(int position, Answer answer, ReasonCode reason, String orderId, List<String> cells) {}

    private static final String SELECT =
            // What retention took the cells of can be read no more; its answer stays.
            "select position, answer, reason_code, order_id, cells from intake_exception"
                    + " where file_id = :fileId and cells <> '' ";

    /** Of such a document a later line is charged, so that the answer of this one says nothing about it any more. */
    private static final String CHARGED_SINCE =
            """
            (e.action in ('CHARGE', 'KNOWN', 'DISCARD') and exists (
                select 1 from instruction i
                left join charge c on c.file_id = i.file_id and c.position = i.position
                where i.order_id = e.order_id and not i.replaced and i.action = 'CHARGE'
                  and (i.file_id, i.position) > (e.file_id, e.position) and c.status is distinct from 'REFUSED'))
            """;

    private final JdbcClient jdbc;

    public WaitingLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next refused and held lines of a file after a position, in order. */
    public List<Waiting> next(long fileId, int after, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                        and position > :after and answer in ('REFUSED', 'HELD') and action <> 'MAPPING'
                        order by position limit :limit
                        """)
                .param("fileId", fileId)
                .param("after", after)
                .param("limit", limit)
                .query(WaitingLines::waiting)
                .list();
    }

    /** Files of a source with lines that wait for an agreement, the newest first. */
    public List<Long> filesWaitingForAgreements(String sourceId) {
        return jdbc.sql(
                        """
                        select f.id from inbound_file f
                        where f.source_id = :sourceId and exists (
                            select 1 from intake_exception e where e.file_id = f.id and e.cells <> ''
                            and e.reason_code in ('AGREEMENT_UNKNOWN', 'AGREEMENT_AMBIGUOUS', 'AGREEMENT_CHANGED',
                                                  'AGREEMENT_NOT_ACTIVE'))
                        order by f.id desc
                        """)
                .param("sourceId", sourceId)
                .query(Long.class)
                .list();
    }

    /**
     * Drops the lines that wait under an order id: their answer becomes IGNORED, and nothing judges them again. Those in
     * whose place a later line is charged wait no more.
     *
     * @return how many there were
     */
    public int drop(String orderId) {
        // A receipt that is being rendered tells of them either everywhere or nowhere.
        jdbc.sql(
                        """
                        select 1 from inbound_file
                        where id in (select file_id from intake_exception where order_id = :orderId
                                     and answer in ('REFUSED', 'HELD') and action <> 'DISCARD')
                        order by id for no key update
                        """)
                .param("orderId", orderId)
                .query(Integer.class)
                .list();
        return jdbc.sql(
                        """
                        update intake_exception e
                        set answer = 'IGNORED', reason_code = 'DISCARDED', reason_arguments = array[order_id]
                        where order_id = :orderId and answer in ('REFUSED', 'HELD') and action <> 'DISCARD'
                          and not
                        """
                                + CHARGED_SINCE)
                .param("orderId", orderId)
                .update();
    }

    /**
     * Drops one line.
     *
     * @return whether it waited
     */
    public boolean drop(long fileId, int position) {
        int dropped = jdbc.sql(
                        """
                        update intake_exception
                        set answer = 'IGNORED', reason_code = 'DISCARDED', reason_arguments = array[order_id]
                        where file_id = :fileId and position = :position and answer in ('REFUSED', 'HELD')
                        """)
                .param("fileId", fileId)
                .param("position", position)
                .update();
        return dropped > 0;
    }

    /** Drops every held line of a file. */
    public void dropAll(long fileId) {
        jdbc.sql(
                        """
                        update intake_exception
                        set answer = 'IGNORED', reason_code = 'DISCARDED', reason_arguments = array[order_id]
                        where file_id = :fileId and answer = 'HELD'
                        """)
                .param("fileId", fileId)
                .update();
    }

    /** Whether lines under this order id were dropped before, and none is charged since. */
    public boolean wasDropped(String orderId) {
        return jdbc.sql(
                        """
                        select exists (select 1 from intake_exception e
                            where order_id = :orderId and reason_code = 'DISCARDED' and not
                        """
                                + CHARGED_SINCE
                                + ")")
                .param("orderId", orderId)
                .query(Boolean.class)
                .single();
    }

    /** Where the lines of these order ids were held for a credit note or otherwise; for a person's release. */
    public List<Waiting> at(long fileId, Collection<Integer> positions) {
        return jdbc.sql(SELECT + " and position = any(:positions) order by position")
                .param("fileId", fileId)
                .param("positions", positions.toArray(Integer[]::new))
                .query(WaitingLines::waiting)
                .list();
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        return new Waiting(
                row.getInt("position"),
                Answer.valueOf(row.getString("answer")),
                ReasonCode.valueOf(row.getString("reason_code")),
                row.getString("order_id"),
                LedgerColumns.cells(row.getString("cells")));
    }

    /**
     * Those of a file's waiting lines whose order id was recorded from a later line, replaced ones included: what came
     * later holds. Their positions.
     */
    public Set<Integer> recordedSince(long fileId, Collection<Waiting> lines) {
        return new HashSet<>(jdbc.sql(
                        """
                        select distinct w.position
                        from unnest(:orderIds, :positions) as w (order_id, position)
                        -- One select for each of the two indexes: the whole table would be read by one for both.
                        join lateral (
                            select file_id, position from instruction where order_id = w.order_id and not replaced
                            union all
                            select file_id, position from instruction where order_id = w.order_id and replaced) i
                            on (i.file_id, i.position) > (:fileId, w.position)
                        """)
                .param("orderIds", lines.stream().map(Waiting::orderId).toArray(String[]::new))
                .param("positions", lines.stream().map(Waiting::position).toArray(Integer[]::new))
                .param("fileId", fileId)
                .query(Integer.class)
                .list());
    }
}
