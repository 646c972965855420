package org.chargebridge.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.WebhookRegistrations;
import org.chargebridge.ledger.WebhookRegistrations.Registration;
import org.chargebridge.sealing.Seal;
import org.springframework.stereotype.Component;

/**
 * The secrets that deliveries may be signed with, opened and kept in memory for a short while. A signature that fits none
 * may be of a registration another node has just made, so they are read again then, at most once a second.
 */
@Component
class RegisteredSecrets {

    /**
     * A registration's secret in clear.
     *
     * @param url as it was registered
     */
    record Registered(String msn, URI url, String secret) {

        @Override
        public String toString() {
            return "Registered[msn=" + msn + ", url=" + url + "]";
        }
    }

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final WebhookRegistrations registrations;
    private final Seal seal;
    private List<Registered> known = List.of();
    private List<String> locked = List.of();
    private long readAt;
    private boolean read;

    RegisteredSecrets(WebhookRegistrations registrations, Seal seal) {
        this.registrations = registrations;
        this.seal = seal;
    }

    /** Whose registration a delivery is signed by; empty for one that is forged. */
    Optional<Registered> signer(WebhookSignature signature, byte[] body) {
        Optional<Registered> signer = signer(signature, body, known(FRESH));
        return signer.isPresent() ? signer : signer(signature, body, known(BETWEEN_READS));
    }

    /** Registrations whose secret none of this node's keys opens: what is signed by one of them cannot be told from what is forged. */
    synchronized List<String> locked() {
        return locked;
    }

    private static Optional<Registered> signer(WebhookSignature signature, byte[] body, List<Registered> registered) {
        Optional<Registered> signer = Optional.empty();
        for (Registered one : registered) {
            if (signature.isOf(one.secret(), one.url(), body)) {
                signer = Optional.of(one);
            }
        }
        return signer;
    }

    /** What is known, not older than that. */
    private synchronized List<Registered> known(Duration ageMax) {
        if (!read || System.nanoTime() - readAt > ageMax.toNanos()) {
            List<Registration> signing = registrations.signing();
            known = signing.stream()
                    .flatMap(registration -> open(registration).stream())
                    .toList();
            locked = signing.stream()
                    .filter(registration -> open(registration).isEmpty())
                    .map(Registration::id)
                    .toList();
            readAt = System.nanoTime();
            read = true;
        }
        return known;
    }

    private Optional<Registered> open(Registration registration) {
        return seal.open(registration.id(), registration.secret())
                .map(text -> new Registered(registration.msn(), registration.url(), text));
    }
}
