package org.chargebridge.reporting;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.ReceiptRequests;
import org.chargebridge.ledger.Reports;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reporting room on a ledger of its own, and what intake and tracking would have written there. */
final class ReportingRig implements AutoCloseable {

    static final String SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    final LedgerDatabase database = LedgerDatabase.create();
    final TestClock clock = new TestClock("2026-11-20T09:00:00Z");
    final OutboundFiles outboundFiles = new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry());
    final ReceiptRequests requests = new ReceiptRequests(database.dataSource(), clock);
    final Reports reports = new Reports(database.dataSource(), clock);
    final Receipts receipts;
    /** Its lines are in no block, and nothing acts on them. */
    private Invariant[] invariants = {Invariant.I2, Invariant.I6};

    final StatusReports statusReports;
    private final List<Channel> channels = new ArrayList<>();

    ReportingRig(ChannelBuilder... builders) {
        for (ChannelBuilder builder : builders) {
            channels.add(builder.build());
        }
        Channels configured = new Channels(channels, List.of());
        receipts = new Receipts(
                requests, new ReceiptContent(requests), outboundFiles, configured, database.transactions(), clock);
        statusReports = new StatusReports(reports, outboundFiles, configured, database.transactions(), clock);
    }

    /** For a test that writes charges without their events. */
    void withoutEvents() {
        invariants = new Invariant[] {Invariant.I2};
    }

    JdbcClient jdbc() {
        return database.jdbc();
    }

    /** A recorded CSV file with this header. */
    long file(String channel, String name, String... header) {
        return fileReadAs(channel, name, "CSV", "UTF-8", ";", header);
    }

    long fileReadAs(String channel, String name, String format, String charset, String delimiter, String... header) {
        return jdbc().sql(
                        """
                        insert into inbound_file (channel, source_id, msn, kind, name, size, sha256, format, charset,
                            delimiter, header, state, recorded_at)
                        values (:channel, 'demo', '123456', 'INVOICES', :name, 1, :sha256, :format, :charset,
                            :delimiter, :header, 'RECORDED', :now)
                        returning id
                        """)
                .param("channel", channel)
                .param("name", name)
                .param("sha256", Integer.toHexString(name.hashCode()) + SHA)
                .param("format", format)
                .param("charset", charset)
                .param("delimiter", delimiter)
                .param("header", header)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    void sha256(long file, String sha256) {
        jdbc().sql("update inbound_file set sha256 = ? where id = ?")
                .params(sha256, file)
                .update();
    }

    /** The file as a whole was refused or held. */
    void wholeFile(long file, String state, Reason reason) {
        jdbc().sql("update inbound_file set state = ?, reason_code = ?, reason_arguments = ? where id = ?")
                .params(state, reason.code().name(), reason.arguments().toArray(String[]::new), file)
                .update();
    }

    void accepted(long file, int position, String invoice, long amountMinor, Optional<Reason> note) {
        instruction(file, position, "CHARGE", invoice, amountMinor, note, "x");
    }

    void instruction(
            long file,
            int position,
            String action,
            String invoice,
            long amountMinor,
            Optional<Reason> note,
            String... cells) {
        jdbc().sql(
                        """
                        insert into instruction (file_id, position, action, msn, order_id, invoice_number,
                            customer_number, kid, agreement_id, amount_minor, currency, requested_due, effective_due,
                            retry_days, description, external_id, digest, correction, reason_code, reason_arguments,
                            cells)
                        values (:file, :position, :action, '123456', :orderId, :invoice, 'C' || :position, '00812345',
                            'agr_demo0001', :amount, 'NOK', :due, :due, 5, 'Faktura', :externalId, '\\x00', 0, :code,
                            :arguments, :cells)
                        """)
                .param("file", file)
                .param("position", position)
                .param("action", action)
                .param("orderId", "demo-" + invoice + "-" + file)
                .param("externalId", invoice + "/" + file)
                .param("invoice", invoice)
                .param("amount", amountMinor)
                .param("due", LocalDate.parse("2026-12-01"))
                .param("code", note.map(r -> r.code().name()).orElse(null))
                .param(
                        "arguments",
                        note.map(r -> r.arguments().toArray(String[]::new)).orElse(null))
                .param("cells", String.join("\u001F", cells))
                .update();
    }

    void exception(
            long file,
            int position,
            Answer answer,
            Reason reason,
            Long amountMinor,
            String currency,
            String invoice,
            String... cells) {
        jdbc().sql(
                        """
                        insert into intake_exception (file_id, position, action, answer, reason_code, reason_arguments,
                            order_id, invoice_number, customer_number, kid, agreement_id, amount_minor, currency,
                            cells)
                        values (:file, :position, 'CHARGE', :answer, :code, :arguments, :orderId, :invoice, '', '', '',
                            :amount, :currency, :cells)
                        """)
                .param("file", file)
                .param("position", position)
                .param("answer", answer.name())
                .param("code", reason.code().name())
                .param("arguments", reason.arguments().toArray(String[]::new))
                .param("orderId", invoice.isEmpty() ? "" : "demo-" + invoice.replace("=", ""))
                .param("invoice", invoice)
                .param("amount", amountMinor)
                .param("currency", currency)
                .param("cells", String.join("\u001F", cells))
                .update();
    }

    /** A change of a line's charge, as tracking would record it. */
    long change(long file, int position, String channel, String status, Map<String, Object> columns) {
        Map<String, Object> all = new TreeMap<>(columns);
        all.put("occurred_at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        all.put("channel", channel);
        all.put("msn", "123456");
        all.put("file_id", file);
        all.put("position", position);
        all.put("order_id", "demo-" + position);
        all.put("status", status);
        all.putIfAbsent("reportable", true);
        String names = String.join(", ", all.keySet());
        return jdbc().sql("insert into event (" + names + ") values (:" + names.replace(", ", ", :") + ") returning id")
                .params(all)
                .query(Long.class)
                .single();
    }

    /** Renders all that is owed. */
    void writeReceipts() {
        for (Channel channel : channels) {
            for (Optional<Long> next = receipts.next(channel.name());
                    next.isPresent();
                    next = receipts.next(channel.name())) {
                receipts.write(next.get());
            }
        }
    }

    /** The names of the files made so far, in their order. */
    List<String> names() {
        return jdbc().sql("select name from outbound_file order by id")
                .query(String.class)
                .list();
    }

    byte[] bytes(String name) {
        OutboundFile file = jdbc().sql("select id, channel, directory from outbound_file where name = ?")
                .param(name)
                .query((row, number) -> new OutboundFile(
                        row.getLong("id"),
                        row.getString("channel"),
                        OutboundFile.Kind.RECEIPT,
                        row.getString("directory"),
                        name,
                        0,
                        "",
                        OutboundFile.State.RENDERED,
                        0,
                        0))
                .single();
        try (InputStream in = outboundFiles.content(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** The cells of a CSV file without quotes in it, its header first. */
    List<List<String>> rows(String name) {
        return text(name).lines().map(line -> List.of(line.split(";", -1))).toList();
    }

    void tick(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public void close() {
        try {
            InvariantsHold.in(database.dataSource(), clock, invariants);
        } finally {
            database.close();
        }
    }
}
