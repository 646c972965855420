package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A person's name stands in the ID token or in what the provider tells beside it. */
class OidcPeopleTest {

    private HttpServer provider;
    private String userInfo = "{\"sub\": \"u-1\"}";

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        provider.createContext("/userinfo", exchange -> {
            byte[] body = userInfo.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    private OidcUser person(Map<String, Object> token) {
        ClientRegistration company = ClientRegistration.withRegistrationId("company")
                .clientId("chargebridge")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://localhost/login/oauth2/code/company")
                .authorizationUri("http://localhost/authorize")
                .tokenUri("http://localhost/token")
                .userInfoUri("http://127.0.0.1:" + provider.getAddress().getPort() + "/userinfo")
                .userNameAttributeName("preferred_username")
                .scope("openid", "profile")
                .build();
        Instant now = Instant.now();
        OAuth2AccessToken access = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "access", now, now.plusSeconds(300), Set.of("openid", "profile"));
        OidcIdToken id = new OidcIdToken("id", now, now.plusSeconds(300), token);
        OidcStanding standing = new OidcStanding(new OidcProviders(new OAuth2ClientProperties(), null));
        return new OidcPeople(new DefaultOAuth2UserService(), standing)
                .loadUser(new OidcUserRequest(company, access, id));
    }

    @Test
    void theIdTokenAloneMayName() {
        assertThat(person(Map.of("sub", "u-1", "preferred_username", "kari")).getName())
                .isEqualTo("kari");
    }

    @Test
    void theUserInfoAloneMayName() {
        userInfo = "{\"sub\": \"u-1\", \"preferred_username\": \"kari\"}";
        assertThat(person(Map.of("sub", "u-1")).getName()).isEqualTo("kari");
    }

    @Test
    void whomNeitherNamesIsNotLetIn() {
        assertThatThrownBy(() -> person(Map.of("sub", "u-1")))
                .isInstanceOf(OAuth2AuthenticationException.class)
                .hasMessageContaining("sent no name");
    }

    @Test
    void theUserInfoOfSomebodyElseLetsNobodyIn() {
        userInfo = "{\"sub\": \"u-2\", \"preferred_username\": \"ola\"}";
        assertThatThrownBy(() -> person(Map.of("sub", "u-1", "preferred_username", "kari")))
                .isInstanceOf(OAuth2AuthenticationException.class)
                .hasMessageContaining("invalid_user_info_response");
    }

    @Test
    void aUserInfoOfNobodyLetsNobodyIn() {
        userInfo = "{\"preferred_username\": \"ola\"}";
        assertThatThrownBy(() -> person(Map.of("sub", "u-1", "preferred_username", "kari")))
                .isInstanceOf(OAuth2AuthenticationException.class)
                .hasMessageContaining("names no subject");
    }
}
