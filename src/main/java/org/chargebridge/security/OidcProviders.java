package org.chargebridge.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientPropertiesMapper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * The OpenID Connect providers of {@code spring.security.oauth2.client}. One that is known by its issuer alone is asked
 * for its addresses at the first login and not at the start: a provider that is down keeps no file waiting.
 */
public final class OidcProviders implements ClientRegistrationRepository {

    private final OAuth2ClientProperties settings;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    /** @throws IllegalStateException and others of Spring's where settings of a provider without an issuer are missing */
    OidcProviders(OAuth2ClientProperties settings) {
        this.settings = settings;
        settings.getRegistration().forEach((id, registration) -> {
            if (issuer(id, registration).isEmpty()) {
                known.put(id, read(id));
            }
            Optional<String> named = Optional.ofNullable(registration.getClientName());
            names.put(
                    id,
                    named.orElseGet(() -> known.containsKey(id) ? known.get(id).getClientName() : id));
        });
    }

    /** What the button for each is called, by the id of its registration. */
    public Map<String, String> names() {
        return Collections.unmodifiableMap(names);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if its issuer cannot be asked now; the next login asks again
     */
    @Override
    public ClientRegistration findByRegistrationId(String id) {
        ClientRegistration registration = known.get(id);
        if (registration == null && settings.getRegistration().containsKey(id)) {
            // Without a lock: who logs in while the provider does not answer waits for their own question alone.
            registration = read(id);
            known.put(id, registration);
        }
        return registration;
    }

    private Optional<String> issuer(String id, OAuth2ClientProperties.Registration registration) {
        String provider = registration.getProvider() == null ? id : registration.getProvider();
        return Optional.ofNullable(settings.getProvider().get(provider))
                .map(OAuth2ClientProperties.Provider::getIssuerUri);
    }

    private ClientRegistration read(String id) {
        OAuth2ClientProperties one = new OAuth2ClientProperties();
        one.getRegistration().put(id, settings.getRegistration().get(id));
        one.getProvider().putAll(settings.getProvider());
        return new OAuth2ClientPropertiesMapper(one).asClientRegistrations().get(id);
    }
}
