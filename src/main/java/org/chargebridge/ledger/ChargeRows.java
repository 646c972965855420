package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of charges, with what they were asked for. */
final class ChargeRows {

    static final String KNOWN =
            """
            select c.file_id, c.position, c.channel, c.order_id, c.agreement_id, i.amount_minor, i.description,
                i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                i.transaction_type, i.replaced, c.msn,
                c.dispatch_id, c.status, c.reason_code, c.reason_arguments, c.http_status, c.problem, c.context_id,
                c.unanswered, c.refusal_claimed, c.single_sends, c.amount_captured, c.amount_refunded,
                c.amount_cancelled, c.seen_at, c.reported_unconfirmed, c.checks, c.changed_at, c.lookups,
                c.signalled_at
            from charge c join instruction i on i.file_id = c.file_id and i.position = c.position
            """;

    private ChargeRows() {}

    static List<Charges.Known> list(JdbcClient jdbc, String condition, Map<String, ?> parameters) {
        return jdbc.sql(KNOWN + condition)
                .params(parameters)
                .query(ChargeRows::known)
                .list();
    }

    static Charges.Known known(ResultSet row, int number) throws SQLException {
        Optional<Reason> reason = Optional.ofNullable(row.getString("reason_code"))
                .map(code -> new Reason(ReasonCode.valueOf(code), arguments(row)));
        return new Charges.Known(
                Blocks.line(row, number),
                row.getString("msn"),
                Optional.ofNullable(row.getObject("dispatch_id", Long.class)),
                ChargeStatus.valueOf(row.getString("status")),
                reason,
                Optional.ofNullable(row.getObject("http_status", Integer.class)),
                Optional.ofNullable(row.getString("problem")),
                Optional.ofNullable(row.getString("context_id")),
                row.getBoolean("unanswered"),
                row.getBoolean("refusal_claimed"),
                row.getInt("single_sends"),
                new Events.Amounts(
                        row.getLong("amount_captured"),
                        row.getLong("amount_refunded"),
                        row.getLong("amount_cancelled")),
                SqlTime.optional(row, "seen_at"),
                row.getBoolean("reported_unconfirmed"),
                row.getInt("checks"),
                SqlTime.optional(row, "changed_at").orElseThrow(),
                row.getBoolean("replaced"),
                row.getInt("lookups"),
                SqlTime.optional(row, "signalled_at"));
    }

    private static List<String> arguments(ResultSet row) {
        try {
            java.sql.Array array = row.getArray("reason_arguments");
            return array == null ? List.of() : List.of((String[]) array.getArray());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
