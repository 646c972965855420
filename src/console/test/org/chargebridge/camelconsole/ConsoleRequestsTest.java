package org.chargebridge.camelconsole;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Consoles are asked for by their exact id, here and from nowhere else. */
class ConsoleRequestsTest {

    private final ConsoleRequests requests = new ConsoleRequests("/observe");

    private int status(MockHttpServletRequest request) throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();
        requests.doFilter(request, response, chain);
        assertThat(chain.getRequest() == null).isEqualTo(response.getStatus() != 200);
        return response.getStatus();
    }

    private int get(String path) throws ServletException, IOException {
        return status(new MockHttpServletRequest("GET", path));
    }

    @Test
    void everyConsoleOnTheListIsReached() throws Exception {
        for (String id : Consoles.READING) {
            assertThat(get("/observe/camel/" + id)).as(id).isEqualTo(200);
        }
        assertThat(get("/observe/camel")).isEqualTo(200);
        assertThat(get("/observe/hawtio/index.html")).isEqualTo(200);
        assertThat(get("/observe/jolokia/version")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all", "send", "receive", "eval", "reload", "browse", "properties", "route-dump", "message-history",
                "routesend", "send-route", "route,send", "route;send", "route/send", "route/", "route/..", "ROUTE", "",
                "%73end", "route%2fsend", "route%20send", "debug", "system-properties", "bean", "source", "variables"
            })
    void everyOtherIdIsNone(String id) throws Exception {
        assertThat(get("/observe/camel/" + id)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void consolesAreOnlyAskedFor(String method) throws Exception {
        assertThat(status(new MockHttpServletRequest(method, "/observe/camel/route")))
                .isEqualTo(404);
        assertThat(status(new MockHttpServletRequest(method, "/observe/camel"))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "anything"})
    void pagesOfOtherSitesAreRefused(String site) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/observe/jolokia");
        request.addHeader("Sec-Fetch-Site", site);

        assertThat(status(request)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void ownPagesAreNot(String site) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/observe/jolokia");
        request.addHeader("Sec-Fetch-Site", site);

        assertThat(status(request)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://127.0.0.1:8080", "https://127.0.0.1:9876", "null"})
    void pagesOfOtherSitesAreRefusedWhereABrowserNamesOnlyTheOrigin(String origin) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/observe/jolokia");
        request.addHeader("Host", "127.0.0.1:9876");
        request.addHeader("Origin", origin);

        assertThat(status(request)).isEqualTo(403);
    }

    @Test
    void ownPagesAreNotWhereABrowserNamesOnlyTheOrigin() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/observe/jolokia");
        request.addHeader("Host", "127.0.0.1:9876");
        request.addHeader("Origin", "http://127.0.0.1:9876");

        assertThat(status(request)).isEqualTo(200);
    }

    @Test
    void otherMachinesAreRefused() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/observe/camel/route");
        request.setLocalAddr("192.0.2.7");

        assertThat(status(request)).isEqualTo(403);
    }
}
