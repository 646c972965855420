package org.chargebridge.route;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.chargebridge.console.web.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Hawtio in a real browser. Where none is installed it is skipped, and says so. */
@EnabledIf(
        value = "aBrowserIsInstalled",
        disabledReason = "No browser: /usr/bin/chromium and /usr/bin/chromedriver (Debian: chromium, chromium-driver)")
class HawtioIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ROUTE = "check-invariants";

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static String home;
    private static Browser browser;

    static boolean aBrowserIsInstalled() {
        return Browser.installed().isPresent();
    }

    @BeforeAll
    static void open() throws IOException {
        home = System.setProperty("user.home", folder.toString());
        gateway = new RunningGateway(folder, "fetch-invoices", "on-failure", ROUTE);
        gateway.settings.put("spring.profiles.active", "console");
        gateway.start();
        String port = gateway.context().getEnvironment().getProperty("local.management.port");
        browser = new Browser(URI.create("http://127.0.0.1:" + port), "en");
        // Once with the login, which the browser keeps: a page may not ask for more under such an address.
        browser.open("http://operator:correct%20horse%20battery@127.0.0.1:" + port + "/observe/hawtio/index.html");
        browser.open("/observe/hawtio/index.html");
        browser.awaitWords("Camel");
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        gateway.close();
        System.setProperty("user.home", home);
    }

    @Test
    void routesAreDrawn() {
        browser.open("/observe/hawtio/camel");
        browser.pressWords("routes");
        browser.pressWords(ROUTE);
        browser.pressWords("Route Diagram");
        browser.awaitWords("check-all");
        browser.picture("hawtio-route-diagram");
    }

    @Test
    void routesAreStoppedAndStartedOnThisNode() {
        RouteOrders orders = gateway.bean(RouteOrders.class);
        browser.open("/observe/hawtio/camel");
        browser.pressWords("routes");
        browser.pressDrawn("//tr[td[normalize-space(.)='" + ROUTE + "']]//input[@type='checkbox']");
        browser.pressWords("Stop");
        await().atMost(SOON).until(() -> orders.of(ROUTE).orElseThrow().actual() == RouteStanding.Actual.STOPPED);

        browser.pressWords("Start");
        await().atMost(SOON).until(() -> orders.of(ROUTE).orElseThrow().actual() == RouteStanding.Actual.RUNNING);
    }
}
