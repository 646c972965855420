package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.chargebridge.charge.Answer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which receipts and errors files are owed, and the answers that they give. */
@Repository
public class ReceiptRequests {

    private static final String REQUEST =
            """
            select r.id, r.kind, r.number, r.stem, f.id as file_id, f.channel, f.name, f.sha256, f.format, f.charset,
                   f.delimiter, f.header, f.state, f.reason_code, f.reason_arguments
            from receipt_request r join inbound_file f on f.id = r.file_id
            """;

    /**
     * Every line stands in one of three tables: what was recorded, what acts on that, or what was not and why. An offer
     * that comes again is told its address again. Each in its own order, so that they are merged and a million lines are
     * not sorted.
     */
    static final String LINES =
            """
            (select position, action, case action when 'CHARGE' then 'ACCEPTED' else 'IGNORED' end as answer,
                   reason_code, reason_arguments, order_id, invoice_number, customer_number, kid, agreement_id,
                   amount_minor, currency, requested_due, effective_due, null as cells, null as link_url
            from instruction where file_id = :fileId and attempt_of is null order by position)
            union all
            (select o.position, action, 'ACCEPTED', null, null, order_id, invoice_number, customer_number, kid,
                   o.agreement_id, amount_minor, currency, requested_due, effective_due, null, d.link_url
            from operation o left join draft d on d.file_id = o.file_id and d.position = o.position
            where o.file_id = :fileId order by o.position)
            union all
            (select position, action, answer, reason_code, reason_arguments, order_id, invoice_number, customer_number,
                   kid, agreement_id, amount_minor, currency, requested_due, effective_due, null as cells, null
            from intake_exception
            where file_id = :fileId and (action <> 'DRAFT_AGREEMENT' or answer <> 'DUPLICATE') order by position)
            union all
            (select e.position, e.action, answer, e.reason_code, e.reason_arguments, e.order_id, e.invoice_number,
                   e.customer_number, e.kid, e.agreement_id, e.amount_minor, e.currency, e.requested_due,
                   e.effective_due, null as cells, offer.link_url
            from intake_exception e left join (
                select source_id, o.invoice_number, d.link_url
                from operation o join draft d on d.file_id = o.file_id and d.position = o.position
                join inbound_file f on f.id = o.file_id
                where o.action = 'DRAFT_AGREEMENT' and not o.replaced and d.withdrawn_at is null) offer
            on offer.source_id = (select source_id from inbound_file where id = :fileId)
               and offer.invoice_number = e.invoice_number
            where e.file_id = :fileId and e.action = 'DRAFT_AGREEMENT' and e.answer = 'DUPLICATE' order by e.position)
            order by position
            """;

    private static final String ERRORS =
            """
            select position, action, answer, reason_code, reason_arguments, order_id, invoice_number, customer_number,
                   kid, agreement_id, amount_minor, currency, requested_due, effective_due, cells, null as link_url
            from intake_exception where file_id = :fileId and answer in ('REFUSED', 'HELD') and cells <> ''
            order by position
            """;

    private static final String LATE_ERRORS =
            """
            select i.position, i.action, c.status as answer, c.reason_code, c.reason_arguments, i.order_id,
                   i.invoice_number, i.customer_number, i.kid, i.agreement_id, i.amount_minor, i.currency,
                   i.requested_due, i.effective_due, i.cells, null as link_url
            from charge c join instruction i on i.file_id = c.file_id and i.position = c.position
            where c.errors_request_id = :requestId and c.status in ('REFUSED', 'HELD')
              and c.reason_code is distinct from 'DISCARDED'
            union all
            select o.position, o.action, o.state, o.reason_code, o.reason_arguments, o.order_id, o.invoice_number,
                   o.customer_number, o.kid, o.agreement_id, o.amount_minor, o.currency, o.requested_due,
                   o.effective_due, o.cells, null
            from operation o
            where o.errors_request_id = :requestId and o.state in ('REFUSED', 'HELD') and not o.replaced
            order by position
            """;

    private final JdbcClient jdbc;
    private final JdbcClient cursors;
    private final Clock clock;

    public ReceiptRequests(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.cursors = Cursors.of(dataSource);
        this.clock = clock;
    }

    /**
     * Owes the receipt of an arrival, in the caller's transaction, under the next number that its stem has free.
     *
     * @param stem the arrival's name without extension
     */
    public void request(long fileId, String stem) {
        request(fileId, stem, "");
    }

    /**
     * The same where answers of a file changed. A receipt that is owed and not rendered tells that, too: many lines that
     * change one after the other make no receipt each.
     */
    public void requestAnew(long fileId, String stem) {
        request(fileId, stem, "having not coalesce(bool_or(kind = 'RECEIPT' and rendered_at is null), false)");
    }

    private void request(long fileId, String stem, String unless) {
        beforeNextRendering(fileId);
        jdbc.sql(
                        """
                        insert into receipt_request (file_id, kind, number, stem, requested_at)
                        select :fileId, 'RECEIPT', 1 + coalesce(max(number), 0), :stem, :now
                        from receipt_request where file_id = :fileId and stem = :stem
                        """
                                + unless)
                .param("fileId", fileId)
                .param("stem", stem)
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /**
     * What the caller's transaction changed of a file's answers stands in the next receipt that is rendered, and in its
     * errors file: one that is being rendered now is waited for, and the next one waits.
     */
    public void beforeNextRendering(long fileId) {
        jdbc.sql("select 1 from inbound_file where id = :fileId for update")
                .param("fileId", fileId)
                .query(Integer.class)
                .single();
    }

    /**
     * The oldest request of the channel that is not rendered and not postponed. While somebody works off an order about many
     * letters of a file, its answers change by the second: a further receipt waits for the end of that.
     */
    public Optional<Long> next(String channel) {
        return jdbc.sql(
                        """
                        select r.id from receipt_request r join inbound_file f on f.id = r.file_id
                        where r.rendered_at is null and f.channel = :channel
                          and (r.next_attempt_at is null or r.next_attempt_at <= :now)
                          and (r.number = 1 or not exists (
                            select 1 from bulk_order o
                            join bulk_order_letter l on l.bulk_order_id = o.id and l.state = 'WAITING'
                            join dead_letter d on d.id = l.dead_letter_id
                            where o.state = 'RUNNING' and o.lease_until >= clock_timestamp() and d.file_id = r.file_id))
                        order by r.id limit 1
                        """)
                .param("channel", channel)
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .optional();
    }

    /**
     * Locks a request for the caller's transaction; empty if another node rendered it meanwhile. Its file's answers do not
     * change until then, so that its receipt and its errors file tell the same.
     */
    public Optional<ReceiptRequest> lock(long id) {
        return jdbc.sql(REQUEST + " where r.id = :id and r.rendered_at is null for update of r for share of f")
                .param("id", id)
                .query(ReceiptRequests::request)
                .optional();
    }

    /** What a receipt of this file says, for whoever waits for it: nothing is owed or marked. */
    public ReceiptRequest ofFile(long fileId) {
        return jdbc.sql(
                        """
                        select 0 as id, 'RECEIPT' as kind, 1 as number, f.name as stem, f.id as file_id, f.channel, f.name,
                               f.sha256, f.format, f.charset, f.delimiter, f.header, f.state, f.reason_code,
                               f.reason_arguments
                        from inbound_file f where f.id = :fileId
                        """)
                .param("fileId", fileId)
                .query(ReceiptRequests::request)
                .single();
    }

    /** Marks a request as rendered, in the transaction that stored its files. */
    public void rendered(ReceiptRequest request) {
        jdbc.sql("update receipt_request set rendered_at = :now where id = :id")
                .param("now", SqlTime.of(clock.instant()))
                .param("id", request.id())
                .update();
    }

    /** A request that could not be rendered lets the others go first. */
    public void postpone(long id, Instant nextAttempt) {
        jdbc.sql("update receipt_request set next_attempt_at = :nextAttempt where id = :id and rendered_at is null")
                .param("nextAttempt", SqlTime.of(nextAttempt))
                .param("id", id)
                .update();
    }

    /** Every line of a small file in its order, without its cells. */
    public List<AnsweredLine> lines(long fileId) {
        return jdbc.sql(LINES)
                .param("fileId", fileId)
                .query((row, number) -> line(row))
                .list();
    }

    /** Every line of the file in its order, without its cells; read by a cursor of the caller's transaction. */
    public void forEachLine(ReceiptRequest request, Consumer<AnsweredLine> consumer) {
        stream(LINES, "fileId", request.file().id(), consumer);
    }

    /**
     * The lines that an errors file gives back, in their order with their cells: for a receipt those refused or held at
     * intake, else those refused or held later. Read by a cursor of the caller's transaction.
     */
    public void forEachError(ReceiptRequest request, Consumer<AnsweredLine> consumer) {
        switch (request.kind()) {
            case RECEIPT -> stream(ERRORS, "fileId", request.file().id(), consumer);
            case ERRORS -> stream(LATE_ERRORS, "requestId", request.id(), consumer);
        }
    }

    /** Whether there is a line for an errors file. */
    public boolean hasErrors(ReceiptRequest request) {
        return switch (request.kind()) {
            case RECEIPT -> exists(ERRORS, "fileId", request.file().id());
            case ERRORS -> exists(LATE_ERRORS, "requestId", request.id());
        };
    }

    private boolean exists(String sql, String parameter, long value) {
        return jdbc.sql("select exists (" + sql + ")")
                .param(parameter, value)
                .query(Boolean.class)
                .single();
    }

    private void stream(String sql, String parameter, long value, Consumer<AnsweredLine> consumer) {
        cursors.sql(sql).param(parameter, value).query((ResultSet row) -> consumer.accept(line(row)));
    }

    private static ReceiptRequest request(ResultSet row, int number) throws SQLException {
        return new ReceiptRequest(
                row.getLong("id"),
                ReceiptRequest.Kind.valueOf(row.getString("kind")),
                row.getInt("number"),
                row.getString("stem"),
                new ReceiptRequest.File(
                        row.getLong("file_id"),
                        row.getString("channel"),
                        row.getString("name"),
                        row.getString("sha256"),
                        Optional.ofNullable(row.getString("format")),
                        Optional.ofNullable(row.getString("charset")),
                        Optional.ofNullable(row.getString("delimiter"))
                                .filter(delimiter -> !delimiter.isEmpty())
                                .map(delimiter -> delimiter.charAt(0)),
                        LedgerColumns.texts(row, "header"),
                        row.getString("state"),
                        LedgerColumns.reason(row)));
    }

    static AnsweredLine line(ResultSet row) throws SQLException {
        return new AnsweredLine(
                row.getInt("position"),
                LedgerColumns.action(row),
                Answer.valueOf(row.getString("answer")),
                LedgerColumns.reason(row),
                row.getString("order_id"),
                row.getString("invoice_number"),
                row.getString("customer_number"),
                row.getString("kid"),
                row.getString("agreement_id"),
                LedgerColumns.number(row, "amount_minor"),
                row.getString("currency"),
                LedgerColumns.date(row, "requested_due"),
                LedgerColumns.effectiveDue(row),
                LedgerColumns.cells(row.getString("cells")),
                Optional.ofNullable(row.getString("link_url")));
    }
}
