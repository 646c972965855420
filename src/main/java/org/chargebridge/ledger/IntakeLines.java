package org.chargebridge.ledger;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.TransactionType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The lines of inbound files: what occupies its identity, and what was answered otherwise and why. */
@Repository
public class IntakeLines {

    /**
     * A line that occupies its identity.
     *
     * @param fileName where it came from, for messages
     * @param refusedByApi whether its charge was refused for good, so that the next line may replace it (MR15)
     * @param discarded whether a person gave it up before it was sent, so that the same line again is for a person, too
     */
    public record Recorded(
            long fileId,
            String fileName,
            int position,
            Action action,
            byte[] digest,
            int correction,
            boolean refusedByApi,
            boolean discarded) {}

    /** Up to 2,000 charge lines of one file; one that goes by itself is {@code single}, those charged at once are unscheduled. */
    public record NewBlock(
            int firstPosition,
            int lastPosition,
            int lines,
            java.time.LocalDate earliestDue,
            int correction,
            boolean single,
            boolean unscheduled) {}

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final Clock clock;

    public IntakeLines(JdbcClient jdbc, DataSource dataSource, Clock clock) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** What occupies these order ids, by order id. */
    public Map<String, Recorded> recorded(Collection<String> orderIds) {
        Map<String, Recorded> recorded = new HashMap<>();
        jdbc.sql(
                        """
                        select i.order_id, i.file_id, f.name, i.position, i.action, i.digest,
                            coalesce(c.status = 'REFUSED', false) as refused,
                            coalesce(c.status = 'REFUSED' and c.reason_code = 'DISCARDED', false) as discarded,
                            greatest(i.correction, coalesce(b.correction, 0), coalesce(d.correction, 0)) as correction
                        from instruction i
                        join inbound_file f on f.id = i.file_id
                        left join charge c on c.file_id = i.file_id and c.position = i.position
                        left join block b on c.status = 'REFUSED' and b.file_id = i.file_id
                            and i.position between b.first_position and b.last_position
                        left join dispatch d on d.id = b.dispatch_id
                        where i.order_id = any(:orderIds) and not i.replaced
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .query(row -> {
                    recorded.put(
                            row.getString("order_id"),
                            new Recorded(
                                    row.getLong("file_id"),
                                    row.getString("name"),
                                    row.getInt("position"),
                                    Action.valueOf(row.getString("action")),
                                    row.getBytes("digest"),
                                    row.getInt("correction"),
                                    row.getBoolean("refused"),
                                    row.getBoolean("discarded")));
                });
        return recorded;
    }

    /**
     * What carries an external id.
     *
     * @param due as it was asked for
     * @param ofAnotherFile whether it came with another file
     */
    public record Carrier(
            String orderId,
            String invoiceNumber,
            String agreementId,
            long amountMinor,
            Optional<LocalDate> due,
            boolean ofAnotherFile) {}

    /** Those of these external ids that a charge of the sales unit carries already (MR3). */
    public Map<String, Carrier> takenExternalIds(String msn, long fileId, Collection<String> externalIds) {
        Map<String, Carrier> taken = new HashMap<>();
        jdbc.sql(
                        """
                        select external_id, order_id, invoice_number, agreement_id, amount_minor, requested_due,
                            file_id <> :fileId as of_another_file
                        from instruction
                        where msn = :msn and external_id = any(:ids) and external_id is not null and not replaced
                        """)
                .param("msn", msn)
                .param("fileId", fileId)
                .param("ids", externalIds.toArray(String[]::new))
                .query(row -> {
                    taken.put(
                            row.getString("external_id"),
                            new Carrier(
                                    row.getString("order_id"),
                                    row.getString("invoice_number"),
                                    row.getString("agreement_id"),
                                    row.getLong("amount_minor"),
                                    LedgerColumns.date(row, "requested_due"),
                                    row.getBoolean("of_another_file")));
                });
        return taken;
    }

    /** The numbers of held credit notes, by the order id of the charge they credit. */
    public Map<String, String> creditedBy(Collection<String> orderIds) {
        Map<String, String> credited = new HashMap<>();
        jdbc.sql(
                        """
                        select credited, invoice_number from intake_exception
                        where credited = any(:orderIds) and credited is not null and answer = 'HELD'
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .query(row -> {
                    credited.put(row.getString("credited"), row.getString("invoice_number"));
                });
        return credited;
    }

    /**
     * The numbers of a file's lines that begin with zeros, by the same numbers without them; none that the file has
     * without zeros, too.
     *
     * @param sha256Start how the SHA-256 of the file begins
     * @param numbers without zeros in front
     */
    public Map<String, String> numbersWithZeros(String channel, String sha256Start, Collection<String> numbers) {
        Map<String, String> found = new HashMap<>();
        jdbc.sql(
                        """
                        with given as (
                            select l.invoice_number as number
                            from inbound_file f
                            cross join lateral (
                                select invoice_number from intake_exception where file_id = f.id
                                union all
                                select invoice_number from instruction where file_id = f.id) l
                            where f.channel = :channel and left(f.sha256, length(:start)) = :start
                                and ltrim(l.invoice_number, '0') = any(:numbers))
                        select number, ltrim(number, '0') as bare from given
                        where number like '0%' and ltrim(number, '0') not in (select number from given)
                        """)
                .param("channel", channel)
                .param("start", sha256Start)
                .param("numbers", numbers.toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString("bare"), row.getString("number"));
                });
        return found;
    }

    /** The lines of a file whose charges were refused for good, but by no person, and that nothing replaced since. */
    public List<Integer> refusedByApi(long fileId) {
        return jdbc.sql(
                        """
                        select c.position from charge c
                        join instruction i on i.file_id = c.file_id and i.position = c.position
                        where c.file_id = :fileId and c.status = 'REFUSED' and not i.replaced
                          and c.reason_code is distinct from 'DISCARDED'
                        order by c.position
                        """)
                .param("fileId", fileId)
                .query(Integer.class)
                .list();
    }

    /** Gives the order ids of lines that the API refused free for the lines that replace them. */
    public void replace(Collection<String> orderIds) {
        jdbc.sql("update instruction set replaced = true where order_id = any(:orderIds) and not replaced")
                .param("orderIds", orderIds.toArray(String[]::new))
                .update();
    }

    /** Records answered lines of one file, each in the table it belongs to. */
    public void store(InboundFile file, Collection<Line> lines) {
        CopyRows recorded = LineRows.recorded();
        CopyRows reserved = LineRows.reserved();
        CopyRows operations = OperationRows.table();
        CopyRows others = LineRows.others();
        for (Line line : lines) {
            if (line.isOperation()) {
                OperationRows.add(operations, file, line, clock.instant());
            } else if (line.occupies()) {
                boolean direct = line.transactionType() == TransactionType.DIRECT_CAPTURE;
                LineRows.addRecorded(direct ? recorded : reserved, file, line);
            } else {
                LineRows.addOther(others, file, line);
            }
        }
        recorded.write(dataSource);
        reserved.write(dataSource);
        operations.write(dataSource);
        others.write(dataSource);
    }

    /** How many lines were answered so; the sum is of minor units. */
    public record AnswerCount(Answer answer, Optional<ReasonCode> reason, int lines, long sumMinor) {}

    /** How the lines of a file stand answered now. */
    public List<AnswerCount> account(long fileId) {
        return jdbc.sql(
                        """
                        select case action when 'CHARGE' then 'ACCEPTED' else 'IGNORED' end as answer, reason_code,
                            count(*) as lines, sum(amount_minor) as sum
                        from instruction where file_id = :fileId and attempt_of is null group by 1, 2
                        union all
                        select 'ACCEPTED', null, count(*), coalesce(sum(amount_minor), 0)
                        from operation where file_id = :fileId having count(*) > 0
                        union all
                        select answer, reason_code, count(*), coalesce(sum(amount_minor), 0)
                        from intake_exception where file_id = :fileId group by 1, 2
                        """)
                .param("fileId", fileId)
                .query((row, n) -> new AnswerCount(
                        Answer.valueOf(row.getString("answer")),
                        Optional.ofNullable(row.getString("reason_code")).map(ReasonCode::valueOf),
                        row.getInt("lines"),
                        row.getLong("sum")))
                .list();
    }

    /** Queues recorded lines for sending. */
    public void queue(InboundFile file, NewBlock block) {
        jdbc.sql(
                        """
                        insert into block (file_id, first_position, last_position, line_count, msn, channel,
                            earliest_due, correction, single, unscheduled, recorded_at, check_agreements)
                        values (:fileId, :first, :last, :lines, :msn, :channel, :earliestDue, :correction, :single,
                            :unscheduled, :now,
                        """
                                + ImportedAgreements.NEED_CHECK + ")")
                .param("fileId", file.id())
                .param("first", block.firstPosition())
                .param("last", block.lastPosition())
                .param("lines", block.lines())
                .param("msn", file.msn())
                .param("channel", file.channel())
                .param("earliestDue", block.earliestDue())
                .param("correction", block.correction())
                .param("single", block.single())
                .param("unscheduled", block.unscheduled())
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Where the file's blocks begin, in order. */
    public List<Integer> blockStarts(long fileId) {
        return jdbc.sql("select first_position from block where file_id = :fileId order by first_position")
                .param("fileId", fileId)
                .query(Integer.class)
                .list();
    }

    /** Forgets the answers of lines that are answered anew. */
    public void forget(long fileId, Collection<Integer> positions) {
        jdbc.sql("delete from intake_exception where file_id = :fileId and position = any(:positions)")
                .param("fileId", fileId)
                .param("positions", positions.toArray(Integer[]::new))
                .update();
    }

    /** Forgets every answer of a file that is read anew. */
    public void forgetAll(long fileId) {
        jdbc.sql("delete from intake_exception where file_id = :fileId")
                .param("fileId", fileId)
                .update();
    }

    /** After many rows at once the planner knows nothing of them, nor do the indexes that are summaries. */
    public void analyze() {
        jdbc.sql("analyze instruction").update();
        for (String index : List.of("instruction_agreement", "instruction_search")) {
            jdbc.sql("select brin_summarize_new_values(cast(:index as regclass))")
                    .param("index", index)
                    .query(Integer.class)
                    .single();
        }
    }
}
