package org.chargebridge.ledger;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.TransactionType;

/** Columns that several tables share, as the domain's own types. */
final class LedgerColumns {

    static final String CELL_SEPARATOR = "\u001F";

    private LedgerColumns() {}

    /** How a charge {@code c} of a request {@code d} stands while nothing is known of it beyond our own requests. */
    static final String UNSEEN =
            """
            case when d.state is null or d.state = 'READY' and d.attempts = 0 then 'WAITING'
                when d.state in ('READY', 'SENDING') then 'SENDING' else 'SENT' end
            """;

    /** The action as files name it. */
    static String action(ResultSet row) throws SQLException {
        String action = row.getString("action");
        return Action.ofWord(action).map(Action::word).orElseGet(() -> action.toLowerCase(Locale.ROOT));
    }

    /** From {@code reason_code} and {@code reason_arguments}. */
    static Optional<Reason> reason(ResultSet row) throws SQLException {
        return reason(row, "reason_code", "reason_arguments");
    }

    static Optional<Reason> reason(ResultSet row, String codeColumn, String argumentsColumn) throws SQLException {
        String code = row.getString(codeColumn);
        return code == null
                ? Optional.empty()
                : Optional.of(new Reason(ReasonCode.valueOf(code), texts(row, argumentsColumn)));
    }

    /** A text array; empty for null. */
    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static Optional<LocalDate> date(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDate.class));
    }

    /** The due date asked for; none where a charge is made at once, whose column holds the day on which that was. */
    static Optional<LocalDate> effectiveDue(ResultSet row) throws SQLException {
        return date(row, "requested_due").isPresent() ? date(row, "effective_due") : Optional.empty();
    }

    /** Captured at once where the line says nothing. */
    static TransactionType transactionType(ResultSet row) throws SQLException {
        String type = row.getString("transaction_type");
        return type == null ? TransactionType.DIRECT_CAPTURE : TransactionType.valueOf(type);
    }

    /** The record's cells; empty for null. */
    static List<String> cells(String joined) {
        return joined == null ? List.of() : Arrays.asList(joined.split(CELL_SEPARATOR, -1));
    }
}
