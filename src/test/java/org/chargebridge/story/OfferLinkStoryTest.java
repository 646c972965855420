package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an address that was given to a customer leads to: written otherwise, after its agreement ended, and taken back. */
class OfferLinkStoryTest {

    private static final String OUTSIDE = "http://127.0.0.1:1/pay";
    private static final String OFFERS =
            """
            invoice_number;action;customer_number;product_name;amount;interval_unit;initial_amount;initial_transaction_type
            O-1;draft-agreement;C1;Power;499,00;month;49,00;
            O-2;draft-agreement;C2;Power;499,00;month;59,00;RESERVE_CAPTURE
            """;

    @TempDir
    private Path home;

    private Surroundings world;
    private Map<String, String> links;

    @BeforeEach
    void offer() throws Exception {
        Path key = Files.writeString(
                home.resolve("encryption-key"), Base64.getEncoder().encodeToString(new byte[32]));
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .set("chargebridge.public-url", OUTSIDE)
                .set("chargebridge.public-port", "0")
                .set("chargebridge.encryption-key", key.toString())
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .set("chargebridge.channels.visma.redirect-url", "https://www.example.com/thanks")
                .set("chargebridge.channels.visma.agreement-url", "https://www.example.com/agreements")
                .start();
        world.leave("visma", "offers.csv", OFFERS);
        links = Rows.of(world.awaitFile("visma", "receipt-offers-")).by("invoice_number", "confirmation_url");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    /** As a proxy passes it on that has a part of the address for itself. */
    private HttpResponse<String> open(String method, String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(address.replace(OUTSIDE, "http://127.0.0.1:" + world.publicPort())))
                                .header("Accept-Language", "en")
                                .method(method, HttpRequest.BodyPublishers.ofString(""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private String drafted(String number) throws Exception {
        HttpResponse<String> pressed = open("POST", links.get(number));
        assertThat(pressed.statusCode()).as(pressed.body()).isEqualTo(303);
        return pressed.headers().firstValue("Location").orElseThrow().replaceAll(".*(agr_[A-Za-z0-9]+).*", "$1");
    }

    private String state(String number) {
        return world.ledger()
                .sql("select state from draft where external_id = :customer")
                .param("customer", number.replace("O-", "C"))
                .query(String.class)
                .single();
    }

    private Map<String, String> takeBack(String file, String rows) {
        world.leave("visma", file + ".csv", "invoice_number;action;original_invoice_number\n" + rows);
        return Rows.of(world.awaitFile("visma", "receipt-" + file + "-")).by("invoice_number", "answer");
    }

    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-visma-").stream()
                .flatMap(file -> Surroundings.read(file).lines())
                .toList();
    }

    private boolean told(String number, String action, String status) {
        return reported().stream()
                .anyMatch(row -> row.contains(";" + number + ";") && row.contains(";" + action + ";" + status + ";"));
    }

    private void awaitTold(String number, String action, String status) {
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await(number + " " + status + " is told", () -> told(number, action, status));
    }

    @Test
    void isFoundHoweverACustomerOrAMailProgramWritesIt() throws Exception {
        String link = links.get("O-1");
        String capitals = link.replace("/agreements/", "/Agreements/")
                .replace(token(link), token(link).toUpperCase(Locale.ROOT));
        for (String written : List.of(capitals, link + "/", link + ".", link + "%3E", link + ",%20thanks")) {
            for (String method : List.of("GET", "HEAD")) {
                HttpResponse<String> answer = open(method, written);
                assertThat(answer.statusCode()).as(written).isEqualTo(302);
                assertThat(answer.headers().firstValue("Location")).contains(link);
            }
        }
        assertThat(open("GET", link + "?utm_source=mail").statusCode()).isEqualTo(200);
        HttpResponse<String> cut = open("GET", link.substring(0, link.length() - 1));
        assertThat(cut.statusCode()).isEqualTo(404);
        assertThat(cut.body()).contains("not known");
        assertThat(state("O-1")).isEqualTo("OFFERED");
    }

    private static String token(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    @Test
    void saysSoOnceItsAgreementHasEnded() throws Exception {
        world.simulator().customers().accept(drafted("O-1"));
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("it is active", () -> state("O-1").equals("ACTIVE"));
        assertThat(takeBack("end", "W-1;stop-agreement;O-1\n")).containsEntry("W-1", "ACCEPTED");
        world.simulator().advance(Duration.ofMinutes(1));
        Surroundings.await("it has ended", () -> state("O-1").equals("STOPPED"));

        for (String method : List.of("GET", "POST")) {
            assertThat(open(method, links.get("O-1")).body())
                    .contains("not offered any more")
                    .doesNotContain("<button>", "try again", "499");
        }
        awaitTold("W-1", "stop-agreement", "STOPPED");
    }

    @Test
    void leadsNowhereOnceItWasTakenBackHoweverOftenThatIsAsked() throws Exception {
        assertThat(takeBack("back", ";stop-agreement;O-1\nW-9;stop-agreement;O-9\n"))
                .containsEntry("", "ACCEPTED")
                .containsEntry("W-9", "REFUSED");
        world.simulator().advance(Duration.ofMinutes(1));
        Surroundings.await("nothing is offered there", () -> pageOf("O-1").contains("not offered any more"));

        assertThat(open("POST", links.get("O-1")).body()).contains("not offered any more");
        assertThat(state("O-1")).isEqualTo("OFFERED");
        assertThat(takeBack("again", ";stop-agreement;O-1\n")).containsEntry("", "DUPLICATE");
        assertThat(pageOf("O-2")).contains("<button>");
        awaitTold("", "stop-agreement", "STOPPED");
        assertThat(world.simulator().summary().toString()).doesNotContain("draft-agreement 201");
    }

    @Test
    void isToldOnceMoreWhereItsLineComesAgainUnlessItWasTakenBack() {
        takeBack("back", "W-1;stop-agreement;O-1\n");
        Surroundings.await("nothing is offered there", () -> pageOf("O-1").contains("not offered any more"));

        world.leave("visma", "anew.csv", OFFERS + "O-3;draft-agreement;C3;Power;0,50;month;;\n");
        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-anew-"));

        assertThat(receipt.by("invoice_number", "answer"))
                .isEqualTo(Map.of("O-1", "DUPLICATE", "O-2", "DUPLICATE", "O-3", "REFUSED"));
        assertThat(receipt.by("invoice_number", "confirmation_url"))
                .isEqualTo(Map.of("O-1", "", "O-2", links.get("O-2"), "O-3", ""));
    }

    private String pageOf(String number) {
        try {
            return open("GET", links.get(number)).body();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The API lets nobody stop a draft: the customer who was led to it already may still accept, and pays with that. */
    @Test
    void whatACustomerAcceptedMeanwhileIsToldWithWhatWasPaidAndThenStopped() throws Exception {
        String paid = drafted("O-1");
        String reserved = drafted("O-2");
        assertThat(takeBack("back", "W-1;stop-agreement;O-1\nW-2;stop-agreement;O-2\n"))
                .containsEntry("W-1", "ACCEPTED");
        Surroundings.await("nobody else is led there", () -> pageOf("O-1").contains("not offered any more"));
        Surroundings.await("nor there", () -> pageOf("O-2").contains("not offered any more"));
        assertThat(open("POST", links.get("O-1")).statusCode()).isEqualTo(200);

        world.simulator().customers().accept(paid);
        world.simulator().customers().accept(reserved);
        world.simulator().advance(Duration.ofMinutes(11));
        Surroundings.await("it is stopped", () -> state("O-1").equals("STOPPED"));

        awaitTold("O-1", "draft-agreement", "ACTIVE");
        awaitTold("O-1", "draft-agreement", "CHARGED");
        awaitTold("W-1", "stop-agreement", "STOPPED");
        // What is reserved would go back to the customer: a person is asked, as ever.
        awaitTold("W-2", "stop-agreement", "HELD");
        assertThat(reported()).anyMatch(row -> row.contains("STOP_WOULD_RELEASE"));
    }

    @Test
    void whatExpiredAtTheApiAfterItWasTakenBackIsNotOfferedAgain() throws Exception {
        drafted("O-1");
        assertThat(takeBack("back", "W-1;stop-agreement;O-1\n")).containsEntry("W-1", "ACCEPTED");
        Surroundings.await("nobody else is led there", () -> pageOf("O-1").contains("not offered any more"));

        world.simulator().advance(Duration.ofMinutes(11));
        Surroundings.await("its end is seen", () -> state("O-1").equals("EXPIRED"));

        awaitTold("W-1", "stop-agreement", "STOPPED");
        assertThat(open("POST", links.get("O-1")).body()).contains("not offered any more");
        assertThat(state("O-1")).isEqualTo("EXPIRED");
    }
}
