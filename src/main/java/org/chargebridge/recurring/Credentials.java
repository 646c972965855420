package org.chargebridge.recurring;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells whether a sales unit's keys work, and hands nothing of them out. */
@Component("credentials")
public class Credentials {

    private final AccessTokens tokens;

    Credentials(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** Why there is no access token for a sales unit; empty where there is one. */
    public Optional<String> trouble(String msn) {
        try {
            tokens.token(new KeySet(msn, false));
            return Optional.empty();
        } catch (TokenUnavailable e) {
            return Optional.of(e.getMessage());
        }
    }
}
