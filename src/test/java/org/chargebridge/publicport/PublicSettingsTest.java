package org.chargebridge.publicport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.SettingProblem;
import org.junit.jupiter.api.Test;

class PublicSettingsTest {

    private static PublicSettings at(String url) {
        return new PublicSettings(Optional.of(URI.create(url)), 8081, "");
    }

    private static String problem(String url, boolean apiIsHere) {
        return at(url).problems(apiIsHere, Set.of(8080, 9876)).stream()
                .map(SettingProblem::line)
                .findFirst()
                .orElse("");
    }

    @Test
    void anHttpsAddressOnACommonPortIsGood() {
        assertThat(problem("https://payments.example.com", false)).isEmpty();
        assertThat(problem("https://payments.example.com/", false)).isEmpty();
        assertThat(problem("https://example.com:8080/gateway", false)).isEmpty();
    }

    /** A signature holds the host as the sender writes it, not as it was set. */
    @Test
    void theAddressIsWrittenAsCallersWriteIt() {
        assertThat(at("https://Payments.Example.com:443/Gate/").address("/x"))
                .isEqualTo(URI.create("https://payments.example.com/Gate/x"));
        assertThat(at("https://payments.example.com:8080").address("/x"))
                .isEqualTo(URI.create("https://payments.example.com:8080/x"));
    }

    @Test
    void anotherAddressIsRefusedWithItsReason() {
        assertThat(problem("http://payments.example.com", false))
                .isEqualTo(
                        "chargebridge.public-url = http://payments.example.com: is not https, and the API delivers to"
                                + " no other address. Write it like https://payments.example.com, or remove the line.");
        assertThat(problem("https://payments.example.com:8443", false)).contains("only 443 and 8080");
        assertThat(problem("https://payments.example.com?a=b", false)).contains("holds more than");
        assertThat(problem("https://user:word@payments.example.com", false))
                .contains("//***@payments")
                .doesNotContain("word@");
        assertThat(problem("payments.example.com", false)).contains("names no host");
    }

    @Test
    void thisMachineIsAllowedOnlyWhereTheApiIsThisMachine() {
        assertThat(problem("http://127.0.0.1:8081", true)).isEmpty();
        assertThat(problem("http://localhost:1234/x", true)).isEmpty();
        assertThat(problem("http://127.0.0.1:8081", false)).contains("which nobody outside reaches");
        assertThat(problem("http://payments.example.com", true)).contains("is not https");
    }

    @Test
    void thePublicPortIsOneOfItsOwn() {
        assertThat(at("https://payments.example.com").problems(false, Set.of(8081)))
                .extracting(SettingProblem::line)
                .containsExactly("chargebridge.public-port = 8081: is server.port or management.server.port, too. Set a"
                        + " port of its own: what is reached from outside must not reach the rest.");
        assertThat(new PublicSettings(Optional.empty(), 8080, "").problems(false, Set.of(8080)))
                .isEmpty();
    }

    @Test
    void aPathIsReachedBelowTheAddress() {
        assertThat(at("https://example.com/gateway/").address("/webhooks/recurring"))
                .hasToString("https://example.com/gateway/webhooks/recurring");
    }
}
