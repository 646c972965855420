package org.chargebridge.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends webhooks as the API does: signed for the registered address, whatever address they are sent to. */
public final class SignedSender {

    public static final String DATE = "Sat, 21 Nov 2026 08:00:00 GMT";

    private final URI registered;
    private final String secret;
    private final HttpClient client = HttpClient.newHttpClient();

    public SignedSender(URI registered, String secret) {
        this.registered = registered;
        this.secret = secret;
    }

    /** The three headers that a delivery is believed by. */
    public Map<String, String> headers(byte[] body) {
        try {
            String hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
            String text =
                    "POST\n" + registered.getRawPath() + "\n" + DATE + ";" + registered.getRawAuthority() + ";" + hash;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            Map<String, String> headers = new TreeMap<>();
            headers.put("x-ms-date", DATE);
            headers.put("x-ms-content-sha256", hash);
            headers.put(
                    "Authorization",
                    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
            return headers;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delivers a body, signed. */
    public HttpResponse<String> send(int port, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(port, bytes, headers(bytes));
    }

    /** Delivers bytes with headers of any kind. */
    public HttpResponse<String> send(int port, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/webhooks/recurring"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What the API says of a charge; {@code more} begins with a comma. */
    public static String charge(String event, String msn, String chargeId, String more) {
        return ("{\"agreementId\":\"agr_demo0001\",\"chargeId\":\"%s\",\"amount\":10000,\"chargeType\":\"RECURRING\","
                        + "\"eventType\":\"recurring.charge-%s.v1\",\"currency\":\"NOK\","
                        + "\"occurred\":\"2026-12-01T08:00:00.123Z\",\"msn\":\"%s\"%s}")
                .formatted(chargeId, event, msn, more);
    }

    public static String agreement(String event, String msn, String agreementId) {
        return ("{\"agreementId\":\"%s\",\"agreementUUID\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"eventType\":"
                        + "\"recurring.agreement-%s.v1\",\"occurred\":\"2026-12-01T08:00:00Z\",\"actor\":\"USER\","
                        + "\"msn\":\"%s\"}")
                .formatted(agreementId, event, msn);
    }
}
