package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RecurringApiSimulator;

/** Another system of the same merchant, which charges at the same API. */
final class Elsewhere {

    /** One charge of it; the amount in minor units. */
    record Charge(String agreementId, String orderId, int amount, String due, String transactionType) {}

    private final URI api;
    private final String token;

    Elsewhere(RecurringApiSimulator simulator) {
        this.api = simulator.baseUri();
        this.token = send(HttpRequest.newBuilder(api.resolve("/accesstoken/get"))
                        .header("client_id", Merchant.DEMO.clientId())
                        .header("client_secret", Merchant.DEMO.clientSecret())
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .replaceAll("(?s).*\"access_token\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    void charge(List<Charge> charges) {
        String body = charges.stream()
                .map(charge -> "{\"agreementId\":\"" + charge.agreementId() + "\",\"amount\":" + charge.amount()
                        + ",\"transactionType\":\"" + charge.transactionType() + "\",\"description\":\"old\",\"due\":\""
                        + charge.due() + "\",\"retryDays\":0,\"orderId\":\"" + charge.orderId() + "\"}")
                .toList()
                .toString();
        send(HttpRequest.newBuilder(api.resolve("/recurring/v3/agreements/charges"))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "elsewhere " + charges.get(0).orderId())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            request.header("Ocp-Apim-Subscription-Key", Merchant.DEMO.subscriptionKey())
                                    .header("Vipps-System-Name", "elsewhere")
                                    .header("Vipps-System-Version", "1")
                                    .header("Vipps-System-Plugin-Name", "elsewhere")
                                    .header("Vipps-System-Plugin-Version", "1")
                                    .header("Merchant-Serial-Number", Merchant.DEMO.msn())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
