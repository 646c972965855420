package org.chargebridge.charge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a line does to something that is there already: the charge of its order id, or its agreement.
 *
 * @param identity source, action, target and the line's own number (MR1)
 * @param target the order id of the invoice's first charge, or the agreement id; operations on it go one by one
 * @param exact whether the line names the order id itself; otherwise it means the invoice's latest charge
 * @param terms what the action asks for beyond the line's own fields, by column
 */
public record Intent(String identity, String target, boolean exact, Map<String, String> terms) {

    /** The term of an intent that stands for a credit note: what it does follows from its charge's state. */
    public static final String CREDIT = "credit";

    /** The term of an intent on a charge that another system made: only the API knows it, and the line's agreement finds it. */
    public static final String ELSEWHERE = "elsewhere";

    /**
     * The term of an intent that takes back what another line offers: that line's own number, and once that line is known
     * the file and position of it.
     */
    public static final String OFFER = "offer";

    private static final String SEPARATOR = "\u001F";

    public Intent {
        terms = Map.copyOf(terms);
    }

    /**
     * Makes an intent with its identity; its numbers are compared as those of documents are.
     *
     * @param ownNumber the line's own number with its series, empty where it has none
     */
    public static Intent of(
            String sourceId, Action action, String target, boolean exact, String ownNumber, Map<String, String> terms) {
        String identity = String.join(
                SEPARATOR,
                sourceId,
                action.word(),
                DocumentIdentity.normalised(target),
                DocumentIdentity.normalised(ownNumber));
        return new Intent(identity, target, exact, terms);
    }

    /** The identity of the line that offers an agreement, where this takes that back. */
    public Optional<String> offerIdentity(String sourceId) {
        return Optional.ofNullable(terms.get(OFFER))
                .map(number -> of(sourceId, Action.DRAFT_AGREEMENT, number, true, number, Map.of())
                        .identity());
    }

    /** The same once it is known which line offered what it takes back. */
    public Intent onOffer(long fileId, int position) {
        Map<String, String> known = new HashMap<>(terms);
        known.put(OFFER, fileId + "/" + position);
        return new Intent(identity, target, exact, known);
    }

    /** The same on the charge that the target proved to be a later one of. */
    public Intent on(String first) {
        return new Intent(identity, first, exact, terms);
    }

    /**
     * The same under the identity of an invoice whose first charge is this. The same refund is one, whichever of the
     * invoice's charges it names (MR1); other actions may be wanted of each.
     */
    public Intent ofInvoice(String first) {
        String[] parts = identity.split(SEPARATOR, -1);
        if (!parts[1].equals(Action.REFUND.word())) {
            return this;
        }
        return new Intent(
                String.join(SEPARATOR, parts[0], parts[1], DocumentIdentity.normalised(first), parts[3]),
                target,
                exact,
                terms);
    }

    /** The same on a charge that another system made. */
    public Intent onElsewhere() {
        return new Intent(identity, target, true, Map.of(ELSEWHERE, "true"));
    }
}
