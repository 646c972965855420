package org.chargebridge.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.WebhookEvents;
import org.chargebridge.ledger.WebhookEvents.Kind;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.recurring.UnreadableAnswer;
import org.chargebridge.recurring.WebhookMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A delivery arrives: whoever cannot have signed it is refused without a word of why; what is signed is written down, in
 * one transaction, and answered. What it means is found out later.
 */
@Component("webhookReceiver")
public class WebhookReceiver {

    static final String COUNTER = "chargebridge.webhooks";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final String CHARGES = "recurring.charge-";
    private static final String AGREEMENTS = "recurring.agreement-";

    private final RegisteredSecrets secrets;
    private final WebhookEvents events;
    private final WebhookStandings standings;
    private final TransactionTemplate transactions;
    private final MeterRegistry meters;
    private final AtomicBoolean forgeryTold = new AtomicBoolean();
    private final AtomicBoolean lockedTold = new AtomicBoolean();

    WebhookReceiver(
            RegisteredSecrets secrets,
            WebhookEvents events,
            WebhookStandings standings,
            TransactionTemplate transactions,
            MeterRegistry meters) {
        this.secrets = secrets;
        this.events = events;
        this.standings = standings;
        this.transactions = transactions;
        this.meters = meters;
    }

    /** What of a request counts, taken from it before anything else is done. */
    public Delivery delivery(Map<String, Object> headers, byte[] body) {
        WebhookSignature signature = new WebhookSignature(
                header(headers, "x-ms-date"), header(headers, "x-ms-content-sha256"), header(headers, "Authorization"));
        return new Delivery(signature, body == null ? new byte[0] : body);
    }

    private static String header(Map<String, Object> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> String.valueOf(header.getValue()))
                .findFirst()
                .orElse("");
    }

    /**
     * Writes a delivery down.
     *
     * @return the HTTP status of the answer: 204 once it is written down, now or before; 400 for what cannot be read;
     *     401 for what is not signed by the registration of the sales unit it speaks of; 503 for what may be, where this
     *     node lacks the key to find that out: the API sends it again
     */
    public int receive(Delivery delivery) {
        Optional<RegisteredSecrets.Registered> signer = secrets.signer(delivery.signature(), delivery.body());
        if (signer.isEmpty()) {
            List<String> locked = secrets.locked();
            boolean isSigned = !delivery.signature().authorization().isEmpty();
            return isSigned && !locked.isEmpty()
                    ? locked(locked)
                    : forged("it is not signed by a registration of ours");
        }
        String msn = signer.get().msn();
        try {
            WebhookMessage message = WebhookMessage.parse(delivery.body());
            if (!message.msn().orElse(msn).equals(msn)) {
                return forged("it speaks of a sales unit whose registration it is not signed by");
            }
            return record(event(msn, message));
        } catch (UnreadableAnswer unreadable) {
            count("unreadable", "");
            LOG.warn("A webhook of sales unit {} cannot be read and is answered 400: {}", msn, unreadable.getMessage());
            return BAD_REQUEST;
        }
    }

    private int record(WebhookEvents.Event event) {
        Boolean isNew = transactions.execute(tx -> {
            boolean inserted = events.record(event);
            standings.delivered(event.msn());
            Killpoint.at("webhook.before-record-commit");
            return inserted;
        });
        Killpoint.at("webhook.after-record-commit");
        count(Boolean.TRUE.equals(isNew) ? "recorded" : "repeated", event.kind().name());
        return NO_CONTENT;
    }

    private static WebhookEvents.Event event(String msn, WebhookMessage message) {
        return new WebhookEvents.Event(
                msn,
                kind(message),
                message.eventType(),
                message.chargeId(),
                message.agreementId(),
                message.occurred(),
                message.amount(),
                message.captured(),
                message.cancelled(),
                message.refunded(),
                message.actor(),
                message.failureReason());
    }

    private static Kind kind(WebhookMessage message) {
        String event = message.eventType().toLowerCase(Locale.ROOT);
        if (event.startsWith(CHARGES) && message.chargeId().isPresent()) {
            return Kind.CHARGE;
        }
        boolean ofAgreement =
                event.startsWith(AGREEMENTS) && message.agreementId().isPresent();
        return ofAgreement ? Kind.AGREEMENT : Kind.OTHER;
    }

    /** Told once until the process ends: whoever forges must not be able to fill the log. */
    private int forged(String why) {
        count("forged", "");
        if (forgeryTold.compareAndSet(false, true)) {
            LOG.warn(
                    "A webhook is refused: {}. Somebody else may be sending, or the secret was changed elsewhere;"
                            + " further ones are counted only, as chargebridge_webhooks_total",
                    why);
        }
        return UNAUTHORIZED;
    }

    /** Told once until the process ends, as forgeries are. */
    private int locked(List<String> registrations) {
        if (lockedTold.compareAndSet(false, true)) {
            LOG.warn(
                    "A webhook cannot be checked and is answered 503, so that the API sends it again: no line of"
                            + " chargebridge.encryption-key opens the secret of {}. Give every node the same file, with the"
                            + " old key in its second line, and restart those that lack it; where the key is lost the"
                            + " registration is replaced by itself within a day, or at the next start",
                    String.join(", ", registrations));
        }
        return UNAVAILABLE;
    }

    private void count(String outcome, String kind) {
        meters.counter(COUNTER, "outcome", outcome, "about", kind.toLowerCase(Locale.ROOT))
                .increment();
    }
}
