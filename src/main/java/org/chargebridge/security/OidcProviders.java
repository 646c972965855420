package org.chargebridge.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientPropertiesMapper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;

/**
 * The OpenID Connect providers of {@code spring.security.oauth2.client}. One that is known by its issuer alone is asked
 * for its addresses at the first login and not at the start: a provider that is down keeps no file waiting.
 */
public final class OidcProviders implements ClientRegistrationRepository {

    private static final String GRANT = "authorization_code";
    private static final String REDIRECT = "{baseUrl}/{action}/oauth2/code/{registrationId}";

    private final OAuth2ClientProperties settings;
    private final OidcCalls calls;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    /** @throws IllegalStateException and others of Spring's where settings of a provider without an issuer are missing */
    OidcProviders(OAuth2ClientProperties settings, OidcCalls calls) {
        this.settings = settings;
        this.calls = calls;
        settings.getRegistration().forEach((id, registration) -> {
            if (issuer(id).isEmpty()) {
                known.put(id, registration(id, settings));
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
     * @throws OidcAway if its issuer cannot be asked now; the next login asks again
     */
    @Override
    public ClientRegistration findByRegistrationId(String id) {
        ClientRegistration registration = known.get(id);
        if (registration == null && settings.getRegistration().containsKey(id)) {
            // Without a lock: who logs in while the provider does not answer waits for their own question alone.
            registration = discover(id, issuer(id).orElseThrow());
            known.put(id, registration);
        }
        return registration;
    }

    /** @throws OidcAway if it does not answer */
    void ask(String id) {
        if (known.containsKey(id)) {
            calls.ask(known.get(id).getProviderDetails().getJwkSetUri());
        } else {
            findByRegistrationId(id);
        }
    }

    private String provider(String id) {
        String provider = settings.getRegistration().get(id).getProvider();
        return provider == null ? id : provider;
    }

    private Optional<String> issuer(String id) {
        return Optional.ofNullable(settings.getProvider().get(provider(id)))
                .map(OAuth2ClientProperties.Provider::getIssuerUri);
    }

    /** What the provider says of itself, under what the settings say. */
    private ClientRegistration discover(String id, String issuer) {
        ClientRegistration said;
        Map<String, Object> metadata = calls.metadata(issuer);
        try {
            said = ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId(id)
                    .clientId(settings.getRegistration().get(id).getClientId())
                    .build();
        } catch (RuntimeException unreadable) {
            throw new OidcAway(
                    issuer + ": what it says of itself is not that of a provider of OpenID Connect", unreadable);
        }
        OAuth2ClientProperties.Registration wanted = settings.getRegistration().get(id);
        OAuth2ClientProperties.Registration registration = new OAuth2ClientProperties.Registration();
        BeanUtils.copyProperties(wanted, registration);
        or(wanted.getAuthorizationGrantType(), GRANT, registration::setAuthorizationGrantType);
        or(wanted.getRedirectUri(), REDIRECT, registration::setRedirectUri);
        or(
                wanted.getClientAuthenticationMethod(),
                said.getClientAuthenticationMethod().getValue(),
                registration::setClientAuthenticationMethod);
        OAuth2ClientProperties.Provider set = settings.getProvider().get(provider(id));
        OAuth2ClientProperties.Provider provider = new OAuth2ClientProperties.Provider();
        BeanUtils.copyProperties(set, provider);
        provider.setIssuerUri(null);
        ClientRegistration.ProviderDetails details = said.getProviderDetails();
        or(set.getAuthorizationUri(), details.getAuthorizationUri(), provider::setAuthorizationUri);
        or(set.getTokenUri(), details.getTokenUri(), provider::setTokenUri);
        or(set.getJwkSetUri(), details.getJwkSetUri(), provider::setJwkSetUri);
        or(set.getUserInfoUri(), details.getUserInfoEndpoint().getUri(), provider::setUserInfoUri);
        or(set.getUserNameAttribute(), "sub", provider::setUserNameAttribute);
        OAuth2ClientProperties one = new OAuth2ClientProperties();
        one.getRegistration().put(id, registration);
        one.getProvider().put(provider(id), provider);
        // With its issuer, so that a token of another is refused.
        return ClientRegistration.withClientRegistration(registration(id, one))
                .issuerUri(issuer)
                .providerConfigurationMetadata(metadata)
                .build();
    }

    private static void or(String set, String said, Consumer<String> setter) {
        setter.accept(set == null ? said : set);
    }

    private static ClientRegistration registration(String id, OAuth2ClientProperties from) {
        OAuth2ClientProperties one = new OAuth2ClientProperties();
        one.getRegistration().put(id, from.getRegistration().get(id));
        one.getProvider().putAll(from.getProvider());
        // A code that somebody else reads on its way back is worth nothing without what it was asked for with.
        return ClientRegistration.withClientRegistration(new OAuth2ClientPropertiesMapper(one)
                        .asClientRegistrations()
                        .get(id))
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .build();
    }
}
