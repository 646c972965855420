package org.chargebridge.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why nobody was logged in through a provider of OpenID Connect, as far as whoever stands outside is told. */
public enum OidcRefusal {
    /** The provider did not answer. */
    AWAY,
    /** It vouches for somebody who has none of our roles. */
    NO_ROLE,
    /** It vouches for nobody, or not so that it can be believed. */
    REFUSED,
    /** The login was begun too long ago, or in another browser. */
    LATE;

    /** As it stands in an address, a label and the key of a text. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<OidcRefusal> of(String word) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.word().equals(word))
                .findFirst();
    }
}
