package org.chargebridge.ledger;

import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files that came, for whoever looks at them: how they were answered, and what went back for them. */
@Repository
public class FileEnquiries {

    private static final int HASH_SHOWN = 8;

    /** What was read in a currency; the sum is of minor units. */
    public record Total(String currency, int lines, BigDecimal sumMinor) {}

    /**
     * A file as it was recorded.
     *
     * @param reason why it was refused or held as a whole
     * @param kept whether its bytes are there still; they go after the time that they must be kept
     */
    public record FileRow(
            long id,
            String channel,
            InboundFile.Kind kind,
            String name,
            long size,
            String sha256,
            Optional<String> format,
            InboundFile.State state,
            Optional<Reason> reason,
            Instant recordedAt,
            List<Total> totals,
            boolean kept) {}

    /** Which files; what is empty is not asked for. {@code before} is the id of the last of the list so far. */
    public record Filter(
            Optional<String> channel,
            Optional<String> name,
            Optional<InboundFile.State> state,
            Optional<Long> before) {}

    /** How many lines were answered so in a currency; the sum is of minor units. */
    public record Answered(
            Answer answer, Optional<ReasonCode> reason, String currency, long lines, BigDecimal sumMinor) {}

    /** What is asked for on one day; without a day it is charged at once. The sum is of minor units. */
    public record DueDay(Optional<LocalDate> due, String currency, long lines, BigDecimal sumMinor) {}

    /** When its bytes came, and on which way. */
    public record Arrival(String path, Instant modified, Instant arrivedAt) {}

    /** A file that went back, for a download; {@code kept} as above. */
    public record Outbound(long id, String channel, String name, boolean kept) {}

    private final JdbcClient jdbc;

    public FileEnquiries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static final String SELECT =
            """
            select f.id, f.channel, f.kind, f.name, f.size, f.sha256, f.format, f.state, f.reason_code,
                   f.reason_arguments, f.recorded_at, f.bytes_retired_at is null as kept, t.currencies, t.lines, t.sums
            from inbound_file f
            left join lateral (select array_agg(currency order by currency) as currencies,
                                      array_agg(lines order by currency) as lines,
                                      array_agg(sum_minor order by currency) as sums
                               from inbound_file_total where file_id = f.id) t on true
            """;

    /** At most {@code limit} files, newest first. */
    public List<FileRow> list(Filter filter, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                          where (:channel::text is null or f.channel = :channel)
                            and (:name::text is null or position(lower(:name) in lower(f.name collate "default")) > 0)
                            and (:state::text is null or f.state = :state)
                            and (:before::bigint is null or f.id < :before)
                          order by f.id desc limit :limit
                          """)
                .param("channel", filter.channel().orElse(null))
                .param("name", filter.name().orElse(null))
                .param("state", filter.state().map(Enum::name).orElse(null))
                .param("before", filter.before().orElse(null))
                .param("limit", limit)
                .query(FileEnquiries::row)
                .list();
    }

    public Optional<FileRow> byId(long id) {
        return jdbc.sql(SELECT + " where f.id = :id")
                .param("id", id)
                .query(FileEnquiries::row)
                .optional();
    }

    /** How its lines were answered, of all answers, reasons and currencies that occur. */
    public List<Answered> answers(long fileId) {
        return jdbc.sql(
                        """
                        select answer, reason_code, currency, sum(lines)::bigint as lines, sum(total) as total from (
                            select case action when 'CHARGE' then 'ACCEPTED' else 'IGNORED' end as answer, reason_code,
                                currency, count(*) as lines, coalesce(sum(amount_minor), 0) as total
                            from instruction where file_id = :fileId and attempt_of is null group by 1, 2, 3
                            union all
                            select 'ACCEPTED', null, currency, count(*), coalesce(sum(amount_minor), 0)
                            from operation where file_id = :fileId group by 1, 2, 3
                            union all
                            select answer, reason_code, currency, count(*), coalesce(sum(amount_minor), 0)
                            from intake_exception where file_id = :fileId group by 1, 2, 3) a
                        group by 1, 2, 3 order by array_position(
                            array['ACCEPTED', 'REFUSED', 'HELD', 'DUPLICATE', 'IGNORED'], answer), 3, 4 desc
                        """)
                .param("fileId", fileId)
                .query((row, number) -> new Answered(
                        Answer.valueOf(row.getString("answer")),
                        Optional.ofNullable(row.getString("reason_code")).map(ReasonCode::valueOf),
                        row.getString("currency"),
                        row.getLong("lines"),
                        row.getBigDecimal("total")))
                .list();
    }

    /** When its charges are due, the first day first. */
    public List<DueDay> dueDays(long fileId) {
        return jdbc.sql(
                        """
                        select case when requested_due is not null then effective_due end as due, currency,
                            count(*) as lines, sum(amount_minor) as total
                        from instruction where file_id = :fileId and action = 'CHARGE' and attempt_of is null
                        group by 1, 2 order by 1 nulls first, 2
                        """)
                .param("fileId", fileId)
                .query((row, number) -> new DueDay(
                        LedgerColumns.date(row, "due"),
                        row.getString("currency"),
                        row.getLong("lines"),
                        row.getBigDecimal("total")))
                .list();
    }

    /** When it came, the first time first. */
    public List<Arrival> arrivals(long fileId) {
        return jdbc.sql("select path, modified, arrived_at from arrival where file_id = :fileId order by id limit 100")
                .param("fileId", fileId)
                .query((row, number) -> new Arrival(
                        row.getString("path"),
                        SqlTime.optional(row, "modified").orElseThrow(),
                        SqlTime.optional(row, "arrived_at").orElseThrow()))
                .list();
    }

    /**
     * The lines after a position, in the file's order.
     *
     * @param answer only those answered so
     */
    public List<FoundLine> lines(long fileId, Optional<Answer> answer, int after, int limit) {
        String rest = " where file_id = :fileId and position > :after";
        String chosen = " and (:answer::text is null or answer = :answer)";
        String page = " order by position limit :limit";
        String lines = "(select * from (" + FoundLine.RECORDED + rest + " and attempt_of is null) i where true" + chosen
                + page + ") union all (select * from (" + FoundLine.OPERATIONS + rest + ") o where true" + chosen + page
                + ") union all (select * from (" + FoundLine.OTHERS + rest + ") e where true" + chosen + page + ")"
                + page;
        return jdbc.sql(FoundLine.STANDING.formatted(lines) + " order by l.position")
                .param("fileId", fileId)
                .param("answer", answer.map(Enum::name).orElse(null))
                .param("after", after)
                .param("limit", limit)
                .query(FoundLine::of)
                .list();
    }

    /** What went back for it: its receipts and errors files, which carry the beginning of its hash in their names. */
    public List<SentFiles.Sent> answersSent(FileRow file) {
        return jdbc.sql(
                        """
                        select * from outbound_file
                        where channel = :channel and kind in ('RECEIPT', 'ERRORS', 'REASON', 'DRAFTS', 'QUERY')
                          and rendered_at >= :recordedAt and position(:hash in name) > 0
                        order by id
                        """)
                .param("channel", file.channel())
                .param("recordedAt", SqlTime.of(file.recordedAt()))
                .param("hash", "-" + file.sha256().substring(0, HASH_SHOWN))
                .query(SentFiles::sent)
                .list();
    }

    /** A file that went back; empty for an id that is not known. */
    public Optional<Outbound> outbound(long id) {
        return jdbc.sql("select id, channel, name, bytes_retired_at is null as kept from outbound_file where id = :id")
                .param("id", id)
                .query((row, number) -> new Outbound(
                        row.getLong("id"), row.getString("channel"), row.getString("name"), row.getBoolean("kept")))
                .optional();
    }

    /** The bytes of a file that went back, read part by part. */
    public InputStream outboundBytes(long id) {
        return new OutboundParts.Reader(jdbc, id);
    }

    private static FileRow row(ResultSet row, int number) throws SQLException {
        return new FileRow(
                row.getLong("id"),
                row.getString("channel"),
                InboundFile.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256"),
                Optional.ofNullable(row.getString("format")),
                InboundFile.State.valueOf(row.getString("state")),
                LedgerColumns.reason(row),
                SqlTime.optional(row, "recorded_at").orElseThrow(),
                totals(row),
                row.getBoolean("kept"));
    }

    private static List<Total> totals(ResultSet row) throws SQLException {
        List<String> currencies = LedgerColumns.texts(row, "currencies");
        if (currencies.isEmpty()) {
            return List.of();
        }
        Integer[] lines = (Integer[]) row.getArray("lines").getArray();
        BigDecimal[] sums = (BigDecimal[]) row.getArray("sums").getArray();
        return IntStream.range(0, lines.length)
                .mapToObj(i -> new Total(currencies.get(i), lines[i], sums[i]))
                .toList();
    }
}
