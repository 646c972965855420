package org.chargebridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /** The example of the API's own documentation. */
    private static final String SECRET =
            "A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==";

    private static final URI URL = URI.create("https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63");
    private static final byte[] BODY =
            bytes("{\"some-unique-content\":\"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world\"}");
    private static final String DATE = "Thu, 30 Mar 2023 08:38:32 GMT";
    private static final String HASH = "lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=";
    private static final String SCHEME = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
    private static final String AUTHORIZATION = SCHEME + "agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean holds(String date, String hash, String authorization, byte[] body) {
        return new WebhookSignature(date, hash, authorization).isOf(SECRET, URL, body);
    }

    @Test
    void theDocumentedExampleHolds() {
        assertThat(holds(DATE, HASH, AUTHORIZATION, BODY)).isTrue();
    }

    @Test
    void nothingThatIsSignedCanBeChanged() {
        assertThat(holds("Thu, 30 Mar 2023 08:38:33 GMT", HASH, AUTHORIZATION, BODY))
                .isFalse();
        assertThat(holds(DATE, HASH.replace('l', 'm'), AUTHORIZATION, BODY)).isFalse();
        assertThat(holds(DATE, HASH, AUTHORIZATION.replace("agAi", "agAj"), BODY))
                .isFalse();
        assertThat(holds(DATE, HASH, AUTHORIZATION, bytes("{}"))).isFalse();
        assertThat(holds("", "", "", BODY)).isFalse();
        WebhookSignature signature = new WebhookSignature(DATE, HASH, AUTHORIZATION);
        assertThat(signature.isOf(SECRET + " ", URL, BODY)).isFalse();
        assertThat(signature.isOf(SECRET, URI.create(URL + "x"), BODY)).isFalse();
        assertThat(signature.isOf(SECRET, URI.create(URL.toString().replace("site", "example")), BODY))
                .isFalse();
    }

    @Test
    void hostPathAndQueryAreTheRegisteredOnes() {
        URI url = URI.create("https://payments.example.com:8080/gateway/webhooks/recurring");
        Map<String, String> headers = new SignedSender(url, "s").headers(BODY);
        WebhookSignature signature = new WebhookSignature(
                headers.get("x-ms-date"), headers.get("x-ms-content-sha256"), headers.get("Authorization"));

        assertThat(signature.isOf("s", url, BODY)).isTrue();
        assertThat(signature.isOf("s", URI.create("https://payments.example.com:8080/webhooks/recurring"), BODY))
                .isFalse();
    }
}
