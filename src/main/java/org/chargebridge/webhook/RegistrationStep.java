package org.chargebridge.webhook;

import java.net.URI;

/** What is done next so that the API has exactly the registration it should have. */
sealed interface RegistrationStep {

    /** The API is asked to deliver there. */
    record Register(URI url) implements RegistrationStep {}

    /** The API is asked to end a registration that another one replaces, or that nobody has the secret of. */
    record Delete(String id) implements RegistrationStep {}

    /** The API has ended a registration by itself: it is so in the ledger, too. */
    record Lost(String id) implements RegistrationStep {}

    /** All is as it should be. */
    record Done() implements RegistrationStep {}
}
