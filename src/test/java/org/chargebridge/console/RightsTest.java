package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.annotation.Annotation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.chargebridge.security.Allowed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page and every endpoint that there is, without a login, with a wrong one, and with too little rights. */
class RightsTest {

    private record Endpoint(String method, String path, HandlerMethod handler) {

        /** Whether it comes as what changes something does. */
        boolean posts() {
            return !method.equals("GET");
        }

        boolean changes() {
            return posts() && !has(Allowed.ToViewers.class);
        }

        boolean isForAdmins() {
            return has(Allowed.ToAdmins.class);
        }

        boolean has(Class<? extends Annotation> annotation) {
            return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), annotation);
        }

        boolean isRest() {
            return path.startsWith("/operator/");
        }

        /** With something in the place of each variable. */
        String asked() {
            return path.replaceAll("\\{id}", "1").replaceAll("\\{[^}]*}", "x");
        }
    }

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new ConsoleGateway(home).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<Endpoint> endpoints() {
        List<Endpoint> found = new ArrayList<>();
        gateway.world
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getName().startsWith("org.chargebridge.console.")
                            && !ErrorController.class.isAssignableFrom(handler.getBeanType())) {
                        Set<RequestMethod> methods =
                                mapping.getMethodsCondition().getMethods();
                        assertThat(methods).as(handler.toString()).isNotEmpty();
                        methods.forEach(method -> mapping.getPatternValues()
                                .forEach(path -> found.add(new Endpoint(method.name(), path, handler))));
                    }
                });
        assertThat(found).hasSizeGreaterThan(10);
        return found;
    }

    private static HttpResponse<String> asked(Endpoint endpoint, String user, String password) {
        return gateway.rest(user, password, endpoint.method(), endpoint.asked(), endpoint.posts() ? "{}" : "");
    }

    @Test
    void nothingIsShownOrDoneWithoutALogin() {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.path().equals("/login")) {
                continue;
            }
            HttpResponse<String> answer = asked(endpoint, "", "");
            if (endpoint.isRest()) {
                assertThat(answer.statusCode()).as(endpoint.toString()).isEqualTo(401);
            } else if (endpoint.posts()) {
                assertThat(answer.statusCode()).as(endpoint.toString()).isIn(302, 403);
            } else {
                assertThat(answer.statusCode()).as(endpoint.toString()).isEqualTo(302);
                assertThat(answer.headers().firstValue("Location").orElse(""))
                        .as(endpoint.toString())
                        .endsWith("/login");
            }
        }
    }

    @Test
    void aFormOnAnotherSiteCannotUseTheLoginThatABrowserKeeps() {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isRest() && endpoint.changes()) {
                assertThat(gateway.form("the-admin", endpoint.asked(), "reason=forged")
                                .statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(415);
            }
        }
    }

    @Test
    void aProgramIsToldAsAProblemWhatIsMissing() {
        HttpResponse<String> noLogin = gateway.rest("", "GET", "/operator/overview", "");
        HttpResponse<String> noRole = gateway.rest("the-viewer", "POST", "/operator/routes/x/stop", "{}");

        for (HttpResponse<String> answer : List.of(noLogin, noRole)) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(noLogin.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(noRole.body()).contains("has not the role");
    }

    @Test
    void aWrongPasswordIsNoLogin() {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isRest()) {
                assertThat(asked(endpoint, "nobody-" + endpoint.hashCode(), "not the password")
                                .statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void whoMayOnlyLookChangesNothing() {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isRest() && endpoint.changes()) {
                assertThat(asked(endpoint, "the-viewer", ConsoleGateway.PASSWORD)
                                .statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(403);
            } else if (endpoint.changes()) {
                assertThat(gateway.submit("the-viewer", "/", endpoint.asked(), "reason", "because")
                                .statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void everybodyWithARoleMayLook() {
        for (Endpoint endpoint : endpoints()) {
            if (!endpoint.posts() && !endpoint.path().contains("{") && !endpoint.isForAdmins()) {
                assertThat(
                                endpoint.isRest()
                                        ? asked(endpoint, "the-viewer", ConsoleGateway.PASSWORD)
                                                .statusCode()
                                        : gateway.page("the-viewer", endpoint.path())
                                                .statusCode())
                        .as(endpoint.toString())
                        .isIn(200, 400);
            }
        }
    }

    @Test
    void whateverChangesSomethingSaysWhoMay() {
        Set<String> open = new TreeSet<>();
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.posts()
                    && !AnnotatedElementUtils.hasAnnotation(endpoint.handler().getMethod(), PreAuthorize.class)) {
                open.add(endpoint.toString());
            }
        }
        assertThat(open)
                .as("each needs one of the annotations of " + Allowed.class.getName())
                .isEmpty();
    }

    @Test
    void everyEndpointIsDescribed() throws Exception {
        HttpResponse<String> answer = gateway.rest("the-viewer", "GET", "/operator/openapi.json", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode described = new ObjectMapper().readTree(answer.body());
        assertThat(described.at("/info/title").asText()).contains("Chargebridge");
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isRest()) {
                JsonNode operation = described
                        .path("paths")
                        .path(endpoint.path())
                        .path(endpoint.method().toLowerCase(Locale.ROOT));
                assertThat(operation.path("summary").asText())
                        .as(endpoint.toString())
                        .isNotBlank();
                assertThat(operation.path("tags").size())
                        .as(endpoint.toString())
                        .isOne();
            }
        }
    }

    @Test
    void whoMayOnlyLookSearchesAllTheSame() {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.has(Allowed.ToViewers.class)) {
                assertThat(
                                endpoint.isRest()
                                        ? asked(endpoint, "the-viewer", ConsoleGateway.PASSWORD)
                                                .statusCode()
                                        : gateway.submit("the-viewer", "/charges", endpoint.asked())
                                                .statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(200);
            }
        }
        assertThat(ConsoleGateway.send(
                                gateway.browser("the-viewer"),
                                HttpRequest.newBuilder(gateway.at("/charges"))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString("kid=1"))
                                        .build())
                        .statusCode())
                .as("without the token of a form of ours")
                .isEqualTo(403);
    }

    @Test
    void whatIsForAdminsIsForNobodyElse() {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isForAdmins()) {
                for (String user : List.of("the-viewer", "the-operator", "the-approver")) {
                    int status = endpoint.isRest()
                            ? asked(endpoint, user, ConsoleGateway.PASSWORD).statusCode()
                            : endpoint.posts()
                                    ? gateway.submit(user, "/", endpoint.asked(), "reason", "because")
                                            .statusCode()
                                    : gateway.page(user, endpoint.asked()).statusCode();
                    assertThat(status).as(endpoint + " by " + user).isEqualTo(403);
                }
            }
        }
        assertThat(gateway.page("the-admin", "/erase").body()).contains("href=\"/erase\"");
        assertThat(gateway.page("the-operator", "/").body()).doesNotContain("href=\"/erase\"");
        for (String user : List.of("the-operator", "the-approver")) {
            assertThat(gateway.rest(user, "POST", "/operator/erasures", "{}").statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        assertThat(gateway.rest("the-admin", "POST", "/operator/erasures", "{}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFormThatIsNotOursChangesNothing() {
        HttpClient browser = gateway.browser("the-admin");

        HttpResponse<String> answer = ConsoleGateway.send(
                browser,
                HttpRequest.newBuilder(gateway.at("/routes/send-charges/stop"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("reason=forged"))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(gateway.rest("the-viewer", "GET", "/operator/routes", "").body())
                .doesNotContain("STOPPED");
    }

    @Test
    void whoSendsAFormAfterTheSessionEndedIsAskedToLogInAndNotTurnedAway() {
        HttpResponse<String> answer = ConsoleGateway.send(
                ConsoleGateway.newBrowser(),
                HttpRequest.newBuilder(gateway.at("/routes/send-charges/stop"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("_csrf=of-a-session-that-ended&reason=because"))
                        .build());

        assertThat(answer.uri().toString()).endsWith("/login?ended");
        assertThat(answer.body()).contains("nothing was done");
    }

    @Test
    void aPartOfAPageIsNotReplacedByTheLoginWhenTheSessionEnded() {
        HttpResponse<String> answer = ConsoleGateway.send(
                ConsoleGateway.newBrowser(),
                HttpRequest.newBuilder(gateway.at("/bulk-orders/1/progress"))
                        .header("HX-Request", "true")
                        .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Refresh")).contains("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/routes", "/nothing", "/operator/overview", "/operator/docs"})
    void everyAnswerIsGuardedByHeaders(String path) {
        HttpResponse<String> answer = gateway.page("the-viewer", path);

        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains(path.startsWith("/operator") ? "default-src 'none'" : "default-src 'self'")
                        .contains("frame-ancestors 'none'")
                        .contains("base-uri 'none'")
                        .doesNotContain("unsafe"));
    }

    @Test
    void sessionsAreForThisBrowserAlone() {
        HttpClient browser = ConsoleGateway.newBrowser();
        HttpResponse<String> login = ConsoleGateway.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(gateway.at("/login")).build());
        assertThat(login.headers().allValues("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));

        gateway.submit(browser, "/login", "/login", "username", "the-viewer", "password", ConsoleGateway.PASSWORD);
        assertThat(ConsoleGateway.send(
                                browser,
                                HttpRequest.newBuilder(gateway.at("/routes")).build())
                        .body())
                .contains("send-charges");
        gateway.submit(browser, "/", "/logout");
        assertThat(ConsoleGateway.send(
                                browser,
                                HttpRequest.newBuilder(gateway.at("/routes")).build())
                        .uri()
                        .getPath())
                .isEqualTo("/login");
    }

    @Test
    void passwordsCannotBeTriedOut() {
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.rest("the-guessed", "wrong " + i, "GET", "/operator/overview", "")
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> blocked = gateway.rest("the-guessed", "wrong", "GET", "/operator/overview", "");
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).isPresent();

        HttpResponse<String> form = gateway.submit(
                ConsoleGateway.newBrowser(), "/login", "/login", "username", "the-guessed", "password", "wrong");
        assertThat(form.uri().getQuery()).isEqualTo("blocked");
    }
}
