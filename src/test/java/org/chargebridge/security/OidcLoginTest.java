package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.chargebridge.console.ConsoleGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People whom an OpenID Connect provider vouches for may do what its groups say, and nothing else. */
class OidcLoginTest {

    @TempDir
    static Path home;

    private static OidcProvider provider;
    private static ConsoleGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new OidcProvider();
        gateway = new ConsoleGateway(home);
        String client = "spring.security.oauth2.client.";
        gateway.world
                .set(client + "registration.company.client-id", "chargebridge")
                .set(client + "registration.company.client-secret", "a-secret")
                .set(client + "registration.company.client-name", "Our company")
                .set(client + "registration.company.scope", "openid")
                .set(client + "registration.company.authorization-grant-type", "authorization_code")
                .set(client + "registration.company.redirect-uri", "{baseUrl}/login/oauth2/code/{registrationId}")
                .set(client + "provider.company.authorization-uri", provider.address() + "/authorize")
                .set(client + "provider.company.token-uri", provider.address() + "/token")
                .set(client + "provider.company.jwk-set-uri", provider.address() + "/keys")
                .set(client + "provider.company.user-name-attribute", "preferred_username")
                .set("chargebridge.oidc.roles-claim", "groups")
                .set("chargebridge.oidc.roles.operator", "payments");
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void anHonestProvider() {
        provider.forges(false);
    }

    private static HttpResponse<String> login(HttpClient browser) {
        return ConsoleGateway.send(
                browser,
                HttpRequest.newBuilder(gateway.at("/oauth2/authorization/company"))
                        .build());
    }

    private static HttpResponse<String> get(HttpClient browser, String path) {
        return ConsoleGateway.send(
                browser, HttpRequest.newBuilder(gateway.at(path)).build());
    }

    @Test
    void theLoginPageLeadsToTheProvider() {
        assertThat(get(ConsoleGateway.newBrowser(), "/login").body())
                .contains("Log in with Our company")
                .contains("/oauth2/authorization/company");
    }

    @Test
    void whoIsInTheGroupDecidesUnderTheirOwnName() {
        provider.groups("payments", "canteen");
        HttpClient browser = ConsoleGateway.newBrowser();

        assertThat(login(browser).body()).contains("kari@example.com");
        HttpResponse<String> stopped = gateway.submit(
                browser, "/routes/write-queries.visma", "/routes/write-queries.visma/stop", "reason", "audit");

        assertThat(stopped.body()).contains("wanted stopped");
        assertThat(gateway.rest("the-viewer", "GET", "/operator/audit", "").body())
                .contains("\"actor\":\"kari@example.com\"");
    }

    @Test
    void whoIsInNoGroupOfOursSeesNothing() {
        provider.groups("canteen");
        HttpClient browser = ConsoleGateway.newBrowser();
        login(browser);

        for (String path : new String[] {"/", "/routes", "/charges", "/audit"}) {
            HttpResponse<String> page = get(browser, path);
            assertThat(page.statusCode()).as(path).isEqualTo(403);
            assertThat(page.body()).as(path).doesNotContain("send-charges").doesNotContain("visma");
        }
    }

    @Test
    void aTokenThatSomebodyElseSignedLetsNobodyIn() {
        provider.groups("payments");
        provider.forges(true);
        HttpClient browser = ConsoleGateway.newBrowser();
        login(browser);

        assertThat(get(browser, "/routes").uri().getPath()).isEqualTo("/login");
    }
}
