package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;

/**
 * A line of any inbound file, with what it was answered and how it stands now.
 *
 * @param action the file's word, for example {@code charge}
 * @param reason why it was answered so, or a note on an accepted line
 * @param amountMinor in minor units; empty where none is asked for or it could not be read
 * @param state a charge's as reports name it, before anything is known of it WAITING, SENDING or SENT; an operation's own;
 *     empty for a line that asks for neither
 * @param stateReason why it stands so
 * @param replaced the API refused it, and a later line took its place
 */
public record FoundLine(
        long fileId,
        String file,
        String channel,
        Instant recordedAt,
        int position,
        String action,
        Answer answer,
        Optional<Reason> reason,
        String orderId,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        OptionalLong amountMinor,
        String currency,
        Optional<LocalDate> requestedDue,
        Optional<LocalDate> effectiveDue,
        Optional<String> state,
        Optional<Reason> stateReason,
        boolean replaced) {

    /** The columns that every branch below gives, of an {@code instruction}. */
    static final String RECORDED =
            """
            select file_id, position, action, case action when 'CHARGE' then 'ACCEPTED' else 'IGNORED' end as answer,
                   reason_code, reason_arguments, order_id, invoice_number, customer_number, kid, agreement_id,
                   amount_minor, currency, requested_due, effective_due, replaced, null as state,
                   null as state_code, null::text[] as state_arguments
            from instruction
            """;

    /** The same of an {@code operation}. */
    static final String OPERATIONS =
            """
            select file_id, position, action, 'ACCEPTED' as answer, null as reason_code, null::text[] as reason_arguments,
                   order_id, invoice_number, customer_number, kid, agreement_id, amount_minor, currency, requested_due,
                   effective_due, replaced, state, reason_code as state_code, reason_arguments as state_arguments
            from operation
            """;

    /** The same of an {@code intake_exception}. */
    static final String OTHERS =
            """
            select file_id, position, action, answer, reason_code, reason_arguments, order_id, invoice_number,
                   customer_number, kid, agreement_id, amount_minor, currency, requested_due, effective_due,
                   false as replaced, null as state, null as state_code, null::text[] as state_arguments
            from intake_exception
            """;

    /** Lines, which its one place stands for, with their file and the state of their charges. */
    static final String STANDING =
            """
            select l.*, f.name, f.channel, f.recorded_at,
                   coalesce(c.status, l.state, case
                       when l.action <> 'CHARGE' or l.answer <> 'ACCEPTED' then null
                       else
            """
                    + LedgerColumns.UNSEEN
                    + """
            end) as standing,
                   coalesce(c.reason_code, l.state_code) as standing_code,
                   coalesce(c.reason_arguments, l.state_arguments) as standing_arguments
            from (%s) l
            join inbound_file f on f.id = l.file_id
            left join charge c on c.file_id = l.file_id and c.position = l.position
                and l.action = 'CHARGE' and l.answer = 'ACCEPTED'
            left join lateral (select dispatch_id from block r where r.file_id = l.file_id
                               and l.position between r.first_position and r.last_position
                               order by r.first_position desc limit 1) b
                on l.action = 'CHARGE' and l.answer = 'ACCEPTED'
            left join dispatch d on d.id = b.dispatch_id
            """;

    static FoundLine of(ResultSet row, int number) throws SQLException {
        return new FoundLine(
                row.getLong("file_id"),
                row.getString("name"),
                row.getString("channel"),
                SqlTime.optional(row, "recorded_at").orElseThrow(),
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
                Optional.ofNullable(row.getString("standing")),
                LedgerColumns.reason(row, "standing_code", "standing_arguments"),
                row.getBoolean("replaced"));
    }
}
