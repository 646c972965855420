package org.chargebridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Ranges of lines on their way into dispatches. Filling, halving and single sending split ranges and touch no line
 * (ER1). Callers hold the sales unit's row ({@link SalesUnits#lock}).
 */
@Repository
public class Blocks {

    /** A range of one file's lines. */
    public record Block(
            long id,
            long fileId,
            int firstPosition,
            int lastPosition,
            int lineCount,
            Instant recordedAt,
            int correction,
            boolean single,
            boolean unscheduled) {}

    /** The lines of a block that a request would ask for: accepted, not refused, held or cancelled since. */
    static final String SENDABLE =
            """
            i.action = 'CHARGE' and not i.replaced
            and not exists (select 1 from charge c where c.file_id = i.file_id and c.position = i.position
                            and c.status in ('REFUSED', 'HELD', 'CANCELLED'))
            """;

    private static final String COLUMNS =
            "id, file_id, first_position, last_position, line_count, recorded_at, correction, single, unscheduled";

    private final JdbcClient jdbc;

    public Blocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Blocks that wait for a dispatch: what could miss the next cut-off first, then round robin over files, beginning
     * with the file that had no turn for longest, so that a small one does not wait for a large one.
     *
     * @param atRiskDue due dates up to this one go first
     * @param unscheduled whether lines that are charged at once may go, too
     * @param limit blocks at most
     */
    public List<Block> waiting(String msn, LocalDate atRiskDue, boolean unscheduled, int limit) {
        return jdbc.sql(
                        """
                        with waiting as (
                            select block.*, row_number() over (partition by file_id order by correction, id) as turn
                            from block where msn = :msn and dispatch_id is null and not check_agreements
                              and (:unscheduled or not unscheduled)),
                        served as (
                            select w.file_id,
                                (select max(b.dispatch_id) from block b where b.file_id = w.file_id) as last_dispatch
                            from waiting w where w.turn = 1)
                        """
                                + "select " + COLUMNS + " from waiting join served using (file_id)"
                                + """
                         order by earliest_due > :atRiskDue, turn, last_dispatch nulls first, id
                        limit :limit
                        """)
                .param("msn", msn)
                .param("atRiskDue", atRiskDue)
                .param("unscheduled", unscheduled)
                .param("limit", limit)
                .query(Blocks::block)
                .list();
    }

    /** The blocks of a dispatch, in order. */
    public List<Block> ofDispatch(long dispatchId) {
        return jdbc.sql("select " + COLUMNS
                        + " from block where dispatch_id = :dispatchId order by file_id, first_position")
                .param("dispatchId", dispatchId)
                .query(Blocks::block)
                .list();
    }

    /** The sendable lines of a block, in order. */
    public List<QueuedLine> lines(Block block) {
        return jdbc.sql(
                        """
                        select i.file_id, i.position, (select b.channel from block b where b.id = :id) as channel,
                            i.order_id, i.agreement_id, i.amount_minor, i.description, i.requested_due,
                            i.effective_due, i.retry_days, i.external_id, i.correction,
                            i.transaction_type
                        from instruction i
                        where i.file_id = :fileId and i.position between :first and :last
                        """
                                + " and " + SENDABLE + " order by i.position")
                .param("id", block.id())
                .param("fileId", block.fileId())
                .param("first", block.firstPosition())
                .param("last", block.lastPosition())
                .query(Blocks::line)
                .list();
    }

    static QueuedLine line(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new QueuedLine(
                row.getLong("file_id"),
                row.getInt("position"),
                row.getString("channel"),
                row.getString("order_id"),
                row.getString("agreement_id"),
                row.getLong("amount_minor"),
                row.getString("description"),
                LedgerColumns.date(row, "requested_due"),
                row.getObject("effective_due", LocalDate.class),
                row.getInt("retry_days"),
                java.util.Optional.ofNullable(row.getString("external_id")),
                row.getInt("correction"),
                LedgerColumns.transactionType(row));
    }

    /** Gives the blocks to a dispatch. */
    public void assign(List<Block> blocks, long dispatchId) {
        jdbc.sql("update block set dispatch_id = :dispatchId where id = any(:ids)")
                .param("dispatchId", dispatchId)
                .param("ids", blocks.stream().map(Block::id).toArray(Long[]::new))
                .update();
    }

    /**
     * Queues a dispatch's blocks again, because no byte of it can have had an effect.
     *
     * @param raiseCorrection whether the new request is a correction, so that its key differs (ER3)
     */
    public void release(long dispatchId, boolean raiseCorrection) {
        jdbc.sql(
                        """
                        update block b
                        set dispatch_id = null,
                            correction = case when :raise then d.correction + 1 else d.correction end
                        from dispatch d where d.id = b.dispatch_id and b.dispatch_id = :dispatchId
                        """)
                .param("raise", raiseCorrection)
                .param("dispatchId", dispatchId)
                .update();
    }

    /** A dispatch's blocks in two halves of nearly as many lines, at least one each; a block is split where needed. */
    public List<List<Block>> halves(long dispatchId) {
        List<Block> blocks = ofDispatch(dispatchId);
        List<QueuedLine> lines = blocks.stream().flatMap(b -> lines(b).stream()).toList();
        QueuedLine middle = lines.get(lines.size() / 2);
        List<Block> first = new ArrayList<>();
        List<Block> second = new ArrayList<>();
        for (Block block : blocks) {
            if (isBefore(block.fileId(), block.lastPosition(), middle)) {
                first.add(block);
            } else if (isBefore(block.fileId(), block.firstPosition(), middle)) {
                List<Block> parts = split(block, middle.position());
                first.add(parts.get(0));
                second.add(parts.get(1));
            } else {
                second.add(block);
            }
        }
        return List.of(first, second);
    }

    private static boolean isBefore(long fileId, int position, QueuedLine line) {
        return fileId < line.fileId() || fileId == line.fileId() && position < line.position();
    }

    /**
     * Makes one line a block of its own, out of any dispatch, waiting to be sent.
     *
     * @param single whether it must go through the single create
     */
    public void isolate(long fileId, int position, int correction, boolean single) {
        Block block = jdbc.sql("select " + COLUMNS
                        + " from block where file_id = :fileId and :position between first_position and last_position")
                .param("fileId", fileId)
                .param("position", position)
                .query(Blocks::block)
                .single();
        if (block.firstPosition() < position) {
            block = split(block, position).get(1);
        }
        if (block.lastPosition() > position) {
            block = split(block, position + 1).get(0);
        }
        jdbc.sql("update block set dispatch_id = null, correction = :correction, single = :single where id = :id")
                .param("correction", correction)
                .param("single", single)
                .param("id", block.id())
                .update();
        // Its due date may have been corrected.
        recount(block.id());
    }

    /** Whether a line is sent by itself without a due date; one without that was made with its agreement is not. */
    public boolean isUnscheduled(long fileId, int position) {
        return jdbc.sql(
                        """
                        select unscheduled from block
                        where file_id = :fileId and :position between first_position and last_position
                        """)
                .param("fileId", fileId)
                .param("position", position)
                .query(Boolean.class)
                .single();
    }

    /** The highest correction number that a request for this line was sent with (ER3). */
    public int correctionOf(long fileId, int position) {
        return jdbc.sql(
                        """
                        select greatest(i.correction, b.correction, coalesce(d.correction, 0))
                        from instruction i
                        join block b on b.file_id = i.file_id and i.position between b.first_position and b.last_position
                        left join dispatch d on d.id = b.dispatch_id
                        where i.file_id = :fileId and i.position = :position
                        """)
                .param("fileId", fileId)
                .param("position", position)
                .query(Integer.class)
                .single();
    }

    /** Splits off the first lines of a block, so that a dispatch can be filled, and returns them as its block. */
    public Block firstLines(Block block, int lines) {
        int next = jdbc.sql(
                        """
                        select position from instruction
                        where file_id = :fileId and position between :first and :last and action = 'CHARGE'
                        order by position offset :lines limit 1
                        """)
                .param("fileId", block.fileId())
                .param("first", block.firstPosition())
                .param("last", block.lastPosition())
                .param("lines", lines)
                .query(Integer.class)
                .single();
        return split(block, next).get(0);
    }

    /** Splits a block before the position; the first part keeps the id, both keep the dispatch. */
    public List<Block> split(Block block, int position) {
        long secondId = jdbc.sql(
                        """
                        insert into block (file_id, first_position, last_position, line_count, msn, channel,
                            earliest_due, correction, single, unscheduled, check_agreements, recorded_at, dispatch_id)
                        select file_id, :position, last_position, 0, msn, channel, earliest_due, correction, single,
                            unscheduled, check_agreements, recorded_at, dispatch_id
                        from block where id = :id
                        returning id
                        """)
                .param("position", position)
                .param("id", block.id())
                .query(Long.class)
                .single();
        jdbc.sql("update block set last_position = :last where id = :id")
                .param("last", position - 1)
                .param("id", block.id())
                .update();
        return List.of(recount(block.id()), recount(secondId));
    }

    private Block recount(long id) {
        return jdbc.sql(
                        """
                        update block b
                        set line_count = counted.lines, earliest_due = coalesce(counted.due, b.earliest_due)
                        from (select count(*) as lines, min(i.effective_due) as due
                              from block r join instruction i on i.file_id = r.file_id
                                  and i.position between r.first_position and r.last_position and i.action = 'CHARGE'
                              where r.id = :id) counted
                        where b.id = :id
                        returning b.id, b.file_id, b.first_position, b.last_position, b.line_count, b.recorded_at,
                            b.correction, b.single, b.unscheduled
                        """)
                .param("id", id)
                .query(Blocks::block)
                .single();
    }

    private static Block block(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Block(
                row.getLong("id"),
                row.getLong("file_id"),
                row.getInt("first_position"),
                row.getInt("last_position"),
                row.getInt("line_count"),
                SqlTime.optional(row, "recorded_at").orElseThrow(),
                row.getInt("correction"),
                row.getBoolean("single"),
                row.getBoolean("unscheduled"));
    }
}
