package org.chargebridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.ReasonCode;

/** Operations as rows. */
final class OperationRows {

    static final String COLUMNS =
            """
            o.file_id, o.position, o.channel, o.msn, o.action, o.identity, o.target, o.order_id, o.exact, o.undo,
            o.agreement_id, o.invoice_number, o.amount_minor, o.currency, o.requested_due, o.description, o.external_id, o.terms,
            o.correction, o.state, o.phase, o.released, o.method, o.path, o.body, o.idempotency_key, o.attempts,
            o.unanswered, o.unauthorized, o.waits, o.first_sent_at, o.looked_at, o.list_token, o.recorded_at, o.reason_code,
            o.reason_arguments, o.fencing_token
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private OperationRows() {}

    static CopyRows table() {
        return new CopyRows(
                """
                operation (file_id, position, channel, msn, action, identity, target, order_id, exact, agreement_id,
                invoice_number, customer_number, kid, amount_minor, currency, requested_due, effective_due, description,
                external_id, terms, digest, correction, cells, recorded_at, next_attempt_at)""");
    }

    static void add(CopyRows rows, InboundFile file, Line line, Instant now) {
        Intent intent = line.intent().orElseThrow();
        rows.number(file.id())
                .number(line.position())
                .text(file.channel())
                .text(file.msn())
                .text(line.action().orElseThrow().name())
                .text(intent.identity())
                .text(intent.target())
                .text(line.orderId().map(OrderId::value).orElse(""))
                .flag(intent.exact())
                .text(line.agreementId())
                .text(line.invoiceNumber())
                .text(line.customerNumber())
                .text(line.kid());
        LineRows.amount(rows, line);
        rows.text(line.currency())
                .date(line.requestedDue())
                .date(line.effectiveDue())
                .text(line.description())
                .textOrAbsent(line.externalId())
                .text(json(intent.terms()))
                .bytes(line.digest())
                .number(line.correction())
                .text(LineRows.cells(line))
                .text(now.toString())
                .text(now.toString())
                .end();
    }

    static Operation operation(ResultSet row, int number) throws SQLException {
        return new Operation(
                row.getLong("file_id"),
                row.getInt("position"),
                row.getString("channel"),
                row.getString("msn"),
                Action.valueOf(row.getString("action")),
                row.getString("identity"),
                row.getString("target"),
                row.getString("order_id"),
                row.getBoolean("exact"),
                row.getBoolean("undo"),
                row.getString("agreement_id"),
                row.getString("invoice_number"),
                LedgerColumns.number(row, "amount_minor"),
                row.getString("currency"),
                LedgerColumns.date(row, "requested_due"),
                row.getString("description"),
                Optional.ofNullable(row.getString("external_id")),
                terms(row.getString("terms")),
                row.getInt("correction"),
                Operation.State.valueOf(row.getString("state")),
                Operation.Phase.valueOf(row.getString("phase")),
                Optional.ofNullable(row.getString("released")).map(ReasonCode::valueOf),
                call(row),
                row.getInt("attempts"),
                row.getInt("unanswered"),
                row.getInt("unauthorized"),
                row.getInt("waits"),
                SqlTime.optional(row, "first_sent_at"),
                SqlTime.optional(row, "looked_at"),
                Optional.ofNullable(row.getString("list_token")),
                SqlTime.optional(row, "recorded_at").orElseThrow(),
                LedgerColumns.reason(row),
                row.getLong("fencing_token"));
    }

    private static Optional<Operation.Call> call(ResultSet row) throws SQLException {
        String key = row.getString("idempotency_key");
        if (key == null) {
            return Optional.empty();
        }
        byte[] body = row.getBytes("body");
        return Optional.of(new Operation.Call(
                row.getString("method"), row.getString("path"), body == null ? new byte[0] : body, key));
    }

    private static String json(Map<String, String> terms) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(terms));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Map<String, String> terms(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
