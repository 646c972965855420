package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far something came that its sender waits for, and whether the same was asked for shortly before. */
@Repository
public class DirectOutcomes {

    /**
     * How far a charge came.
     *
     * @param status once something is known of it
     * @param refusalClaimed the API refused it, and a look-up must bear that out (MR4)
     * @param created whether its own request was answered that it exists
     */
    public record OfCharge(
            String orderId,
            Optional<String> status,
            Optional<Reason> reason,
            boolean refusalClaimed,
            boolean created) {}

    /** How far an operation came, which its target and its own number tell from others. */
    public record OfOperation(String target, String number, Operation.State state, Optional<Reason> reason) {}

    /** What was asked for before, and when. */
    public record Earlier(String orderId, Instant at) {}

    private final JdbcClient jdbc;

    public DirectOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The channel's charges of these order ids, by order id. */
    public Map<String, OfCharge> charges(String channel, Collection<String> orderIds) {
        Map<String, OfCharge> found = new HashMap<>();
        jdbc.sql(
                        """
                        select i.order_id, c.status, c.reason_code, c.reason_arguments,
                               coalesce(c.refusal_claimed, false) as refusal_claimed,
                               coalesce(d.kind <> 'BATCH' and d.state = 'ACCEPTED', false) as created
                        from instruction i
                        join inbound_file f on f.id = i.file_id
                        left join charge c on c.file_id = i.file_id and c.position = i.position
                        left join lateral (select * from block r where r.file_id = i.file_id
                                           and i.position between r.first_position and r.last_position) b on true
                        left join dispatch d on d.id = b.dispatch_id
                        where i.order_id = any(:orderIds) and not i.replaced and f.channel = :channel
                        """)
                .param("orderIds", orderIds.toArray(String[]::new))
                .param("channel", channel)
                .query(row -> {
                    OfCharge charge = charge(row);
                    found.put(charge.orderId(), charge);
                });
        return found;
    }

    /** The channel's operations of one kind on these charges. */
    public List<OfOperation> onCharges(String channel, Action action, Collection<String> orderIds) {
        return operations("order_id", channel, action, orderIds);
    }

    /** The channel's operations of one kind on these agreements. */
    public List<OfOperation> onAgreements(String channel, Action action, Collection<String> agreementIds) {
        return operations("agreement_id", channel, action, agreementIds);
    }

    private List<OfOperation> operations(String column, String channel, Action action, Collection<String> targets) {
        return jdbc.sql(
                        """
                        select %s as target, invoice_number, state, reason_code, reason_arguments from operation
                        where %s = any(:targets) and channel = :channel and action = :action and not replaced
                        """
                                .formatted(column, column))
                .param("targets", targets.toArray(String[]::new))
                .param("channel", channel)
                .param("action", action.name())
                .query((row, number) -> new OfOperation(
                        row.getString("target"),
                        row.getString("invoice_number"),
                        Operation.State.valueOf(row.getString("state")),
                        LedgerColumns.reason(row)))
                .list();
    }

    /** The due date with which a document was recorded; empty for one that is not. */
    public Optional<LocalDate> dueOf(String orderId) {
        return jdbc.sql("select requested_due from instruction where order_id = :orderId and not replaced")
                .param("orderId", orderId)
                .query(LocalDate.class)
                .optional();
    }

    /**
     * The latest charge of the source on this agreement over this amount that was not refused.
     *
     * @param description that the customer reads; empty where any counts
     */
    public Optional<Earlier> sameCharge(
            String sourceId,
            String msn,
            String agreementId,
            long amountMinor,
            Optional<String> description,
            Instant since) {
        return jdbc.sql(
                        """
                        select i.order_id, f.recorded_at from lines_on(:msn, array[:agreementId]) i
                        join inbound_file f on f.id = i.file_id
                        where i.amount_minor = :amount
                          and i.action = 'CHARGE' and not i.replaced and f.source_id = :sourceId
                          and f.recorded_at >= :since
                          and (cast(:description as text) is null or i.description = :description)
                          and not exists (select 1 from charge c where c.file_id = i.file_id
                                          and c.position = i.position and c.status = 'REFUSED')
                        order by f.recorded_at desc limit 1
                        """)
                .param("msn", msn)
                .param("agreementId", agreementId)
                .param("amount", amountMinor)
                .param("sourceId", sourceId)
                .param("since", SqlTime.of(since))
                .param("description", description.orElse(null))
                .query(DirectOutcomes::earlier)
                .optional();
    }

    /** The latest refund of this charge over this amount that was not refused or given up. */
    public Optional<Earlier> sameRefund(String orderId, long amountMinor, Instant since) {
        return jdbc.sql(
                        """
                        select order_id, recorded_at from operation
                        where order_id = :orderId and action = 'REFUND' and amount_minor = :amount and not replaced
                          and state not in ('REFUSED', 'DROPPED') and recorded_at >= :since
                        order by recorded_at desc limit 1
                        """)
                .param("orderId", orderId)
                .param("amount", amountMinor)
                .param("since", SqlTime.of(since))
                .query(DirectOutcomes::earlier)
                .optional();
    }

    private static OfCharge charge(ResultSet row) throws SQLException {
        return new OfCharge(
                row.getString("order_id"),
                Optional.ofNullable(row.getString("status")),
                LedgerColumns.reason(row),
                row.getBoolean("refusal_claimed"),
                row.getBoolean("created"));
    }

    private static Earlier earlier(ResultSet row, int number) throws SQLException {
        return new Earlier(
                row.getString(1), SqlTime.optional(row, "recorded_at").orElseThrow());
    }
}
