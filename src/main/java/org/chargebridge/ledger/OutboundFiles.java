package org.chargebridge.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The files that go back to the ERPs. Their bytes are written once, in the transaction that renders them, so that
 * delivering again gives the same name and bytes; a delivery holds a lease, and every write about it names its token.
 */
@Repository
public class OutboundFiles {

    /** Writes a file's bytes; called once. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * What is still to be delivered to a channel.
     *
     * @param oldest when the oldest of them was rendered, business time
     * @param lastFailure of the one that failed most often
     */
    public record Backlog(String channel, int files, Instant oldest, int attempts, Optional<String> lastFailure) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final MeterRegistry meters;

    public OutboundFiles(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Renders a file, in the caller's transaction; memory does not grow with its size.
     *
     * @param directory relative to the user's home on the channel's server
     * @return the file's id
     * @throws org.springframework.dao.DuplicateKeyException if the channel has a file of that name already
     */
    public long create(String channel, OutboundFile.Kind kind, String directory, String name, Content content) {
        long id = jdbc.sql(
                        """
                        insert into outbound_file (channel, kind, directory, name, size, sha256, state, rendered_at,
                            next_attempt_at)
                        values (:channel, :kind, :directory, :name, 0, '', 'RENDERED', :now, :now)
                        returning id
                        """)
                .param("channel", channel)
                .param("kind", kind.name())
                .param("directory", directory)
                .param("name", name)
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .single();
        LongWork work = new LongWork("[" + channel + "] " + name, "bytes written");
        Counter written = meters.counter("chargebridge.written.bytes", "channel", channel);
        try (OutboundParts.Writer out = new OutboundParts.Writer(jdbc, id, bytes -> {
            work.add(bytes);
            written.increment(bytes);
        })) {
            content.writeTo(out);
            out.finish();
            jdbc.sql("update outbound_file set size = :size, sha256 = :sha256 where id = :id")
                    .param("size", out.size())
                    .param("sha256", out.sha256())
                    .param("id", id)
                    .update();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return id;
    }

    /**
     * Renders a small file, in the caller's transaction. A file of that name with the same bytes is that file.
     *
     * @return the file's id
     */
    public long createText(String channel, OutboundFile.Kind kind, String directory, String name, byte[] bytes) {
        return find(channel, directory, name, Sha256.hex(bytes))
                .orElseGet(() -> create(channel, kind, directory, name, out -> out.write(bytes)));
    }

    private Optional<Long> find(String channel, String directory, String name, String sha256) {
        return jdbc.sql(
                        """
                        select id from outbound_file
                        where channel = :channel and directory = :directory and name = :name and sha256 = :sha256
                        """)
                .param("channel", channel)
                .param("directory", directory)
                .param("name", name)
                .param("sha256", sha256)
                .query(Long.class)
                .optional();
    }

    /** Whether a channel was given a file of that name in that directory before. */
    public boolean isNameTaken(String channel, String directory, String name) {
        return jdbc.sql("select exists (select 1 from outbound_file"
                        + " where channel = :channel and directory = :directory and name = :name)")
                .param("channel", channel)
                .param("directory", directory)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** A channel's delivered files below one directory that have no file of their name in the same place below another. */
    public List<OutboundFile> deliveredWithoutCopy(String channel, String below, String copiesBelow) {
        return jdbc.sql(
                        """
                        select f.* from outbound_file f
                        where channel = :channel and state = 'DELIVERED' and bytes_retired_at is null
                          and starts_with(directory, :below) and not exists (select 1 from outbound_file copy
                            where copy.channel = f.channel and copy.name = f.name
                              and copy.directory = :copiesBelow || substr(f.directory, length(:below) + 1))
                        order by id
                        """)
                .param("channel", channel)
                .param("below", below)
                .param("copiesBelow", copiesBelow)
                .query(OutboundFiles::file)
                .list();
    }

    /**
     * The channel's next file that may be delivered, leased until it is delivered, postponed, or the lease runs out.
     *
     * @param owner the node's name
     * @param leaseFor by the database's clock; {@link #renew} prolongs it
     */
    public Optional<OutboundFile> lease(String channel, String owner, Duration leaseFor) {
        return jdbc.sql(
                        """
                        update outbound_file
                        set lease_owner = :owner, fencing_token = fencing_token + 1,
                            lease_until = clock_timestamp() + make_interval(secs => :seconds)
                        where id = (select id from outbound_file
                                    where channel = :channel and state <> 'DELIVERED' and next_attempt_at <= :now
                                      and (lease_until is null or
                        """
                                + SqlTime.LEASE_OVER
                                + """
                        )
                                    order by attempts, id limit 1 for update skip locked)
                        returning *
                        """)
                .param("owner", owner)
                .param("seconds", leaseFor.toMillis() / 1000.0)
                .param("channel", channel)
                .param("now", SqlTime.of(clock.instant()))
                .query(OutboundFiles::file)
                .optional();
    }

    /** The file's bytes, read part by part. */
    public InputStream content(OutboundFile file) {
        return new OutboundParts.Reader(jdbc, file.id());
    }

    /** @throws LeaseLostException if another node may have taken the file over */
    public void renew(OutboundFile file, Duration leaseFor) {
        require(
                file,
                jdbc.sql(
                                """
                                update outbound_file
                                set lease_until = clock_timestamp() + make_interval(secs => :seconds)
                                where id = :id and fencing_token = :token and lease_until >= clock_timestamp()
                                """)
                        .param("seconds", leaseFor.toMillis() / 1000.0)
                        .param("id", file.id())
                        .param("token", file.token())
                        .update());
    }

    /** Goes into another directory of its channel, unless one of that name was made for that. */
    public OutboundFile moved(OutboundFile file, String directory) {
        return jdbc.sql(
                        """
                        update outbound_file f set directory = :directory
                        where id = :id and fencing_token = :token and not exists (select 1 from outbound_file o
                            where o.channel = f.channel and o.directory = :directory and o.name = f.name)
                        returning *
                        """)
                .param("directory", directory)
                .param("id", file.id())
                .param("token", file.token())
                .query(OutboundFiles::file)
                .optional()
                .orElse(file);
    }

    /** Uploaded under its temporary name and read back: commits that it is never uploaded again. */
    public OutboundFile verified(OutboundFile file) {
        require(
                file,
                jdbc.sql(
                                """
                                update outbound_file set state = 'VERIFIED', verified_at = :now
                                where id = :id and fencing_token = :token and state = 'RENDERED'
                                """)
                        .param("now", SqlTime.of(clock.instant()))
                        .param("id", file.id())
                        .param("token", file.token())
                        .update());
        return new OutboundFile(
                file.id(),
                file.channel(),
                file.kind(),
                file.directory(),
                file.name(),
                file.size(),
                file.sha256(),
                OutboundFile.State.VERIFIED,
                file.attempts(),
                file.token());
    }

    /** The ERP can read it under its final name. */
    public void delivered(OutboundFile file) {
        require(
                file,
                jdbc.sql(
                                """
                                update outbound_file
                                set state = 'DELIVERED', delivered_at = :now, lease_owner = null, lease_until = null,
                                    last_failure = null
                                where id = :id and fencing_token = :token and state <> 'DELIVERED'
                                """)
                        .param("now", SqlTime.of(clock.instant()))
                        .param("id", file.id())
                        .param("token", file.token())
                        .update());
    }

    /** Gives the lease back; the file is tried again at {@code nextAttempt}, business time. */
    public void postpone(OutboundFile file, String failure, Instant nextAttempt) {
        require(
                file,
                jdbc.sql(
                                """
                                update outbound_file
                                set attempts = attempts + 1, last_failure = :failure, next_attempt_at = :nextAttempt,
                                    lease_owner = null, lease_until = null
                                where id = :id and fencing_token = :token and state <> 'DELIVERED'
                                """)
                        .param("failure", failure)
                        .param("nextAttempt", SqlTime.of(nextAttempt))
                        .param("id", file.id())
                        .param("token", file.token())
                        .update());
    }

    /** What a failure concerns that is not one file's: none of these files is tried before {@code nextAttempt}. */
    public void postponeAll(String channel, Optional<String> directory, Instant nextAttempt) {
        jdbc.sql(
                        """
                        update outbound_file set next_attempt_at = :nextAttempt
                        where channel = :channel and state <> 'DELIVERED' and next_attempt_at < :nextAttempt
                          and (:directory::text is null or directory = :directory)
                          and (lease_until is null or
                        """
                                + SqlTime.LEASE_OVER + """
                        )
                        """)
                .param("nextAttempt", SqlTime.of(nextAttempt))
                .param("channel", channel)
                .param("directory", directory.orElse(null))
                .update();
    }

    /** What waits to be delivered, a row for each channel that has any. */
    public List<Backlog> backlog() {
        return jdbc.sql(
                        """
                        select channel, count(*) as files, min(rendered_at) as oldest, max(attempts) as attempts,
                               (array_agg(last_failure order by attempts desc))[1] as last_failure
                        from outbound_file where state <> 'DELIVERED' group by channel order by channel
                        """)
                .query((row, number) -> new Backlog(
                        row.getString("channel"),
                        row.getInt("files"),
                        SqlTime.optional(row, "oldest").orElseThrow(),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getString("last_failure"))))
                .list();
    }

    private static void require(OutboundFile file, int updated) {
        if (updated == 0) {
            throw new LeaseLostException(file.name());
        }
    }

    private static OutboundFile file(ResultSet row, int number) throws SQLException {
        return new OutboundFile(
                row.getLong("id"),
                row.getString("channel"),
                OutboundFile.Kind.valueOf(row.getString("kind")),
                row.getString("directory"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256"),
                OutboundFile.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getLong("fencing_token"));
    }

    /** The lease ran out, and another node may hold the file: nothing more may be done for it here. */
    public static final class LeaseLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLostException(String name) {
            super("the lease on outbound file " + name + " ran out: another node delivers it");
        }
    }
}
