package org.chargebridge.ledger;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** Reads rows of the table of dead letters. */
final class DeadLetterRows {

    private DeadLetterRows() {}

    static StoredDeadLetter map(ResultSet row, int number) throws SQLException {
        DeadLetter letter = new DeadLetter(
                row.getLong("id"),
                DeadLetter.Kind.valueOf(row.getString("kind")),
                text(row, "channel"),
                text(row, "msn"),
                text(row, "route"),
                value(row, "file_id", Long.class),
                value(row, "position", Integer.class),
                text(row, "order_id"),
                value(row, "mapping_id", Long.class),
                reason(row),
                value(row, "http_status", Integer.class),
                text(row, "problem"),
                text(row, "context_id"));
        return new StoredDeadLetter(
                letter,
                DeadLetter.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("remedy"),
                SqlTime.optional(row, "created_at").orElseThrow(),
                SqlTime.optional(row, "closed_at"));
    }

    private static Reason reason(ResultSet row) throws SQLException {
        Array arguments = row.getArray("reason_arguments");
        return new Reason(
                ReasonCode.valueOf(row.getString("reason_code")),
                arguments == null ? List.of() : List.of((String[]) arguments.getArray()));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static <T> Optional<T> value(ResultSet row, String column, Class<T> type) throws SQLException {
        return Optional.ofNullable(row.getObject(column, type));
    }
}
