package org.chargebridge.story;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who decides about dead letters. */
record Operator(Surroundings world) {

    /** Decides about the oldest operation that is held; gives the answer. */
    String decide(String decision) {
        long id = world.ledger()
                .sql("select id from dead_letter where kind = 'OPERATION' and state = 'OPEN' order by id limit 1")
                .query(Long.class)
                .single();
        String password =
                Base64.getEncoder().encodeToString("operator:operator-password".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + world.managementPort() + "/observe/deadletters/" + id + "/" + decision))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + password)
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"as agreed\"}"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
