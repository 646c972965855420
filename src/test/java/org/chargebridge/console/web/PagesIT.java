package org.chargebridge.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chargebridge.console.ConsoleGateway;
import org.chargebridge.story.InvoiceFile;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator's pages in a real browser, as each role. Needs Debian's chromium and chromium-driver; where they are not
 * installed it is skipped, and says so.
 */
@EnabledIf(
        value = "aBrowserIsInstalled",
        disabledReason = "No browser: /usr/bin/chromium and /usr/bin/chromedriver (Debian: chromium, chromium-driver)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {

    private static final String DUE = "2026-11-05";

    @TempDir
    static Path home;

    private ConsoleGateway gateway;
    private Browser operator;

    static boolean aBrowserIsInstalled() {
        return Browser.installed().isPresent();
    }

    @BeforeAll
    void aDayOfWork() {
        gateway = new ConsoleGateway(home).start();
        gateway.world.leave(
                "visma",
                "invoices-1.csv",
                new InvoiceFile()
                        .lines("A", 20, DUE)
                        .line("LATE", "agr_demo0101", "120,00", "2026-11-01")
                        .line("NOAGR", "agr_unknown1", "130,00", DUE)
                        .toString());
        gateway.world.leave("visma", "broken.csv", "this;is\nno invoice file at all\n");
        gateway.world.awaitFile("visma", "receipt-invoices-1-");
        Surroundings.await(
                "charges are made", () -> gateway.world.simulator().summary().created() >= 20);
        Surroundings.await(
                "something needs a person", () -> !gateway.rest("the-viewer", "GET", "/operator/deadletters", "")
                        .body()
                        .contains("\"items\":[]"));
        operator = new Browser(gateway.at("/"), "en").login("the-operator", ConsoleGateway.PASSWORD);
    }

    @AfterAll
    void end() {
        if (operator != null) {
            operator.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    /** The pages at the top, and the first of what each lists. */
    private static List<String> pages(Browser browser) {
        browser.open("/");
        List<String> pages = new ArrayList<>(browser.links("header nav a"));
        assertThat(pages).contains("/", "/files", "/charges", "/deadletters", "/routes", "/audit");
        List<String> deeper = new ArrayList<>();
        for (String page : pages) {
            browser.open(page);
            browser.links("#content td a, #content th a").stream()
                    .filter(link -> !link.endsWith("/content"))
                    .findFirst()
                    .ifPresent(deeper::add);
        }
        pages.addAll(deeper);
        pages.add("/files/dry-run");
        return pages.stream().distinct().toList();
    }

    @Test
    void everyPageIsShownToOneWhoMayLookWithoutComplaintsOfTheBrowser() {
        try (Browser viewer = new Browser(gateway.at("/"), "en").login("the-viewer", ConsoleGateway.PASSWORD)) {
            for (String page : pages(viewer)) {
                viewer.open(page);
                assertThat(viewer.title()).as(page).endsWith("Chargebridge").doesNotContain("wrong");
                assertThat(viewer.text()).as(page).doesNotContain("??");
                assertThat(viewer.complaints()).as(page).isEmpty();
                assertThat(viewer.has("#content form[method=post]:not([action='/charges'])"))
                        .as(page + " asks for nothing but what to look for")
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"the-operator", "the-approver", "the-admin"})
    void noPageShutsSomebodyOut(String user) {
        try (Browser browser = new Browser(gateway.at("/"), "en").login(user, ConsoleGateway.PASSWORD)) {
            for (String page : pages(browser)) {
                browser.open(page);
                assertThat(browser.inaccessible()).as(page).isEmpty();
                assertThat(browser.complaints()).as(page).isEmpty();
                browser.width(320);
                assertThat(browser.scrollsSideways()).as(page + " on a phone").isFalse();
                assertThat(browser.inaccessible()).as(page + " on a phone").isEmpty();
                browser.width(1280);
            }
        }
    }

    @Test
    void theDoorShutsNobodyOut() {
        try (Browser nobody = new Browser(gateway.at("/"), "en")) {
            nobody.open("/login");
            assertThat(nobody.inaccessible()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "da", "fi"})
    void everyPageSpeaksTheReadersLanguage(String language) {
        try (Browser reader = new Browser(gateway.at("/"), language).login("the-admin", ConsoleGateway.PASSWORD)) {
            for (String page : pages(reader)) {
                reader.open(page);
                assertThat(reader.run("return document.documentElement.lang")).isEqualTo(language);
                assertThat(reader.text())
                        .as(page)
                        .doesNotContain("??")
                        .doesNotContain("Log out")
                        .contains(Locale.forLanguageTag(language).getDisplayLanguage(Locale.forLanguageTag(language)));
            }
        }
    }

    @Test
    void theFirstPageNamesStatesAndPartsInTheReadersLanguage() {
        try (Browser reader = new Browser(gateway.at("/"), "nb").login("the-viewer", ConsoleGateway.PASSWORD)) {
            reader.open("/");
            reader.await("#today .plot svg");
            assertThat(reader.text())
                    .contains("Nodens klokke", "Leveranser til ERP", "SFTP-server visma")
                    .doesNotContain(
                            "deliveries", "nodeClock", "recurringApi", "diskSpace", "WAITING", "PENDING", "DUE");
        }
    }

    @Test
    void theDescriptionOfTheInterfaceIsReadAndTriedWithNothingFromElsewhere() {
        try (Browser program = new Browser(gateway.at("/"), "en")) {
            // A page whose address holds a password may not ask for anything more.
            program.openAs("the-viewer", ConsoleGateway.PASSWORD, "/operator/openapi.json");
            program.open("/operator/docs");
            program.await(".opblock-summary-path[data-path='/operator/overview']");
            program.click(".opblock-summary-path[data-path='/operator/overview'] a");
            program.await(".opblock.is-open .try-out__btn");
            program.click(".opblock.is-open .try-out__btn");
            program.click(".opblock.is-open .execute");
            program.await(".live-responses-table .response-col_status");

            assertThat(program.text()).contains("Chargebridge for operators").contains("nextReport");
            assertThat(program.complaints()).isEmpty();
            assertThat(program.run("return performance.getEntriesByType('resource')"
                            + ".filter(found => !found.name.startsWith(location.origin) && !found.name.startsWith('data:'))"
                            + ".length"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void picturesOfThePagesAreKept() {
        for (String page : pages(operator)) {
            operator.open(page);
            operator.picture(name(page));
        }
    }

    private static String name(String page) {
        if (page.equals("/")) {
            return "today";
        }
        String first = page.substring(1).replaceAll("/.*", "");
        boolean one = page.indexOf('/', 1) > 0;
        return page.equals("/files/dry-run") ? "dry-run" : first.replaceAll("s$", one ? "" : "s");
    }

    @Test
    void aRouteIsStoppedAndStartedAgain() {
        operator.open("/routes");
        operator.press("a[href='/routes/write-queries.visma']");
        operator.type("reason", "the accountant asked for it");
        operator.press("button.danger");
        assertThat(operator.text()).contains("wanted stopped").contains("the accountant asked for it");
        operator.awaitText("/routes/write-queries.visma", "stopped");

        operator.type("reason", "she is done");
        operator.press("button[formaction$='/start']");
        assertThat(operator.text()).contains("wanted running");
        operator.open("/audit");
        assertThat(operator.text()).contains("stop route").contains("she is done");
    }

    @Test
    void aRouteWithAScheduleIsWokenBeforeIt() {
        operator.open("/routes");
        operator.press("a[href^='/routes/write-status-reports.visma']");
        operator.type("reason", "the accountant is waiting");
        operator.press("button[formaction$='/run']");
        assertThat(operator.text()).contains("runs now");

        operator.open("/audit");
        assertThat(operator.text()).contains("run route").contains("the accountant is waiting");
    }

    @Test
    void aChargeIsFoundWithAllThatHappenedToIt() {
        operator.open("/charges");
        operator.type("customerNumber", "C-A1");
        operator.press("#content form button[type=submit]");
        assertThat(operator.url()).contains("/charges?search=").doesNotContain("A1");
        assertThat(operator.run("return document.querySelector('[name=customerNumber]').value"))
                .isEqualTo("C-A1");
        operator.press("#content tbody a[href^='/charges/']");

        assertThat(operator.path()).startsWith("/charges/");
        assertThat(operator.text()).contains("invoices-1.csv").contains("A1");
        operator.back();
        assertThat(operator.url()).contains("/charges?search=");
        assertThat(operator.text()).contains("C-A1").doesNotContain("C-A2");
    }

    @Test
    void aFileIsTriedAndNothingIsRecorded() throws IOException {
        Path file = Files.writeString(
                home.resolve("try.csv"),
                new InvoiceFile().lines("TRIED", 3, DUE).toString());
        operator.open("/files/dry-run");
        operator.choose("file", file);
        operator.press("#content form button[type=submit]");

        assertThat(operator.text()).contains("TRIED1");
        operator.open("/files");
        assertThat(operator.text()).doesNotContain("try.csv").contains("invoices-1.csv");
    }

    @Test
    void aDeadLetterIsGivenUpWithAReason() {
        operator.open("/deadletters");
        operator.press("#content tbody a");
        String letter = operator.path();
        operator.press("#content a[href$='/discard']");
        operator.type("reason", "sent by mistake");
        operator.press("#content form button[type=submit]");

        assertThat(operator.path()).isEqualTo(letter);
        assertThat(operator.text()).contains("sent by mistake");
        operator.open(letter);
        assertThat(operator.has("#content a[href$='/discard']")).isFalse();
    }

    @Test
    void theChainOfTheAuditTrailIsChecked() {
        operator.open("/audit");
        operator.press("button[name=verify]");
        assertThat(operator.text()).contains("Nothing was changed");
    }

    @Test
    void aWrongPasswordIsToldAndLetsNobodyIn() {
        try (Browser stranger = new Browser(gateway.at("/"), "en").login("stranger", "wrong")) {
            assertThat(stranger.path()).isEqualTo("/login");
            assertThat(stranger.text()).contains("The user or the password is wrong.");
            stranger.open("/routes");
            assertThat(stranger.path()).isEqualTo("/login");
        }
    }
}
