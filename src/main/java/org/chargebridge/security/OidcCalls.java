package org.chargebridge.security;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.RestTemplate;

/** Every call to a provider of OpenID Connect, each cut when its time is up: who logs in waits for it, in a thread. */
final class OidcCalls {

    private static final ParameterizedTypeReference<Map<String, Object>> METADATA =
            new ParameterizedTypeReference<>() {};

    private static final String SIGNATURES = "id_token_signing_alg_values_supported";

    private final Duration timeout;
    private final JdkClientHttpRequestFactory requests;
    private final RestClient plain;

    OidcCalls(OidcSettings settings) {
        this.timeout = settings.callTimeout();
        this.requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build());
        requests.setReadTimeout(timeout);
        this.plain = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * What a provider says of itself.
     *
     * @throws OidcAway if it does not, or is another
     */
    Map<String, Object> metadata(String issuer) {
        String address = issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration";
        try {
            Map<String, Object> said =
                    plain.get().uri(URI.create(address)).retrieve().body(METADATA);
            if (said != null && issuer.equals(said.get("issuer"))) {
                return said;
            }
        } catch (RestClientException | IllegalArgumentException failed) {
            throw new OidcAway(address + ": " + describe(failed), failed);
        }
        throw new OidcAway(
                address + ": does not say that it is of the issuer in issuer-uri, letter by letter",
                new IllegalStateException(issuer));
    }

    /** @throws OidcAway if nothing readable is answered there */
    void ask(String address) {
        try {
            plain.get().uri(URI.create(address)).retrieve().toBodilessEntity();
        } catch (RestClientException | IllegalArgumentException failed) {
            throw new OidcAway(address + ": " + describe(failed), failed);
        }
    }

    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    DefaultOAuth2UserService userInfo() {
        DefaultOAuth2UserService users = new DefaultOAuth2UserService();
        RestTemplate rest = new RestTemplate(requests);
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        users.setRestOperations(rest);
        return users;
    }

    /** As Spring's own factory makes them, which has no place for a limit of ours. */
    JwtDecoderFactory<ClientRegistration> idTokens() {
        Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
        return registration -> decoders.computeIfAbsent(registration.getRegistrationId(), id -> decoder(registration));
    }

    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        registration.getProviderDetails().getJwkSetUri())
                .jwsAlgorithms(accepted -> accepted.addAll(signatures(registration)))
                .restOperations(new RestTemplate(requests))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /**
     * What the provider says that it signs with: of the three families with a key of its own, and never nothing or the
     * secret that we share. What says nothing of it signs as the standard demands of all.
     */
    private static Set<SignatureAlgorithm> signatures(ClientRegistration registration) {
        Object said =
                registration.getProviderDetails().getConfigurationMetadata().get(SIGNATURES);
        Set<SignatureAlgorithm> signatures = new LinkedHashSet<>();
        if (said instanceof Collection<?> names) {
            for (SignatureAlgorithm each : SignatureAlgorithm.values()) {
                if (names.contains(each.getName())) {
                    signatures.add(each);
                }
            }
        }
        return signatures.isEmpty() ? Set.of(SignatureAlgorithm.RS256) : signatures;
    }

    /** Why a provider counts as away; empty where it answered, whatever that was. */
    Optional<String> whyAway(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof OidcAway) {
                return Optional.of(cause.getMessage());
            }
            if (cause instanceof IOException
                    || cause instanceof RestClientResponseException answer
                            && answer.getStatusCode().is5xxServerError()) {
                return Optional.of(describe(failed));
            }
        }
        return Optional.empty();
    }

    private String describe(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientResponseException answer) {
                return "it answered with status " + answer.getStatusCode().value();
            }
            if (cause instanceof HttpTimeoutException) {
                return "no answer within " + timeout.toMillis() + " ms";
            }
            if (cause instanceof ConnectException) {
                return "no connection";
            }
            if (cause instanceof SSLException) {
                return "no TLS connection, " + cause.getMessage();
            }
        }
        return "its answer could not be read";
    }
}
