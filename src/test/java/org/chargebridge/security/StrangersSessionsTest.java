package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.chargebridge.console.ConsoleGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** However often the page is asked for without a login, that fills no memory and ends nobody's session who has logged in. */
@ExtendWith(OutputCaptureExtension.class)
class StrangersSessionsTest {

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

    private static HttpRequest page(String path) {
        return HttpRequest.newBuilder(gateway.at(path)).build();
    }

    private static String session(HttpClient browser) {
        ConsoleGateway.send(browser, page("/login"));
        return ((CookieManager) browser.cookieHandler().orElseThrow())
                .getCookieStore()
                .getCookies()
                .toString();
    }

    @Test
    void onlyTheNewestAreKept(CapturedOutput output) {
        HttpClient browser = gateway.browser("the-viewer");
        HttpClient forgotten = ConsoleGateway.newBrowser();
        String before = session(forgotten);
        HttpClient stranger = HttpClient.newHttpClient();

        for (int i = 0; i < StrangersSessions.MOST; i++) {
            ConsoleGateway.send(stranger, page("/login"));
        }

        String after = session(forgotten);
        assertThat(after).isNotEqualTo(before);
        assertThat(session(forgotten)).isEqualTo(after);
        assertThat(ConsoleGateway.send(browser, page("/files")).statusCode()).isEqualTo(200);
        assertThat(output).containsOnlyOnce("the oldest are ended");
    }
}
