package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All that the ledger holds about a line and its charge, table by table. */
@Repository
public class ChargeHistories {

    private static final int MOST = 500;

    /** A line, by its place. */
    public record Place(long fileId, int position) {}

    /**
     * A request to the API and what came back.
     *
     * @param what BATCH, SINGLE or UNSCHEDULED for charges; an operation's action
     * @param method of HTTP; empty where nothing was ever asked
     * @param body as it was sent; empty where it is kept no longer, or was never made
     * @param unanswered attempts that may have had an effect without our seeing the answer
     * @param problem the API's answer as received, without secrets
     * @param contextId what to quote to Vipps MobilePay
     */
    public record Request(
            long id,
            String what,
            String state,
            Optional<String> method,
            Optional<String> path,
            Optional<byte[]> body,
            Optional<String> idempotencyKey,
            int lines,
            int correction,
            int attempts,
            int unanswered,
            Instant createdAt,
            Optional<Instant> firstSentAt,
            Optional<Instant> answeredAt,
            OptionalInt httpStatus,
            Optional<String> problem,
            Optional<String> contextId,
            Optional<Reason> reason) {}

    /** @param report the number of the status report that told it */
    public record Event(
            Instant at,
            String status,
            Optional<Long> dispatchId,
            Optional<Reason> reason,
            Optional<String> failureReason,
            Optional<String> transactionId,
            Events.Amounts amounts,
            boolean anomaly,
            OptionalInt report,
            Optional<Instant> reportedAt) {}

    /**
     * @param occurred as the API wrote it
     * @param amountMinor of the charge, whatever happened to it
     * @param captured what was captured of it by then, as are the others
     */
    public record Webhook(
            Instant receivedAt,
            String type,
            String occurred,
            OptionalLong amountMinor,
            OptionalLong captured,
            OptionalLong refunded,
            OptionalLong cancelled,
            Optional<String> failure,
            String state) {}

    /**
     * What was settled of it.
     *
     * @param matchedBy by which of its ids it was recognised
     * @param payout the id of the payout that it is part of
     * @param bankDate when the bank is expected to show that payout
     * @param reports the settlement reports that tell it, each as {@code <period> <number>}
     */
    public record Settled(
            Instant occurredAt,
            LocalDate ledgerDate,
            String type,
            long amountMinor,
            String currency,
            String pspReference,
            Optional<String> matchedBy,
            Optional<String> payout,
            Optional<LocalDate> bankDate,
            List<String> reports) {}

    private final JdbcClient jdbc;

    public ChargeHistories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The requests that hold or held the charge of a line, the first one first. */
    public List<Request> dispatches(Place line) {
        return jdbc.sql(
                        """
                        select d.id, d.kind as what, d.state, case when d.attempts > 0 then 'POST' end as method, d.path,
                            d.body, true as zipped, d.idempotency_key, d.line_count, d.correction, d.attempts, d.unanswered, d.created_at,
                            d.first_sent_at, d.answered_at, d.http_status, d.problem, d.context_id,
                            null as reason_code, null::text[] as reason_arguments
                        from dispatch d where d.id in (
                            select dispatch_id from block where file_id = :fileId
                                and :position between first_position and last_position
                            union select dispatch_id from event where file_id = :fileId and position = :position
                            union select dispatch_id from charge where file_id = :fileId and position = :position)
                        order by d.id
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .query(ChargeHistories::request)
                .list();
    }

    /** The requests that an operation's line made; its own state says how it ended. */
    public Optional<Request> operation(Place line) {
        return jdbc.sql(
                        """
                        select o.file_id as id, o.action as what, o.state, o.method, o.path, o.body, false as zipped, o.idempotency_key,
                            1 as line_count, o.correction, o.attempts, o.unanswered, o.recorded_at as created_at,
                            o.first_sent_at, o.finished_at as answered_at, o.http_status, o.problem, o.context_id,
                            o.reason_code, o.reason_arguments
                        from operation o where o.file_id = :fileId and o.position = :position
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .query(ChargeHistories::request)
                .optional();
    }

    /** What changed about a line, and about the requests that held it, in its order. */
    public List<Event> events(Place line, List<Long> dispatchIds) {
        return jdbc.sql(
                        """
                        select e.*, r.number as report_number, r.made_at as reported_at
                        from event e left join report r on r.id = e.report_id
                        where e.file_id = :fileId and e.position = :position
                           or e.dispatch_id = any(:dispatches) and e.file_id is null
                        order by e.id limit :most
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .param("dispatches", dispatchIds.toArray(Long[]::new))
                .param("most", MOST)
                .query(ChargeHistories::event)
                .list();
    }

    /** What the API told of a charge unasked. */
    public List<Webhook> webhooks(String orderId) {
        return jdbc.sql(
                        """
                        select received_at, event_type, occurred, amount, amount_captured, amount_refunded,
                            amount_cancelled, failure_reason, state
                        from webhook_event where charge_id = :orderId order by id limit :most
                        """)
                .param("orderId", orderId)
                .param("most", MOST)
                .query((row, number) -> new Webhook(
                        SqlTime.optional(row, "received_at").orElseThrow(),
                        row.getString("event_type"),
                        row.getString("occurred"),
                        LedgerColumns.number(row, "amount"),
                        LedgerColumns.number(row, "amount_captured"),
                        LedgerColumns.number(row, "amount_refunded"),
                        LedgerColumns.number(row, "amount_cancelled"),
                        Optional.ofNullable(row.getString("failure_reason")),
                        row.getString("state")))
                .list();
    }

    /** What was booked for a line's charge, and which reports told it. */
    public List<Settled> settled(Place line) {
        return jdbc.sql(
                        """
                        select e.occurred_at, e.ledger_date, e.entry_type, e.amount_minor, e.currency, e.psp_reference,
                            e.matched_by, p.payout_id, p.bank_date,
                            array(select r.period || ' ' || coalesce(r.number::text, '-')
                                from settlement_report_entry t join settlement_report r on r.id = t.report_id
                                where t.ledger_id = e.ledger_id and t.topic = e.topic and t.number = e.number
                                order by r.id) as reports
                        from settlement_entry e
                        left join lateral (
                            select payout_id, bank_date from settlement_payout
                            where ledger_id = e.ledger_id and e.topic = 'FUNDS' and e.number between first_number and number
                            limit 1) p on true
                        where e.file_id = :fileId and e.position = :position
                        order by e.occurred_at, e.number limit :most
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .param("most", MOST)
                .query((row, number) -> new Settled(
                        SqlTime.optional(row, "occurred_at").orElseThrow(),
                        LedgerColumns.date(row, "ledger_date").orElseThrow(),
                        row.getString("entry_type"),
                        row.getLong("amount_minor"),
                        row.getString("currency"),
                        row.getString("psp_reference"),
                        Optional.ofNullable(row.getString("matched_by")),
                        Optional.ofNullable(row.getString("payout_id")),
                        LedgerColumns.date(row, "bank_date"),
                        LedgerColumns.texts(row, "reports")))
                .list();
    }

    /** The dead letters about a line, open and closed. */
    public List<StoredDeadLetter> letters(Place line) {
        return jdbc.sql("select * from dead_letter"
                        + " where file_id = :fileId and position = :position order by id limit :most")
                .param("fileId", line.fileId())
                .param("position", line.position())
                .param("most", MOST)
                .query(DeadLetterRows::map)
                .list();
    }

    private static Request request(ResultSet row, int number) throws SQLException {
        return new Request(
                row.getLong("id"),
                row.getString("what"),
                row.getString("state"),
                Optional.ofNullable(row.getString("method")),
                Optional.ofNullable(row.getString("path")),
                Optional.ofNullable(row.getBytes("body"))
                        .map(row.getBoolean("zipped") ? Gzip::plain : Function.identity()),
                Optional.ofNullable(row.getString("idempotency_key")),
                row.getInt("line_count"),
                row.getInt("correction"),
                row.getInt("attempts"),
                row.getInt("unanswered"),
                SqlTime.optional(row, "created_at").orElseThrow(),
                SqlTime.optional(row, "first_sent_at"),
                SqlTime.optional(row, "answered_at"),
                integer(row, "http_status"),
                Optional.ofNullable(row.getString("problem")),
                Optional.ofNullable(row.getString("context_id")),
                LedgerColumns.reason(row));
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                SqlTime.optional(row, "occurred_at").orElseThrow(),
                row.getString("status"),
                Optional.ofNullable(row.getObject("dispatch_id", Long.class)),
                LedgerColumns.reason(row),
                Optional.ofNullable(row.getString("failure_reason")),
                Optional.ofNullable(row.getString("transaction_id")),
                new Events.Amounts(
                        row.getLong("amount_captured"),
                        row.getLong("amount_refunded"),
                        row.getLong("amount_cancelled")),
                row.getBoolean("anomaly"),
                integer(row, "report_number"),
                SqlTime.optional(row, "reported_at"));
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
