package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.chargebridge.console.ConsoleGateway;
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

/** People whom an OpenID Connect provider vouches for may do what its groups say, and nothing else. */
class OidcLoginTest {

    private static final String REFUSED = "The login through the provider did not work.";
    private static final String NO_ROLE = "nothing it says of you gives you a role here";
    private static final String AWAY = "The provider does not answer";

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
                .set("chargebridge.oidc.call-timeout", "15s")
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
        provider.honest();
    }

    private static double counted(String why) {
        return gateway.world
                .bean("prometheusMeterRegistry", MeterRegistry.class)
                .counter("chargebridge.oidc.refusals", "outcome", why)
                .count();
    }

    private static String health() {
        return gateway.world
                .bean("oidcHealthIndicator", HealthIndicator.class)
                .health()
                .toString();
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
    @ExtendWith(OutputCaptureExtension.class)
    void whoIsInNoGroupOfOursIsToldSoAndSeesNothing(CapturedOutput log) {
        provider.groups("canteen");
        HttpClient browser = ConsoleGateway.newBrowser();
        double before = counted("no-role");

        assertThat(login(browser).body())
                .contains(NO_ROLE)
                .doesNotContain("kari")
                .doesNotContain("canteen");

        for (String path : new String[] {"/", "/routes", "/charges", "/audit"}) {
            HttpResponse<String> page = get(browser, path);
            assertThat(page.uri().getPath()).as(path).isEqualTo("/login");
            assertThat(page.body()).as(path).doesNotContain("send-charges").doesNotContain("visma");
        }
        gateway.submit(browser, "/login", "/routes/send-charges/stop", "reason", "lunch");
        assertThat(gateway.rest("the-viewer", "GET", "/operator/routes", "").body())
                .doesNotContain("lunch");
        assertThat(counted("no-role")).isEqualTo(before + 1);
        assertThat(log.getAll().lines().filter(line -> line.contains("no_role")))
                .hasSize(1);
        assertThat(log).doesNotContain("kari").doesNotContain("canteen");
    }

    @Test
    void oneGroupAloneMayComeWithoutAList() {
        provider.says(claims -> claims.claim("groups", "payments"));
        HttpClient browser = ConsoleGateway.newBrowser();

        assertThat(login(browser).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoGroupInTheListOfGroupsHarmsNoOther() {
        provider.groups(null, 17, true, Map.of("id", 4, "name", "x"), List.of("y"), "payments");
        assertThat(login(ConsoleGateway.newBrowser()).body()).contains("kari@example.com");

        provider.groups((Object) null);
        assertThat(login(ConsoleGateway.newBrowser()).body()).contains(NO_ROLE);
        provider.groups(Map.of("name", "payments"), List.of("payments"));
        assertThat(login(ConsoleGateway.newBrowser()).body()).contains(NO_ROLE);
        provider.says(claims -> claims.claim("groups", Map.of("payments", "payments")));
        assertThat(login(ConsoleGateway.newBrowser()).body()).contains(NO_ROLE);
    }

    static Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies() {
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = new TreeMap<>();
        lies.put("the nonce of another login", claims -> claims.claim("nonce", "another"));
        lies.put("no nonce", claims -> claims.claim("nonce", null));
        lies.put("for another client", claims -> claims.audience("payroll"));
        lies.put("run out", claims -> claims.issueTime(ago(900)).expirationTime(ago(600)));
        lies.put("without a name", claims -> claims.claim("preferred_username", null));
        lies.put("with a blank name", claims -> claims.claim("preferred_username", " "));
        lies.put("with a name of two lines", claims -> claims.claim("preferred_username", "kari\nadmin"));
        return lies;
    }

    private static Date ago(int seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the nonce of another login",
                "no nonce",
                "for another client",
                "run out",
                "without a name",
                "with a blank name",
                "with a name of two lines"
            })
    void aTokenThatIsNotForThisLoginLetsNobodyIn(String lie) {
        provider.groups("payments");
        provider.says(lies().get(lie));

        refused(ConsoleGateway.newBrowser());
    }

    @Test
    void aTokenThatSomebodyElseSignedLetsNobodyIn() {
        provider.groups("payments");
        provider.forges(true);

        refused(ConsoleGateway.newBrowser());
    }

    @Test
    void aProviderThatWasNotAskedWhatItSignsWithIsBelievedForWhatAllHaveToUseAlone() {
        provider.groups("payments");
        provider.signs(JWSAlgorithm.ES256);

        refused(ConsoleGateway.newBrowser());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/keys"})
    @ExtendWith(OutputCaptureExtension.class)
    void aProviderThatIsDownLetsNobodyInAndTheLogSaysSoOnceWithoutItsAnswer(String failing, CapturedOutput log) {
        provider.groups("payments");
        // Its keys are asked for again when a token names one that is not known.
        provider.signsWithANewKey();
        provider.failsAt(failing);
        double before = counted("away");
        HttpClient browser = ConsoleGateway.newBrowser();

        assertThat(login(browser).body()).contains(AWAY);
        assertThat(login(browser).body()).contains(AWAY);

        assertThat(get(browser, "/routes").uri().getPath()).isEqualTo("/login");
        assertThat(counted("away")).isEqualTo(before + 2);
        assertThat(log.getAll().lines().filter(line -> line.contains("does not answer")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("status 503");
        assertThat(log).doesNotContain("an-access-token").doesNotContain("kari");
        assertThat(health()).contains("does not answer");
        assertThat(gateway.submit(
                                ConsoleGateway.newBrowser(),
                                "/login",
                                "/login",
                                "username",
                                "the-viewer",
                                "password",
                                ConsoleGateway.PASSWORD)
                        .body())
                .as("a user of ours")
                .contains("the-viewer");

        provider.honest();
        provider.groups("payments");

        assertThat(login(browser).body()).contains("kari@example.com");
        assertThat(log).contains("answers again");
        assertThat(health()).doesNotContain("does not answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/keys"})
    @ExtendWith(OutputCaptureExtension.class)
    void aProviderThatSaysNothingIsWaitedForNoLongerThanTheSettingsSay(String hanging, CapturedOutput log) {
        provider.groups("payments");
        provider.signsWithANewKey();
        provider.hangsAt(hanging);

        assertThat(login(ConsoleGateway.newBrowser()).body()).contains(AWAY);

        assertThat(log).contains("no answer within 15000 ms");
        provider.honest();
        provider.groups("payments");
        assertThat(login(ConsoleGateway.newBrowser()).body()).contains("kari@example.com");
    }

    @Test
    void itIsToldInTheLanguageOfTheReader() {
        Map<String, String> told = Map.of(
                "nb", "Leverandøren kjenner deg", "da", "Udbyderen kender dig", "fi", "Palveluntarjoaja tuntee sinut");
        told.forEach((language, text) -> assertThat(
                        get(ConsoleGateway.newBrowser(), "/login?oidc=no-role&language=" + language)
                                .body())
                .contains(text));
        assertThat(get(ConsoleGateway.newBrowser(), "/login?oidc=%3Cb%3E").body())
                .doesNotContain("<b>")
                .doesNotContain("??");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whatTheProviderSaysOfThePersonStaysOutOfTheLog(CapturedOutput log) {
        HttpClient browser = ConsoleGateway.newBrowser();
        provider.refusesWith("access_denied&error_description=kari%0Aadmin");

        assertThat(login(browser).body()).contains(REFUSED);
        assertThat(log).contains("access_denied").doesNotContain("kari");
    }

    @Test
    void anAnswerThatNobodyAskedForLetsNobodyIn() {
        HttpResponse<String> page =
                get(ConsoleGateway.newBrowser(), "/login/oauth2/code/company?code=a-code&state=guessed");

        assertThat(page.body()).contains("This login was begun too long ago");
    }

    @Test
    void theCookieOfTheSessionComesBackFromTheProvider() {
        HttpResponse<String> leaving = ConsoleGateway.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(gateway.at("/oauth2/authorization/company"))
                        .build());

        assertThat(leaving.statusCode()).isEqualTo(302);
        // With Strict a browser would not send it with the redirection from another site, and no login would end well.
        assertThat(leaving.headers().firstValue("Set-Cookie").orElseThrow()).contains("SameSite=Lax", "HttpOnly");
    }

    private static void refused(HttpClient browser) {
        assertThat(login(browser).body()).contains(REFUSED);
        assertThat(get(browser, "/routes").uri().getPath()).isEqualTo("/login");
    }
}
