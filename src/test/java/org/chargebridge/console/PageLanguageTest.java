package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changing the language of a page shows the same page. */
class PageLanguageTest {

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

    @Test
    void whatAListIsFilteredByStays() {
        assertThat(gateway.page("the-viewer", "/deadletters?state=any&orderId=visma-%3C1&language=nb")
                        .body())
                .contains("<input type=\"hidden\" name=\"state\" value=\"any\">")
                .contains("<input type=\"hidden\" name=\"orderId\" value=\"visma-&lt;1\">")
                .doesNotContain("<input type=\"hidden\" name=\"language\"");
    }

    @Test
    void whomSomebodyWroteOfInAFormIsNotPutIntoAnAddress() {
        HttpResponse<String> preview = gateway.submit(
                "the-admin", "/erase", "/erase/preview", "by", "CUSTOMER_NUMBER", "value", "4711", "channel", "visma");
        assertThat(preview.body()).doesNotContain("<input type=\"hidden\" name=\"value\"");

        HttpResponse<String> again = gateway.page("the-admin", "/erase/preview?language=fi");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("lang=\"fi\"");
    }
}
