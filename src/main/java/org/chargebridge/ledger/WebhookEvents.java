package org.chargebridge.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Webhooks as they came, each once. One about a charge is a signal to look that charge up; those about agreements wait
 * here for whoever follows agreements ({@link #nextOfAgreements}, {@link #settle}).
 */
@Repository
public class WebhookEvents {

    /** What an event is about. */
    public enum Kind {
        CHARGE,
        AGREEMENT,
        /** An event this version does not know. */
        OTHER
    }

    /** How far it is worked on. */
    public enum State {
        NEW,
        DONE,
        /** About a charge or agreement that is not the gateway's. */
        NOT_OURS
    }

    /**
     * One event; amounts in minor units.
     *
     * @param occurred as the API wrote it
     */
    public record Event(
            String msn,
            Kind kind,
            String eventType,
            Optional<String> chargeId,
            Optional<String> agreementId,
            String occurred,
            OptionalLong amount,
            OptionalLong captured,
            OptionalLong cancelled,
            OptionalLong refunded,
            Optional<String> actor,
            Optional<String> failureReason) {}

    /** An event to be worked on, and how often that was tried in vain. */
    public record Waiting(long id, Event event, int attempts, Instant receivedAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public WebhookEvents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes an event down, in the caller's transaction.
     *
     * @return whether it is new; the API has no id for events and delivers some more than once
     */
    public boolean record(Event event) {
        Instant now = clock.instant();
        State state = event.kind() == Kind.OTHER ? State.DONE : State.NEW;
        return jdbc.sql(
                                """
                                insert into webhook_event (msn, kind, event_type, charge_id, agreement_id, occurred,
                                    amount, amount_captured, amount_cancelled, amount_refunded, actor, failure_reason,
                                    fingerprint, received_at, state, next_attempt_at)
                                values (:msn, :kind, :eventType, :chargeId, :agreementId, :occurred, :amount, :captured,
                                    :cancelled, :refunded, :actor, :failureReason, :fingerprint, :now, :state, :now)
                                on conflict (fingerprint) do nothing
                                """)
                        .param("msn", event.msn())
                        .param("kind", event.kind().name())
                        .param("eventType", event.eventType())
                        .param("chargeId", event.chargeId().orElse(null))
                        .param("agreementId", event.agreementId().orElse(null))
                        .param("occurred", event.occurred())
                        .param("amount", orNull(event.amount()))
                        .param("captured", orNull(event.captured()))
                        .param("cancelled", orNull(event.cancelled()))
                        .param("refunded", orNull(event.refunded()))
                        .param("actor", event.actor().orElse(null))
                        .param("failureReason", event.failureReason().orElse(null))
                        .param("fingerprint", fingerprint(event))
                        .param("now", SqlTime.of(now))
                        .param("state", state.name())
                        .update()
                == 1;
    }

    private static byte[] fingerprint(Event event) {
        MessageDigest digest = Sha256.digest();
        for (Object part : List.of(
                event.msn(),
                event.eventType(),
                event.chargeId(),
                event.agreementId(),
                event.occurred(),
                event.amount(),
                event.captured(),
                event.cancelled(),
                event.refunded())) {
            digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0x1f);
        }
        return digest.digest();
    }

    private static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** The next event about a charge, locked for the caller's transaction; other nodes pass over it. */
    public Optional<Waiting> lockNextOfCharges() {
        return next(Kind.CHARGE, "limit 1 for update skip locked").stream().findFirst();
    }

    /** Events about agreements nobody has worked on yet, oldest first, locked as above. */
    public List<Waiting> nextOfAgreements(int limit) {
        return next(Kind.AGREEMENT, "limit " + limit + " for update skip locked");
    }

    private List<Waiting> next(Kind kind, String ending) {
        return jdbc.sql(
                        """
                        select * from webhook_event
                        where state = 'NEW' and kind = :kind and next_attempt_at <= :now order by id
                        """
                                + ending)
                .param("kind", kind.name())
                .param("now", SqlTime.of(clock.instant()))
                .query(WebhookEventRows::waiting)
                .list();
    }

    /** Nothing is left to do for an event. */
    public void settle(long id, State state) {
        jdbc.sql("update webhook_event set state = :state, next_attempt_at = null where id = :id")
                .param("state", state.name())
                .param("id", id)
                .update();
    }

    /** It cannot be worked on yet. */
    public void later(long id, Instant nextAttemptAt) {
        jdbc.sql("update webhook_event set attempts = attempts + 1, next_attempt_at = :at where id = :id")
                .param("at", SqlTime.of(nextAttemptAt))
                .param("id", id)
                .update();
    }

    /**
     * Forgets what was settled long ago; longer than the API repeats a delivery, or a repeated one would seem new.
     *
     * @return how many were forgotten
     */
    public int forget(Instant receivedBefore) {
        return jdbc.sql("delete from webhook_event where state <> 'NEW' and received_at < :before")
                .param("before", SqlTime.of(receivedBefore))
                .update();
    }
}
