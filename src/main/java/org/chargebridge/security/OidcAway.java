package org.chargebridge.security;

/** A provider of OpenID Connect that did not answer, or not as one; the message says how, without what it sent. */
final class OidcAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OidcAway(String how, Throwable cause) {
        super(how, cause);
    }
}
