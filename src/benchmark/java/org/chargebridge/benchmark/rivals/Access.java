package org.chargebridge.benchmark.rivals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The headers of every call, with a token fetched once. */
final class Access {

    private Access() {}

    static Map<String, String> headers(String api) throws IOException, InterruptedException {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Ocp-Apim-Subscription-Key", "demo-subscription-key",
                "Merchant-Serial-Number", "123456",
                "Vipps-System-Name", "rival",
                "Vipps-System-Version", "1",
                "Vipps-System-Plugin-Name", "rival",
                "Vipps-System-Plugin-Version", "1"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + "/accesstoken/get"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("client_id", "demo-client-id")
                .header("client_secret", "demo-client-secret");
        headers.forEach(request::header);
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        String token =
                new ObjectMapper().readTree(answer.body()).path("access_token").asText();
        headers.put("Authorization", "Bearer " + token);
        return headers;
    }
}
