package org.chargebridge.simulator.api;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A merchant with its charges; an order id is unique here. */
final class SalesUnit {

    private final Merchant merchant;
    private final Map<String, Charge> charges = new HashMap<>();
    private final Set<String> refusedUnseen = new LinkedHashSet<>();

    SalesUnit(Merchant merchant) {
        this.merchant = merchant;
    }

    Merchant merchant() {
        return merchant;
    }

    Map<String, Charge> charges() {
        return charges;
    }

    Optional<Charge> charge(String id) {
        return Optional.ofNullable(charges.get(id));
    }

    /** Order ids that were accepted, refused later, and not asked for since. */
    Set<String> refusedUnseen() {
        return refusedUnseen;
    }
}
