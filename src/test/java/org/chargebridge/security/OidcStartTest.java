package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.chargebridge.Patience;
import org.chargebridge.console.ConsoleGateway;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A gateway that knows its people from a provider alone starts while that is down, and needs no user of its own. */
class OidcStartTest {

    @TempDir
    static Path home;

    private static OidcProvider provider;
    private static Surroundings world;

    @BeforeAll
    static void startWhileTheProviderIsDown() throws Exception {
        provider = new OidcProvider();
        provider.signsWith(
                JWSAlgorithm.RS256,
                JWSAlgorithm.RS384,
                JWSAlgorithm.RS512,
                JWSAlgorithm.PS256,
                JWSAlgorithm.PS384,
                JWSAlgorithm.ES256,
                JWSAlgorithm.ES384,
                JWSAlgorithm.ES512,
                JWSAlgorithm.HS256);
        provider.isDown(true);
        world = new Surroundings(home, "2026-11-02T07:00:00Z");
        String client = "spring.security.oauth2.client.";
        world.set("chargebridge.operator.user", "")
                .set("chargebridge.operator.password", "")
                .set(client + "registration.company.client-id", "chargebridge")
                .set(client + "registration.company.client-secret", "a-secret")
                .set(client + "registration.company.scope", "openid")
                .set(client + "registration.unasked.provider", "company")
                .set(client + "registration.unasked.client-id", "chargebridge")
                .set(client + "registration.unasked.client-secret", "a-secret")
                .set(client + "registration.unasked.scope", "openid")
                .set(client + "registration.slow.provider", "company")
                .set(client + "registration.slow.client-id", "chargebridge")
                .set(client + "registration.slow.client-secret", "a-secret")
                .set(client + "registration.slow.scope", "openid")
                .set(client + "provider.company.issuer-uri", provider.address())
                .set(client + "provider.company.user-name-attribute", "preferred_username")
                .set("chargebridge.oidc.call-timeout", "10s")
                .set("chargebridge.oidc.roles-claim", "resource_access.charge.bridge.roles")
                .set("chargebridge.oidc.roles.viewer", "payments")
                .set("chargebridge.behind-proxy", "true");
        world.channel("visma");
        world.start();
        await().atMost(Patience.LONG).untilAsserted(() -> assertThat(health())
                .contains("company=does not")
                .contains("unasked=does not")
                .contains("status 503")
                .contains(provider.address()));
    }

    @AfterAll
    static void stop() {
        world.close();
        provider.close();
    }

    @BeforeEach
    void inTheGroup() {
        provider.honest();
        provider.says(inTheGroups("charge.bridge", "payments"));
    }

    /** As Keycloak says it, whose clients may have a dot in their name. */
    private static UnaryOperator<JWTClaimsSet.Builder> inTheGroups(String client, String... groups) {
        return claims -> claims.claim("resource_access", Map.of(client, Map.of("roles", List.of(groups))));
    }

    private static String health() {
        return world.bean("oidcHealthIndicator", HealthIndicator.class).health().toString();
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world.webPort() + path));
    }

    private static HttpResponse<String> login(HttpClient browser, String registration) {
        return ConsoleGateway.send(
                browser, at("/oauth2/authorization/" + registration).build());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whoComesWhileItIsDownIsToldAndWhoComesLaterGetsIn(CapturedOutput log) {
        HttpClient browser = ConsoleGateway.newBrowser();
        provider.isDown(true);
        assertThat(login(browser, "unasked").body()).contains("The provider does not answer");
        assertThat(login(browser, "unasked").body()).contains("The provider does not answer");
        // Once, here or at the start already.
        assertThat(log.getAll().lines().filter(line -> line.contains("'unasked' does not answer")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(ConsoleGateway.send(ConsoleGateway.newBrowser(), at("/login").build())
                        .statusCode())
                .isEqualTo(200);

        provider.isDown(false);

        assertThat(login(browser, "unasked").body()).contains("kari@example.com");
    }

    @Test
    void whoComesWhileItSaysNothingOfItselfDoesNotWaitForEver() {
        provider.hangsAt("/.well-known");
        assertThat(login(ConsoleGateway.newBrowser(), "slow").body()).contains("The provider does not answer");
        provider.honest();
        provider.says(inTheGroups("charge.bridge", "payments"));

        assertThat(login(ConsoleGateway.newBrowser(), "slow").body()).contains("kari@example.com");
    }

    @Test
    void theLoginPageNamesTheRegistrationWithoutAskingTheProvider() {
        provider.isDown(true);

        assertThat(ConsoleGateway.send(ConsoleGateway.newBrowser(), at("/login").build())
                        .body())
                .contains("Log in with company");
    }

    @Test
    void rolesAreReadWhereTheSettingSaysAndNowhereElse() {
        for (UnaryOperator<JWTClaimsSet.Builder> elsewhere : List.of(
                inTheGroups("payroll", "payments"),
                inTheGroups("charge", "payments"),
                inTheGroups("charge.bridge", "canteen"),
                claims -> claims.claim("resource_access", "payments"),
                claims -> claims.claim("resource_access", null).claim("roles", List.of("payments")),
                // A claim of just this name is the one that is meant.
                claims -> claims.claim("resource_access.charge.bridge.roles", List.of("canteen")))) {
            provider.says(elsewhere);
            assertThat(login(ConsoleGateway.newBrowser(), "company").body())
                    .contains("nothing it says of you gives you a role here");
            inTheGroup();
        }
        for (UnaryOperator<JWTClaimsSet.Builder> there : List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                claims -> claims,
                claims -> claims.claim(
                        "resource_access", Map.of("charge", Map.of("bridge", Map.of("roles", "payments")))),
                claims -> claims.claim("resource_access", null)
                        .claim("resource_access.charge.bridge.roles", List.of("payments")))) {
            provider.says(there);
            assertThat(login(ConsoleGateway.newBrowser(), "company").body()).contains("kari@example.com");
            inTheGroup();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "ES256", "ES384", "ES512"})
    void aSignatureOfAKindThatTheProviderSaysItUsesIsBelieved(String algorithm) {
        provider.signs(JWSAlgorithm.parse(algorithm));

        assertThat(login(ConsoleGateway.newBrowser(), "company").body()).contains("kari@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS512", "HS256", "none"})
    void oneThatItDoesNotSayOrThatAnybodyCouldMakeLetsNobodyIn(String algorithm) {
        provider.signs(algorithm.equals("none") ? Algorithm.NONE : JWSAlgorithm.parse(algorithm));

        assertThat(login(ConsoleGateway.newBrowser(), "company").body())
                .contains("The login through the provider did not work.");
    }

    @Test
    void aTokenOfAnotherIssuerLetsNobodyIn() {
        provider.says(claims -> claims.issuer("https://another.example.com"));

        assertThat(login(ConsoleGateway.newBrowser(), "company").body())
                .contains("The login through the provider did not work.");
    }

    @Test
    void behindAProxyItLeadsBackToTheProxyOverTls() {
        HttpResponse<String> leaving = ConsoleGateway.send(
                HttpClient.newHttpClient(),
                at("/oauth2/authorization/company")
                        .header("X-Forwarded-Proto", "https")
                        .build());

        assertThat(leaving.statusCode()).isEqualTo(302);
        assertThat(URLDecoder.decode(leaving.headers().firstValue("Location").orElseThrow(), StandardCharsets.UTF_8))
                .contains("redirect_uri=https://127.0.0.1/login/oauth2/code/company");
        assertThat(leaving.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
    }

    @Test
    void behindAProxyAtAnotherPortItLeadsBackToThatPort() {
        HttpResponse<String> leaving = ConsoleGateway.send(
                HttpClient.newHttpClient(),
                at("/oauth2/authorization/company")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Port", "8443")
                        .build());

        assertThat(URLDecoder.decode(leaving.headers().firstValue("Location").orElseThrow(), StandardCharsets.UTF_8))
                .contains("redirect_uri=https://127.0.0.1:8443/login/oauth2/code/company");
    }
}
