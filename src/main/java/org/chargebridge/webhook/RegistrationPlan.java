package org.chargebridge.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.recurring.WebhookRequests;
import org.chargebridge.recurring.WebhookRequests.Listed;
import org.chargebridge.webhook.RegistrationStep.Delete;
import org.chargebridge.webhook.RegistrationStep.Done;
import org.chargebridge.webhook.RegistrationStep.Lost;
import org.chargebridge.webhook.RegistrationStep.Register;

/**
 * From what the API has and what the ledger knows to the next step. A new registration is made before an old one ends,
 * so that nothing goes untold in between; what others registered is left alone.
 *
 * @param wanted where the API should deliver; empty where it should not
 * @param newestBefore a registration made earlier is replaced
 * @param ourAddresses every address we ever registered: one of these without a row of ours is a registration whose
 *     answer we never got, and nobody has its secret
 * @param ofOthers ids of the registrations of our other sales units, which keys that act for several may see
 */
record RegistrationPlan(Optional<URI> wanted, Instant newestBefore, Set<String> ourAddresses, Set<String> ofOthers) {

    /**
     * A registration of ours.
     *
     * @param opens whether its secret can be decrypted
     */
    record Own(String id, String url, List<String> events, Instant registeredAt, boolean opens) {}

    RegistrationStep next(List<Listed> atApi, List<Own> own) {
        Optional<Own> lost = own.stream()
                .filter(one -> atApi.stream().noneMatch(there -> there.id().equals(one.id())))
                .findFirst();
        if (lost.isPresent()) {
            return new Lost(lost.get().id());
        }
        Optional<Own> kept = own.stream().filter(this::isGood).max(Comparator.comparing(Own::registeredAt));
        if (wanted.isPresent() && kept.isEmpty()) {
            return new Register(wanted.get());
        }
        return atApi.stream()
                .filter(there -> kept.map(one -> !one.id().equals(there.id())).orElse(true))
                .filter(there -> isOurs(there, own) && !ofOthers.contains(there.id()))
                .findFirst()
                .<RegistrationStep>map(there -> new Delete(there.id()))
                .orElseGet(Done::new);
    }

    private boolean isGood(Own one) {
        return wanted.map(URI::toString).filter(one.url()::equals).isPresent()
                && one.opens()
                && one.events().containsAll(WebhookRequests.EVENTS)
                && !one.registeredAt().isBefore(newestBefore);
    }

    private boolean isOurs(Listed there, List<Own> own) {
        return own.stream().anyMatch(one -> one.id().equals(there.id()))
                || ourAddresses.contains(there.url())
                || wanted.map(URI::toString).filter(there.url()::equals).isPresent();
    }
}
