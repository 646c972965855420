package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the ledger knows, for whoever asks in the name of one channel; nothing of another channel is ever found. */
@Repository
public class Enquiries {

    private static final int MOST = 100;

    /** A line with the file it came in. */
    public record FiledLine(String file, AnsweredLine line, Instant recordedAt) {}

    /**
     * A charge as it stands.
     *
     * @param status as reports name it; before anything is known of it at the API WAITING, SENDING or SENT
     * @param dispatchId the request that holds it, once there is one
     */
    public record ChargeState(
            long fileId,
            FiledLine filed,
            String status,
            Optional<Reason> reason,
            Optional<String> failureReason,
            Optional<String> transactionId,
            Optional<String> externalId,
            Events.Amounts amounts,
            int retryDays,
            Optional<Instant> changedAt,
            Optional<Long> dispatchId) {}

    /**
     * A step in a charge's life.
     *
     * @param anomaly what moved back or appeared against a refusal, and was noted but not believed
     */
    public record Step(
            Instant at,
            String status,
            Optional<Reason> reason,
            Optional<String> failureReason,
            Events.Amounts amounts,
            boolean anomaly) {}

    /** A row of a mapping table that leads to an agreement. */
    public record Mapping(
            String keyType,
            String key,
            Optional<String> currency,
            OptionalInt retryDays,
            Optional<String> validFrom,
            Optional<String> validTo,
            boolean approved) {}

    /** An agreement as the API showed it last; a status is empty until then. */
    public record AgreementState(
            Optional<String> status,
            Optional<String> externalId,
            Optional<String> pricingType,
            Optional<String> currency,
            Optional<String> productName,
            Optional<String> sub,
            Optional<String> userinfoUrl,
            Instant changedAt) {}

    private static final String STATUS = "coalesce(c.status, " + LedgerColumns.UNSEEN + ") as status\n";

    /** Of charges among some lines, which its one place stands for. */
    private static final String CHARGES =
            """
            select i.file_id, i.position, i.action, 'ACCEPTED' as answer, i.order_id, i.invoice_number,
                   i.customer_number, i.kid, i.agreement_id, i.amount_minor, i.currency, i.requested_due,
                   i.effective_due, null as cells, null as link_url, i.retry_days, i.external_id, f.name, f.recorded_at,
                   c.reason_code, c.reason_arguments, c.failure_reason, c.transaction_id, c.changed_at,
                   coalesce(c.amount_captured, 0) as amount_captured,
                   coalesce(c.amount_refunded, 0) as amount_refunded,
                   coalesce(c.amount_cancelled, 0) as amount_cancelled, b.dispatch_id,
            """
                    + STATUS
                    + """
            from %s i
            join inbound_file f on f.id = i.file_id
            left join charge c on c.file_id = i.file_id and c.position = i.position
            left join lateral (select * from block r where r.file_id = i.file_id
                               and i.position between r.first_position and r.last_position) b on true
            left join dispatch d on d.id = b.dispatch_id
            where i.action = 'CHARGE' and not i.replaced and f.channel = :channel
            """;

    private final JdbcClient jdbc;

    public Enquiries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lines with one of these order ids, newest first: the one that holds it, those that act on it, and those that were
     * refused or held.
     */
    public List<FiledLine> lines(String channel, List<String> orderIds) {
        return jdbc.sql(
                        """
                        select l.*, null as cells, null as link_url, f.name, f.recorded_at
                        from (select file_id, position, action,
                                     case action when 'CHARGE' then 'ACCEPTED' else 'IGNORED' end as answer,
                                     reason_code, reason_arguments, order_id, invoice_number, customer_number, kid,
                                     agreement_id, amount_minor, currency, requested_due, effective_due
                              from instruction
                              where order_id = any(:orderIds) and not replaced and attempt_of is null
                              union all
                              select file_id, position, action, 'ACCEPTED', null, null, order_id, invoice_number,
                                     customer_number, kid, agreement_id, amount_minor, currency, requested_due,
                                     effective_due
                              from operation where order_id = any(:orderIds) and not replaced
                              union all
                              select file_id, position, action, answer, reason_code, reason_arguments, order_id,
                                     invoice_number, customer_number, kid, agreement_id, amount_minor, currency,
                                     requested_due, effective_due
                              from intake_exception
                              where order_id = any(:orderIds) and answer in ('REFUSED', 'HELD')) l
                        join inbound_file f on f.id = l.file_id
                        where f.channel = :channel
                        order by f.id desc, l.position desc limit :most
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .param("channel", channel)
                .param("most", MOST)
                .query(Enquiries::filed)
                .list();
    }

    /** The charge of an order id; empty where the channel has none. */
    public Optional<ChargeState> charge(String channel, String orderId) {
        return jdbc.sql(CHARGES.formatted("instruction") + " and i.order_id = :orderId")
                .param("channel", channel)
                .param("orderId", orderId)
                .query(Enquiries::state)
                .optional();
    }

    /** The order ids of all charges of one invoice, the first one first: a change or another try makes a new one. */
    public List<String> attempts(String orderId) {
        return jdbc.sql(
                        """
                        with first as (
                            select coalesce(attempt_of, order_id) as id from instruction
                            where order_id = :orderId and not replaced)
                        select i.order_id from instruction i, first
                        where (i.attempt_of = first.id or i.order_id = first.id) and not i.replaced
                        order by coalesce(i.attempt, 1)
                        """)
                .param("orderId", orderId)
                .query(String.class)
                .list();
    }

    /** The latest charges on an agreement, at most a hundred. */
    public List<ChargeState> chargesOn(String channel, String msn, String agreementId) {
        return jdbc.sql(CHARGES.formatted("lines_on(:msn, array[:agreementId])")
                        + " order by i.file_id desc, i.position desc limit :most")
                .param("channel", channel)
                .param("msn", msn)
                .param("agreementId", agreementId)
                .param("most", MOST)
                .query(Enquiries::state)
                .list();
    }

    /** What happened to a charge, in its order. */
    public List<Step> history(ChargeState charge) {
        return jdbc.sql(
                        """
                        select * from event
                        where file_id = :fileId and position = :position
                           or dispatch_id = :dispatchId and file_id is null
                        order by id
                        """)
                .param("fileId", charge.fileId())
                .param("position", charge.filed().line().position())
                .param("dispatchId", charge.dispatchId().orElse(-1L))
                .query(Enquiries::step)
                .list();
    }

    /** The rows of a source's mapping tables that lead to an agreement, at most a hundred. */
    public List<Mapping> mappings(String sourceId, String agreementId) {
        return jdbc.sql(
                        """
                        select key_type, key, currency, retry_days, valid_from, valid_to, approved from agreement_mapping
                        where source_id = :sourceId and agreement_id = :agreementId order by id limit :most
                        """)
                .param("sourceId", sourceId)
                .param("agreementId", agreementId)
                .param("most", MOST)
                .query(Enquiries::mapping)
                .list();
    }

    /** Whether a source offered the agreement to a customer. */
    public boolean offered(String sourceId, String msn, String agreementId) {
        return jdbc.sql(
                        """
                        select exists (select 1 from draft d join inbound_file f on f.id = d.file_id
                            where d.msn = :msn and d.agreement_id = :agreementId and f.source_id = :sourceId)
                        """)
                .param("msn", msn)
                .param("agreementId", agreementId)
                .param("sourceId", sourceId)
                .query(Boolean.class)
                .single();
    }

    /** How an agreement of a sales unit stands; empty where nothing was ever asked about it. */
    public Optional<AgreementState> agreement(String msn, String agreementId) {
        return jdbc.sql(
                        """
                        select nullif(status, '') as status, external_id, pricing_type, currency, product_name, sub,
                            userinfo_url, changed_at
                        from agreement where msn = :msn and agreement_id = :agreementId
                        """)
                .param("msn", msn)
                .param("agreementId", agreementId)
                .query((row, number) -> new AgreementState(
                        Optional.ofNullable(row.getString("status")),
                        Optional.ofNullable(row.getString("external_id")),
                        Optional.ofNullable(row.getString("pricing_type")),
                        Optional.ofNullable(row.getString("currency")),
                        Optional.ofNullable(row.getString("product_name")),
                        Optional.ofNullable(row.getString("sub")),
                        Optional.ofNullable(row.getString("userinfo_url")),
                        SqlTime.optional(row, "changed_at").orElseThrow()))
                .optional();
    }

    private static FiledLine filed(ResultSet row, int number) throws SQLException {
        return new FiledLine(
                row.getString("name"),
                ReceiptRequests.line(row),
                SqlTime.optional(row, "recorded_at").orElseThrow());
    }

    private static ChargeState state(ResultSet row, int number) throws SQLException {
        long dispatch = row.getLong("dispatch_id");
        Optional<Long> dispatchId = row.wasNull() ? Optional.empty() : Optional.of(dispatch);
        return new ChargeState(
                row.getLong("file_id"),
                filed(row, number),
                row.getString("status"),
                LedgerColumns.reason(row),
                Optional.ofNullable(row.getString("failure_reason")),
                Optional.ofNullable(row.getString("transaction_id")),
                Optional.ofNullable(row.getString("external_id")),
                amounts(row),
                row.getInt("retry_days"),
                SqlTime.optional(row, "changed_at"),
                dispatchId);
    }

    private static Step step(ResultSet row, int number) throws SQLException {
        return new Step(
                SqlTime.optional(row, "occurred_at").orElseThrow(),
                row.getString("status"),
                LedgerColumns.reason(row),
                Optional.ofNullable(row.getString("failure_reason")),
                amounts(row),
                row.getBoolean("anomaly"));
    }

    private static Events.Amounts amounts(ResultSet row) throws SQLException {
        return new Events.Amounts(
                row.getLong("amount_captured"), row.getLong("amount_refunded"), row.getLong("amount_cancelled"));
    }

    private static Mapping mapping(ResultSet row, int number) throws SQLException {
        int retryDays = row.getInt("retry_days");
        OptionalInt days = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(retryDays);
        return new Mapping(
                row.getString("key_type"),
                row.getString("key"),
                Optional.ofNullable(row.getString("currency")),
                days,
                Optional.ofNullable(row.getString("valid_from")),
                Optional.ofNullable(row.getString("valid_to")),
                row.getBoolean("approved"));
    }
}
