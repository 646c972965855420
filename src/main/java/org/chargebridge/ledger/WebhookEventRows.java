package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads rows of {@code webhook_event}. */
final class WebhookEventRows {

    private WebhookEventRows() {}

    static WebhookEvents.Waiting waiting(ResultSet row, int number) throws SQLException {
        return new WebhookEvents.Waiting(
                row.getLong("id"),
                new WebhookEvents.Event(
                        row.getString("msn"),
                        WebhookEvents.Kind.valueOf(row.getString("kind")),
                        row.getString("event_type"),
                        Optional.ofNullable(row.getString("charge_id")),
                        Optional.ofNullable(row.getString("agreement_id")),
                        row.getString("occurred"),
                        amount(row, "amount"),
                        amount(row, "amount_captured"),
                        amount(row, "amount_cancelled"),
                        amount(row, "amount_refunded"),
                        Optional.ofNullable(row.getString("actor")),
                        Optional.ofNullable(row.getString("failure_reason"))),
                row.getInt("attempts"),
                SqlTime.optional(row, "received_at").orElseThrow());
    }

    private static OptionalLong amount(ResultSet row, String column) throws SQLException {
        Long value = row.getObject(column, Long.class);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
