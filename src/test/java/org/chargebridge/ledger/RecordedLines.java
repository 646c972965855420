package org.chargebridge.ledger;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files of accepted lines in a ledger, for tests of what comes after intake. */
public final class RecordedLines {

    private final JdbcClient jdbc;
    private String channel = "demo";
    private String msn = "123456";
    private String agreementId = "agr_demo0001";
    private LocalDate due = LocalDate.parse("2026-12-01");
    private boolean unscheduled;
    private String recordedAt = "2026-11-20T08:00:00Z";

    public RecordedLines(LedgerDatabase database) {
        this.jdbc = database.jdbc();
    }

    public RecordedLines channel(String value) {
        channel = value;
        return this;
    }

    public RecordedLines msn(String value) {
        msn = value;
        return this;
    }

    public RecordedLines agreement(String value) {
        agreementId = value;
        return this;
    }

    public RecordedLines due(String value) {
        due = LocalDate.parse(value);
        return this;
    }

    public RecordedLines recordedAt(String value) {
        recordedAt = value;
        return this;
    }

    /** Charged at once, without due date. */
    public RecordedLines unscheduled() {
        unscheduled = true;
        return this;
    }

    /** Records a file of {@code lines} charges of 100.00 each, as one block; order ids are {@code <prefix>-<position>}. */
    public long file(String prefix, int lines) {
        long fileId = jdbc.sql(
                        """
                        insert into inbound_file (channel, source_id, msn, kind, name, size, sha256, state, recorded_at)
                        values (:channel, 'demo', :msn, 'INVOICES', :name, 1, :name, 'RECORDED', :recordedAt)
                        returning id
                        """)
                .param("channel", channel)
                .param("msn", msn)
                .param("name", prefix + ".csv")
                .param("recordedAt", OffsetDateTime.parse(recordedAt))
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into instruction (file_id, position, action, msn, order_id, invoice_number,
                            customer_number, kid, agreement_id, amount_minor, currency, requested_due, effective_due,
                            retry_days, description, digest, correction, cells)
                        select :fileId, n, 'CHARGE', :msn, :prefix || '-' || lpad(n::text, 8, '0'), 'INV' || n, '', '',
                            :agreementId, 10000, 'NOK', case when :unscheduled then null else cast(:due as date) end, :due,
                            case when :unscheduled then 0 else 2 end, 'Invoice ' || n, '\\x00', 0, 'INV' || n
                        from generate_series(1, :lines) n
                        """)
                .param("fileId", fileId)
                .param("msn", msn)
                .param("prefix", prefix)
                .param("agreementId", agreementId)
                .param("due", due)
                .param("unscheduled", unscheduled)
                .param("lines", lines)
                .update();
        jdbc.sql(
                        """
                        insert into block (file_id, first_position, last_position, line_count, msn, channel,
                            earliest_due, unscheduled, recorded_at)
                        select :fileId, n, least(n + 1999, :lines), least(2000, :lines - n + 1), :msn, :channel, :due,
                            :unscheduled, :recordedAt
                        from generate_series(1, :lines, 2000) n
                        """)
                .param("fileId", fileId)
                .param("lines", lines)
                .param("msn", msn)
                .param("channel", channel)
                .param("due", due)
                .param("unscheduled", unscheduled)
                .param("recordedAt", OffsetDateTime.parse(recordedAt))
                .update();
        return fileId;
    }
}
