package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What of the ledger stands in metrics, by queries that read an index of what is open and nothing of what is done. */
@Repository
public class LedgerNumbers {

    /** Charges of a channel that are not sent, and since when the oldest of them waits. */
    public record Unsent(long lines, Duration oldest) {}

    /** Files for an ERP that are not delivered, and how long the oldest of them waits. */
    public record Undelivered(long files, Duration oldest) {}

    /**
     * A bucket of {@link Pacing}.
     *
     * @param tokens when it was last refilled
     * @param age since then
     * @param blocked how long the API still wants to be left alone
     */
    public record Bucket(double tokens, Duration age, Duration blocked) {}

    /**
     * All of it at one moment; business time for ages, but the database's for buckets and alarms.
     *
     * @param unsent by channel
     * @param unchecked how long the look-up of a charge is overdue, by sales unit
     * @param undelivered by channel
     * @param webhooks how long the oldest webhook waits to be worked on, by sales unit
     * @param buckets by sales unit and limit class, with a slash between
     * @param alarms open ones by kind
     * @param clockSkew of this node
     */
    public record Snapshot(
            Map<String, Unsent> unsent,
            Map<String, Duration> unchecked,
            Map<String, Undelivered> undelivered,
            Map<String, Duration> webhooks,
            Map<String, Bucket> buckets,
            Map<String, Long> alarms,
            Duration clockSkew) {}

    private final JdbcClient jdbc;
    private final OutboundFiles outbound;
    private final NodeClock nodeClock;
    private final Clock clock;

    public LedgerNumbers(JdbcClient jdbc, OutboundFiles outbound, NodeClock nodeClock, Clock clock) {
        this.jdbc = jdbc;
        this.outbound = outbound;
        this.nodeClock = nodeClock;
        this.clock = clock;
    }

    public Snapshot snapshot() {
        Instant now = clock.instant();
        return new Snapshot(
                unsent(now),
                ages(
                        """
                        select msn, min(next_check_at) as since from (
                            select msn, next_check_at from charge where next_check_at <= :now
                            union all
                            select msn, next_check_at from dispatch where next_check_at <= :now) c
                        group by msn
                        """,
                        now),
                outbound.backlog().stream()
                        .collect(Collectors.toMap(
                                OutboundFiles.Backlog::channel,
                                waiting -> new Undelivered(waiting.files(), age(waiting.oldest(), now)))),
                ages(
                        """
                        select msn, min(received_at) as since from webhook_event
                        where state = 'NEW' and received_at <= :now group by msn
                        """,
                        now),
                buckets(),
                alarms(),
                nodeClock.skew());
    }

    private Map<String, Unsent> unsent(Instant now) {
        Map<String, Unsent> unsent = new HashMap<>();
        jdbc.sql(
                        """
                        select channel, sum(line_count) as lines, min(recorded_at) as oldest from (
                            select channel, line_count, recorded_at from block where dispatch_id is null
                            union all
                            select b.channel, b.line_count, b.recorded_at
                            from dispatch d join block b on b.dispatch_id = d.id where d.state in ('READY', 'SENDING')) w
                        group by channel
                        """)
                .query(row -> {
                    unsent.put(
                            row.getString("channel"),
                            new Unsent(
                                    row.getLong("lines"),
                                    age(SqlTime.optional(row, "oldest").orElse(now), now)));
                });
        return unsent;
    }

    private Map<String, Duration> ages(String query, Instant now) {
        Map<String, Duration> ages = new HashMap<>();
        jdbc.sql(query).param("now", SqlTime.of(now)).query(row -> {
            ages.put(row.getString("msn"), age(SqlTime.optional(row, "since").orElse(now), now));
        });
        return ages;
    }

    private static Duration age(Instant since, Instant now) {
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    private Map<String, Bucket> buckets() {
        Map<String, Bucket> buckets = new HashMap<>();
        jdbc.sql(
                        """
                        select msn || '/' || limit_class as bucket, tokens,
                            extract(epoch from clock_timestamp() - refilled_at) as age,
                            coalesce(extract(epoch from blocked_until - clock_timestamp()), 0) as blocked
                        from pacing
                        """)
                .query(row -> {
                    buckets.put(
                            row.getString("bucket"),
                            new Bucket(
                                    row.getDouble("tokens"),
                                    seconds(row.getDouble("age")),
                                    seconds(row.getDouble("blocked"))));
                });
        return buckets;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }

    private Map<String, Long> alarms() {
        Map<String, Long> alarms = new HashMap<>();
        jdbc.sql(
                        "select kind, count(*) as open from alarm where raised_at is not null and over_at is null group by kind")
                .query(row -> {
                    alarms.put(row.getString("kind"), row.getLong("open"));
                });
        return alarms;
    }

    /** How full a bucket is, from 0 to 1; full where nothing was ever taken from it, empty while it is blocked. */
    public static double headroom(Optional<Bucket> bucket, int limitPerMinute) {
        return bucket.map(found -> {
                    double capacity = Pacing.capacity(limitPerMinute);
                    double filled = found.tokens()
                            + Pacing.refillPerSecond(limitPerMinute)
                                    * found.age().toMillis()
                                    / 1000.0;
                    return found.blocked().isZero() ? Math.min(1, Math.max(0, filled / capacity)) : 0;
                })
                .orElse(1.0);
    }
}
