package org.chargebridge.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files that came, their bytes and their arrivals. Every method works in the caller's transaction. */
@Repository
public class InboundFiles {

    /** How the path of what came over HTTP begins, and of lines made here of a request of another form. */
    public static final String HTTP = "http:";

    public static final String MADE = "made:";

    private static final int PART_SIZE = 1 << 20;
    private static final String SELECT =
            """
            select id, channel, source_id, msn, kind, name, sha256, format, header, state, reason_code, reason_arguments
            from inbound_file
            """;

    /** How many lines were read in a currency, and the sum of those amounts that could be read, in minor units. */
    public record Total(int lines, BigInteger sumMinor) {
        public static final Total NONE = new Total(0, BigInteger.ZERO);

        public static Total ofLine(long minor) {
            return new Total(1, BigInteger.valueOf(minor));
        }

        public Total plus(Total other) {
            return new Total(Math.addExact(lines, other.lines), sumMinor.add(other.sumMinor));
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    public InboundFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Lets one transaction at a time record documents of a source (ER1); other sources do not wait for it. */
    public void lock(String sourceId) {
        // A file of a million lines is recorded under this lock; to wait for it is no failure.
        lock(sourceId, "14min");
    }

    /**
     * The same for whoever records nothing, and rather comes again later than waits.
     *
     * @throws org.springframework.dao.PessimisticLockingFailureException if a file of the source is being recorded
     */
    public void lockBriefly(String sourceId) {
        lock(sourceId, "10s");
    }

    private void lock(String sourceId, String wait) {
        AdvisoryLock.take(jdbc, "source:" + sourceId, wait);
        // Of the rows that this very transaction writes the planner knows nothing yet, and would read them all.
        jdbc.sql("set local enable_seqscan = off").update();
        jdbc.sql("set local jit = off").update();
    }

    /**
     * Binds a channel to its source id for good, when it records its first file.
     *
     * @return the source id it is bound to, which is another one where the setting was changed since (MR1)
     */
    public String bindSource(String channel, String sourceId) {
        jdbc.sql(
                        """
                        insert into channel_source (channel, source_id, first_used_at)
                        values (:channel, :sourceId, :now) on conflict do nothing
                        """)
                .param("channel", channel)
                .param("sourceId", sourceId)
                .param("now", SqlTime.of(clock.instant()))
                .update();
        return boundSource(channel).orElseThrow();
    }

    /** The source id a channel is bound to; empty before its first file. */
    public Optional<String> boundSource(String channel) {
        return jdbc.sql("select source_id from channel_source where channel = :channel")
                .param("channel", channel)
                .query(String.class)
                .optional();
    }

    /** The currency of what a sales unit recorded last; empty before its first document. */
    public Optional<String> currencyUsed(String msn) {
        return jdbc.sql(
                        """
                        select i.currency from inbound_file f
                        cross join lateral (select currency from instruction where file_id = f.id and msn = :msn limit 1) i
                        where f.msn = :msn and f.state = 'RECORDED' order by f.id desc limit 1
                        """)
                .param("msn", msn)
                .query(String.class)
                .optional();
    }

    /** The file with these bytes that the channel recorded before. */
    public Optional<InboundFile> find(String channel, String sha256) {
        return jdbc.sql(SELECT + " where channel = :channel and sha256 = :sha256")
                .param("channel", channel)
                .param("sha256", sha256)
                .query(InboundFiles::file)
                .optional();
    }

    public InboundFile byId(long id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(InboundFiles::file)
                .single();
    }

    /** Records a new file and keeps its bytes. */
    public InboundFile create(
            String channel,
            String sourceId,
            String msn,
            InboundFile.Kind kind,
            String name,
            long size,
            String sha256,
            Path bytes)
            throws IOException {
        long id = jdbc.sql(
                        """
                        insert into inbound_file (channel, source_id, msn, kind, name, size, sha256, state, recorded_at)
                        values (:channel, :sourceId, :msn, :kind, :name, :size, :sha256, 'RECORDED', :now)
                        returning id
                        """)
                .param("channel", channel)
                .param("sourceId", sourceId)
                .param("msn", msn)
                .param("kind", kind.name())
                .param("name", name)
                .param("size", size)
                .param("sha256", sha256)
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
        keep(id, bytes);
        return byId(id);
    }

    private void keep(long id, Path bytes) throws IOException {
        try (InputStream in = Files.newInputStream(bytes)) {
            int number = 0;
            for (byte[] part = in.readNBytes(PART_SIZE); part.length > 0; part = in.readNBytes(PART_SIZE)) {
                jdbc.sql("insert into inbound_file_part (file_id, number, content) values (:id, :number, :content)")
                        .param("id", id)
                        .param("number", number++)
                        .param("content", Gzip.of(part, part.length))
                        .update();
            }
        }
    }

    /** Writes the bytes as they came. */
    public void copyBytes(long id, OutputStream out) throws IOException {
        int parts = jdbc.sql("select count(*) from inbound_file_part where file_id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
        for (int number = 0; number < parts; number++) {
            byte[] zipped = jdbc.sql("select content from inbound_file_part where file_id = :id and number = :number")
                    .param("id", id)
                    .param("number", number)
                    .query((row, n) -> row.getBytes("content"))
                    .single();
            try (InputStream part = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
                part.transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException("part " + number + " of file " + id + " cannot be read", e);
            }
        }
    }

    /**
     * Notes an arrival.
     *
     * @param path on the channel's server
     * @return false for one that was noted before: the same path, size, time and bytes
     */
    public boolean arrived(InboundFile file, String path, long size, Instant modified) {
        return jdbc.sql(
                                """
                                insert into arrival (file_id, channel, path, size, modified, arrived_at)
                                values (:fileId, :channel, :path, :size, :modified, :now)
                                on conflict do nothing
                                """)
                        .param("fileId", file.id())
                        .param("channel", file.channel())
                        .param("path", path)
                        .param("size", size)
                        .param("modified", SqlTime.of(modified))
                        .param("now", SqlTime.of(clock.instant()))
                        .update()
                == 1;
    }

    /** Whether its bytes came in this way, be it once: {@link #HTTP} or {@link #MADE}. */
    public boolean cameBy(long id, String way) {
        return jdbc.sql("select exists (select 1 from arrival where file_id = :id and starts_with(path, :way))")
                .param("id", id)
                .param("way", way)
                .query(Boolean.class)
                .single();
    }

    /** How the file is read. */
    public void readAs(
            long id,
            InboundFile.Kind kind,
            String format,
            Optional<String> charset,
            Optional<Character> delimiter,
            List<String> header) {
        jdbc.sql(
                        """
                        update inbound_file
                        set kind = :kind, format = :format, charset = :charset, delimiter = :delimiter, header = :header
                        where id = :id
                        """)
                .param("kind", kind.name())
                .param("format", format)
                .param("charset", charset.orElse(null))
                .param("delimiter", delimiter.map(String::valueOf).orElse(null))
                .param("header", header.toArray(String[]::new))
                .param("id", id)
                .update();
    }

    /** What a pass over the file read, by currency, in place of what an earlier one did: its answers must add up to it. */
    public void totals(long id, Map<String, Total> totals) {
        jdbc.sql("delete from inbound_file_total where file_id = :id")
                .param("id", id)
                .update();
        totals.forEach((currency, total) -> jdbc.sql(
                        """
                        insert into inbound_file_total (file_id, currency, lines, sum_minor)
                        values (:id, :currency, :lines, :sum)
                        """)
                .param("id", id)
                .param("currency", currency)
                .param("lines", total.lines())
                .param("sum", new BigDecimal(total.sumMinor()))
                .update());
    }

    /** What became of the file as a whole. */
    public void settle(long id, InboundFile.State state, Optional<Reason> reason) {
        jdbc.sql(
                        """
                        update inbound_file
                        set state = :state, reason_code = :code, reason_arguments = :arguments where id = :id
                        """)
                .param("state", state.name())
                .param("code", reason.map(r -> r.code().name()).orElse(null))
                .param(
                        "arguments",
                        reason.map(r -> r.arguments().toArray(String[]::new)).orElse(null))
                .param("id", id)
                .update();
    }

    private static InboundFile file(ResultSet row, int number) throws SQLException {
        return new InboundFile(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("source_id"),
                row.getString("msn"),
                InboundFile.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("sha256"),
                Optional.ofNullable(row.getString("format")),
                LedgerColumns.texts(row, "header"),
                InboundFile.State.valueOf(row.getString("state")),
                LedgerColumns.reason(row));
    }
}
