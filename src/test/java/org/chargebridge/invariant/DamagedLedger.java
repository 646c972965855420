package org.chargebridge.invariant;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chargebridge.ledger.Invariants.Invariant;

/** Every kind of damage that an invariant must find, as the SQL that does it to the ledger of a finished story. */
final class DamagedLedger {

    private static final String A_CHARGE = "(select min(ctid::text)::tid from charge where status = 'CHARGED')";
    private static final String A_DISPATCH = "(select min(id) from dispatch where state = 'ACCEPTED')";

    private static final String A_POSITION = "(select min(position) from instruction)";

    static final Map<String, String> I1 = damage(
            "a block is gone",
            "delete from block where id = (select min(id) from block)",
            "a block is there twice",
            """
            insert into block (file_id, first_position, last_position, line_count, msn, channel, earliest_due,
                recorded_at, dispatch_id)
            select file_id, last_position, last_position, 1, msn, channel, earliest_due, recorded_at, dispatch_id
            from block where last_position > first_position limit 1
            """,
            "a block ends before it begins",
            "update block set last_position = first_position - 1 where id = (select min(id) from block)",
            "a block counts what it does not hold",
            "update block set line_count = line_count + 1 where id = (select min(id) from block)",
            "a line of a request that will be repeated has left for another",
            "update dispatch set state = 'READY', line_count = line_count + 1, next_attempt_at = now() where id = "
                    + A_DISPATCH,
            "a request's blocks are another sales unit's",
            "update dispatch set state = 'READY', msn = 'another', next_attempt_at = now() where id = " + A_DISPATCH,
            "a status is none",
            "update charge set status = 'PAID' where ctid = " + A_CHARGE,
            "a charge is another line's",
            "update charge set order_id = 'another' where ctid = " + A_CHARGE,
            "a charge was never asked for",
            """
            update instruction i set action = 'KNOWN' from charge c
            where c.file_id = i.file_id and c.position = i.position and c.status = 'FAILED'
            """);

    static final Map<String, String> I2 = damage(
            "a refused line is gone",
            "delete from intake_exception where answer = 'REFUSED'",
            "an accepted line is gone",
            "set local session_replication_role = replica; delete from instruction where position = " + A_POSITION,
            "an amount was changed",
            "update instruction set amount_minor = amount_minor + 1 where position = " + A_POSITION,
            "a currency was changed",
            "update intake_exception set currency = 'DKK' where answer = 'HELD'",
            "the file had more lines",
            "update inbound_file_total set lines = lines + 1",
            "a line was answered twice",
            "update intake_exception set position = " + A_POSITION + " where answer = 'REFUSED'");

    static final Map<String, String> I5 = damage(
            "a request waits for no time",
            "update dispatch set state = 'READY', next_attempt_at = null where id = " + A_DISPATCH,
            "a request waits for years",
            "update dispatch set state = 'READY', next_attempt_at = '2030-01-01' where id = " + A_DISPATCH,
            "a lease never ends",
            "update dispatch set state = 'SENDING', lease_until = null where id = " + A_DISPATCH,
            "look-ups of a request wait for years",
            "update dispatch set next_check_at = '2030-01-01' where id = " + A_DISPATCH,
            "a line was never looked up",
            "delete from charge where ctid = " + A_CHARGE,
            "a request is void and its lines are not looked up",
            "update dispatch set state = 'VOID'; delete from charge where ctid = " + A_CHARGE,
            "a charge is not looked up again",
            "update charge set status = 'DUE', next_check_at = null where ctid = " + A_CHARGE,
            "a charge is looked up in years",
            "update charge set status = 'DUE', next_check_at = '2030-01-01' where ctid = " + A_CHARGE,
            "a held charge has no letter",
            "update charge set status = 'HELD', next_check_at = null where ctid = " + A_CHARGE,
            "the letter of a held line was closed without a decision",
            "update dead_letter set state = 'REDRIVEN' where kind = 'LINE'",
            "a held file has no letter",
            "update inbound_file set state = 'HELD' where id = (select min(id) from inbound_file)",
            "a receipt waits for years",
            "update receipt_request set rendered_at = null, next_attempt_at = '2030-01-01'",
            "a delivery waits for years",
            "update outbound_file set state = 'VERIFIED', next_attempt_at = '2030-01-01'",
            "a halted sales unit is never tried again",
            "update sales_unit set halted_at = now(), next_probe_at = null; update block set dispatch_id = null",
            "a sales unit rests for years",
            "update sales_unit set next_send_at = '2030-01-01'; update block set dispatch_id = null");

    static final Map<String, String> I6 = damage(
            "a change stands in a report and is not to be reported",
            "update event set reportable = false where report_id = (select min(id) from report)",
            "a change stands in another channel's report",
            "update event set channel = 'another' where report_id = (select min(id) from report)",
            "a change stands in a report that was made before it",
            "update event set report_id = (select min(id) from report) where report_id = (select max(id) from report)",
            "a change was left out",
            "update event set report_id = null where report_id = (select min(id) from report)",
            "a change has no event",
            "delete from event where status = 'FAILED'",
            "an amount changed without an event",
            "update charge set amount_refunded = 100 where ctid = " + A_CHARGE,
            "a report is missing",
            "update report set number = number + 1 where id = (select max(id) from report)",
            "a report names another before it",
            "update report set previous_number = 7 where id = (select max(id) from report)",
            "a report has no file",
            "update outbound_file set kind = 'REASON' where id = (select min(id) from outbound_file where kind = 'STATUS')",
            "a receipt has no file",
            "update outbound_file set kind = 'REASON' where kind = 'RECEIPT'",
            "a file has lost a part",
            "delete from outbound_file_part where outbound_file_id = (select min(id) from outbound_file)",
            "a file has a part too many",
            "insert into outbound_file_part select outbound_file_id, 1, content from outbound_file_part limit 1");

    private DamagedLedger() {}

    static Invariant invariant(Map<String, String> damage) {
        return damage == I1 ? Invariant.I1 : damage == I2 ? Invariant.I2 : damage == I5 ? Invariant.I5 : Invariant.I6;
    }

    private static Map<String, String> damage(String... whatAndSql) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < whatAndSql.length; i += 2) {
            all.put(whatAndSql[i], whatAndSql[i + 1]);
        }
        return all;
    }
}
