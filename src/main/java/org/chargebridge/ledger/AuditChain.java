package org.chargebridge.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chargebridge.charge.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals the audit trail: each event's hash covers the event and the hash before it, so that who changes, removes or adds
 * one later has to change all that follow, and the last hash, written down elsewhere, tells. Sealing comes after the
 * commit, so that no decision waits for another one. Of the reason, which people write, only a salted digest is covered.
 */
@Repository
public class AuditChain {

    private static final long LOCK = 0x4155444954L;
    private static final int BATCH = 1_000;
    private static final byte[] BEGINNING = new byte[32];

    private record Event(
            long id,
            Instant at,
            String actor,
            String action,
            String subject,
            String reason,
            String result,
            Optional<UUID> salt,
            Optional<Long> number,
            byte[] reasonDigest,
            byte[] hash) {

        byte[] expectedReasonDigest() {
            MessageDigest digest = Sha256.digest();
            add(digest, salt.map(UUID::toString).orElse(""));
            add(digest, reason);
            return digest.digest();
        }

        byte[] expectedHash(byte[] before, long place, byte[] digestOfReason) {
            MessageDigest digest = Sha256.digest();
            digest.update(before);
            add(digest, Long.toString(place));
            add(digest, at.toString());
            add(digest, actor);
            add(digest, action);
            add(digest, subject);
            add(digest, result);
            digest.update(digestOfReason);
            return digest.digest();
        }

        /** With its length, so that no two events have the same bytes. */
        private static void add(MessageDigest digest, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }

    /**
     * What a check of the whole chain found.
     *
     * @param events sealed ones that were checked
     * @param unsealed events that are not sealed yet; more than a few mean that the route seal-audit-trail does not run
     * @param head the last hash: written down elsewhere, it shows later that nothing was cut off
     * @param broken what is wrong, and from which event on; empty where all is well
     */
    public record Verification(long events, long unsealed, String head, Optional<String> broken) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public AuditChain(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Seals what is committed and not sealed yet, one node at a time.
     *
     * @return how many events; at most 1,000
     */
    public int seal() {
        if (!jdbc.sql("select exists (select 1 from audit_event where number is null)")
                .query(Boolean.class)
                .single()) {
            return 0;
        }
        Integer sealed = transactions.execute(status -> {
            jdbc.sql("select 1 from (select pg_advisory_xact_lock(:lock)) locked")
                    .param("lock", LOCK)
                    .query(Integer.class)
                    .single();
            Optional<Event> last = events("where number is not null order by number desc limit 1").stream()
                    .findFirst();
            byte[] before = last.map(Event::hash).orElse(BEGINNING);
            long place = last.flatMap(Event::number).orElse(0L);
            List<Event> open = events("where number is null order by id limit " + BATCH);
            for (Event event : open) {
                byte[] reason = event.expectedReasonDigest();
                before = event.expectedHash(before, ++place, reason);
                jdbc.sql(
                                "update audit_event set number = :number, reason_digest = :reason, hash = :hash where id = :id")
                        .param("number", place)
                        .param("reason", reason)
                        .param("hash", before)
                        .param("id", event.id())
                        .update();
            }
            return open.size();
        });
        return sealed == null ? 0 : sealed;
    }

    /** Checks every sealed event, in the order of the chain, without holding more than a few in memory. */
    public Verification verify() {
        byte[] before = BEGINNING;
        long place = 0;
        while (true) {
            List<Event> next = jdbc.sql(SELECT + "where number > :place order by number limit " + BATCH)
                    .param("place", place)
                    .query((row, number) -> event(row))
                    .list();
            for (Event event : next) {
                Optional<String> broken = broken(event, before, place + 1);
                if (broken.isPresent()) {
                    return new Verification(place, unsealed(), HexFormat.of().formatHex(before), broken);
                }
                before = event.hash();
                place++;
            }
            if (next.size() < BATCH) {
                return new Verification(place, unsealed(), HexFormat.of().formatHex(before), Optional.empty());
            }
        }
    }

    private static Optional<String> broken(Event event, byte[] before, long place) {
        long number = event.number().orElseThrow();
        if (number != place) {
            return Optional.of("Event number " + place + " is missing; number " + number + " follows.");
        }
        if (!Arrays.equals(event.hash(), event.expectedHash(before, place, event.reasonDigest()))) {
            return Optional.of("Event number " + place + " (id " + event.id() + ") is not what was sealed.");
        }
        if (event.salt().isPresent() && !Arrays.equals(event.reasonDigest(), event.expectedReasonDigest())) {
            return Optional.of(
                    "The reason of event number " + place + " (id " + event.id() + ") is not what was sealed.");
        }
        return Optional.empty();
    }

    private long unsealed() {
        return jdbc.sql("select count(*) from audit_event where number is null")
                .query(Long.class)
                .single();
    }

    private static final String SELECT =
            "select id, at, actor, action, subject, reason, result, salt, number, reason_digest, hash from audit_event ";

    private List<Event> events(String which) {
        return jdbc.sql(SELECT + which).query((row, number) -> event(row)).list();
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("id"),
                SqlTime.optional(row, "at").orElseThrow(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("reason"),
                row.getString("result"),
                Optional.ofNullable(row.getObject("salt", UUID.class)),
                Optional.ofNullable(row.getObject("number", Long.class)),
                row.getBytes("reason_digest"),
                row.getBytes("hash"));
    }
}
