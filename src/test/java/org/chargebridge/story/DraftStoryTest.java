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
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Agreements are offered by file, accepted by customers, and then charged by customer number. */
class DraftStoryTest {

    private static final String HEADER =
            "invoice_number;action;customer_number;product_name;amount;interval_unit;description\n";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() throws Exception {
        Path key = Files.writeString(
                home.resolve("encryption-key"), Base64.getEncoder().encodeToString(new byte[32]));
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .set("chargebridge.public-url", "http://127.0.0.1:1")
                .set("chargebridge.public-port", "0")
                .set("chargebridge.encryption-key", key.toString())
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .set("chargebridge.channels.visma.redirect-url", "https://www.example.com/thanks")
                .set("chargebridge.channels.visma.agreement-url", "https://www.example.com/agreements")
                .set("chargebridge.channels.visma.seller-name", "Kari's Strøm & Co");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private HttpResponse<String> open(String method, String address, String language) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address.replace(
                                        "http://127.0.0.1:1", "http://127.0.0.1:" + world.publicPort())))
                                .header("Accept-Language", language)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .method(method, HttpRequest.BodyPublishers.ofString(""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private long drafted() {
        return world.ledger()
                .sql("select count(*) from draft where agreement_id is not null")
                .query(Long.class)
                .single();
    }

    private static String agreementOf(String confirmation) {
        return confirmation.replaceAll(".*(agr_[A-Za-z0-9]+).*", "$1");
    }

    @Test
    void aCustomerOpensTheLinkPressesTheButtonAcceptsAndIsCharged() throws Exception {
        world.start();
        world.leave("visma", "offers.csv", HEADER + "O-1;draft-agreement;C1;Strøm <fast>;499,00;month;\n");
        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-offers-"));
        String link = receipt.by("invoice_number", "confirmation_url").get("O-1");
        assertThat(link).matches("http://127\\.0\\.0\\.1:1/agreements/[0-9a-f]{32}");

        for (int scanned = 0; scanned < 3; scanned++) {
            HttpResponse<String> page = open("GET", link, "nn-NO,en;q=0.5");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(
                            "Kari&#39;s Strøm &amp; Co tilbyr deg", "Strøm &lt;fast&gt;", "Pris: 499,00", "hver måned")
                    .contains("<button>");
            assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        }
        // What looks whether a link leads anywhere asks for its head alone.
        HttpResponse<String> head = open("HEAD", link, "en");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(drafted()).isZero();
        assertThat(open("GET", link, "fi").body()).contains("Jatka Vipps MobilePayhin");
        assertThat(open("GET", link.substring(0, link.length() - 4) + "0000", "da")
                        .statusCode())
                .isEqualTo(404);

        HttpResponse<String> pressed = open("POST", link, "en");
        assertThat(pressed.statusCode()).as(pressed.body()).isEqualTo(303);
        String confirmation = pressed.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> again = open("POST", link, "en");
        assertThat(again.headers().firstValue("Location")).contains(confirmation);

        // Ten minutes later the draft is no more; the same address offers a new one.
        world.simulator().advance(Duration.ofMinutes(11));
        Surroundings.await("its end is seen", () -> state().equals("EXPIRED"));
        HttpResponse<String> anew = open("POST", link, "en");
        assertThat(anew.statusCode()).isEqualTo(303);
        String second = anew.headers().firstValue("Location").orElseThrow();
        assertThat(second).isNotEqualTo(confirmation);
        world.simulator().customers().accept(agreementOf(second));
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("it is active", () -> state().equals("ACTIVE"));
        assertThat(open("POST", link, "en").body()).contains("active already").doesNotContain("<button>");

        assertThat(Rows.of(world.awaitFile("visma", "receipt-agreements-accepted-"))
                        .by("customer_number", "answer"))
                .containsEntry("C1", "ACCEPTED");
        world.leave(
                "visma", "invoices.csv", "invoice_number;customer_number;amount;due_date\nI-1;C1;499,00;2026-11-09\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-invoices-")).by("invoice_number", "agreement_id"))
                .containsEntry("I-1", agreementOf(second));
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("the reports tell it of each", () -> reported()
                .containsAll(List.of(agreementOf(confirmation) + " EXPIRED", agreementOf(second) + " ACTIVE")));
    }

    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-visma-").stream()
                .flatMap(file -> Rows.of(Surroundings.read(file)).lines().stream())
                .filter(row -> row.getField("invoice_number").equals("O-1"))
                .map(row -> row.getField("agreement_id") + " " + row.getField("status"))
                .toList();
    }

    private String state() {
        return world.ledger().sql("select state from draft").query(String.class).single();
    }

    @Test
    void whatTheErpPassesOnItselfIsDraftedAtOnceAndOnceEvenIfTheAnswerIsLost() {
        world.set("chargebridge.channels.visma.draft", "direct").start();
        world.simulator().addFaults(List.of(FaultRule.of("draft-agreement", FaultKind.DROP_AFTER)));
        world.leave(
                "visma",
                "offers.csv",
                HEADER
                        + "O-1;draft-agreement;C1;Strøm;499,00;month;\n"
                        + "O-2;draft-agreement;C2;Strøm;499,00;month;\n"
                        + "O-3;draft-agreement;C3;;499,00;month;\n");
        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-offers-"));
        assertThat(receipt.by("invoice_number", "reason_code")).containsEntry("O-3", "FIELD_MISSING");
        assertThat(receipt.by("invoice_number", "confirmation_url")).containsEntry("O-1", "");
        Surroundings.await("one is drafted", () -> drafted() == 1);
        world.simulator().advance(Duration.ofMinutes(1));
        Surroundings.await("the other is found", () -> drafted() == 2);
        assertThat(world.ledger()
                        .sql("select max(number) from draft")
                        .query(Integer.class)
                        .single())
                .isOne();
        world.simulator().advance(Duration.ofSeconds(30));
        Surroundings.await(
                "both are told",
                () -> Surroundings.files(world.in("visma"), "drafts-offers-").stream()
                                .mapToLong(file -> Surroundings.read(file)
                                        .lines()
                                        .filter(line -> line.contains(";PENDING;"))
                                        .count())
                                .sum()
                        == 2);
        world.leave("visma", "again.csv", HEADER + "O-1;draft-agreement;C1;Strøm;499,00;month;\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-again-")).by("invoice_number", "answer"))
                .containsEntry("O-1", "DUPLICATE");
    }

    /** There is no charge to try with whether the unit is answered again. */
    @Test
    void aSalesUnitThatADraftHaltedGoesOnByItself() {
        world.set("chargebridge.channels.visma.draft", "direct").start();
        world.simulator().addFaults(List.of(barred("draft-agreement"), barred("list-agreements")));
        world.leave("visma", "offers.csv", HEADER + "O-1;draft-agreement;C1;Fast;499,00;month;\n");
        Surroundings.await("it halts", () -> halted() == 1);
        Surroundings.await("it waits", () -> nextProbes() == 1);
        world.simulator().advance(Duration.ofMinutes(16));
        Surroundings.await("it was tried", () -> nextProbes() == 1);
        assertThat(halted()).isEqualTo(1);

        world.simulator().clearFaults();
        world.simulator().advance(Duration.ofMinutes(16));

        Surroundings.await("it goes on", () -> drafted() == 1);
        assertThat(halted()).isZero();
    }

    private static FaultRule barred(String operation) {
        return FaultRule.status(operation, 403)
                .withTimes(0)
                .withBody(
                        "application/problem+json",
                        "{\"type\":\"https://example.com/problems#invalid-sale-unit\",\"title\":\"No\",\"status\":403}");
    }

    private long nextProbes() {
        return world.ledger()
                .sql("select count(*) from sales_unit where next_probe_at > cast(:now as timestamptz)")
                .param("now", world.simulator().now().toString())
                .query(Long.class)
                .single();
    }

    private long halted() {
        return world.ledger()
                .sql("select count(*) from sales_unit where halted_at is not null")
                .query(Long.class)
                .single();
    }

    @Test
    void whatACustomerPaysByAcceptingIsReportedAndCanBeCapturedAndRefunded() {
        world.set("chargebridge.channels.visma.draft", "direct")
                .set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "1000.00")
                .start();
        world.leave(
                "visma",
                "offers.csv",
                """
                invoice_number;action;product_name;amount;interval_unit;initial_amount;initial_transaction_type
                O-1;draft-agreement;Strøm;499,00;month;49,00;
                O-2;draft-agreement;Strøm;499,00;month;59,00;RESERVE_CAPTURE
                O-3;draft-agreement;Strøm;499,00;month;69,00;
                """);
        Surroundings.await("all are drafted", () -> drafted() == 3);
        world.ledger()
                .sql("select agreement_id from draft where external_id <> 'O-3'")
                .query(String.class)
                .list()
                .forEach(world.simulator().customers()::accept);
        world.simulator().advance(Duration.ofMinutes(11));
        Surroundings.await("two payments are seen", () -> initialCharges().size() == 2);
        assertThat(initialCharges()).containsOnly("O-1 CHARGED 4900", "O-2 RESERVED 0");
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("they are told", () -> told("49.00", "CHARGED") && told("59.00", "RESERVED"));
        assertThat(told("499.00", "ACTIVE")).as("the agreement as such").isTrue();

        world.leave(
                "visma",
                "more.csv",
                """
                invoice_number;action;order_id;amount
                C-1;capture;%s;59,00
                R-1;refund;%s;10,00
                """
                        .formatted(orderId("O-2"), orderId("O-1")));
        assertThat(Rows.of(world.awaitFile("visma", "receipt-more-")).by("invoice_number", "answer"))
                .containsEntry("C-1", "ACCEPTED")
                .containsEntry("R-1", "ACCEPTED");
        Surroundings.await("the money is captured", () -> atApi("O-2").equals("CHARGED"));
        Surroundings.await("a part went back", () -> atApi("O-1").equals("PARTIALLY_REFUNDED"));
    }

    @Test
    void whatACustomerPaidByAcceptingIsToldAlsoWhereTheAgreementWasStoppedBeforeAnybodyLooked() {
        world.set("chargebridge.channels.visma.draft", "direct").start();
        world.leave(
                "visma",
                "offers.csv",
                """
                invoice_number;action;product_name;amount;interval_unit;initial_amount
                O-1;draft-agreement;Strøm;499,00;month;49,00
                O-2;draft-agreement;Strøm;599,00;month;59,00
                """);
        Surroundings.await("both are drafted", () -> drafted() == 2);
        world.simulator().customers().accept(agreement("O-1"));
        world.simulator().customers().stop(agreement("O-1"));
        world.simulator().customers().reject(agreement("O-2"));

        world.simulator().advance(Duration.ofMinutes(3));
        Surroundings.await("its payment is seen", () -> initialCharges().equals(List.of("O-1 CHARGED 4900")));
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await(
                "all is told",
                () -> told("49.00", "CHARGED")
                        && told("499.00", "ACTIVE")
                        && told("499.00", "STOPPED")
                        && told("599.00", "STOPPED"));
        assertThat(told("599.00", "ACTIVE")).as("what was declined").isFalse();
    }

    private String agreement(String number) {
        return world.ledger()
                .sql("select agreement_id from draft where external_id = :number")
                .param("number", number)
                .query(String.class)
                .single();
    }

    private List<String> initialCharges() {
        return world.ledger()
                .sql(
                        """
                        select i.invoice_number || ' ' || c.status || ' ' || c.amount_captured
                        from charge c join instruction i on i.file_id = c.file_id and i.position = c.position
                        where c.seen_at is not null order by 1
                        """)
                .query(String.class)
                .list();
    }

    private String atApi(String number) {
        return world.simulator().charge(orderId(number)).orElseThrow().status().name();
    }

    private String orderId(String number) {
        return world.ledger()
                .sql("select order_id from instruction where invoice_number = :number")
                .param("number", number)
                .query(String.class)
                .single();
    }

    /** Whether a status report tells that of a line that offers an agreement. */
    private boolean told(String amount, String status) {
        return Surroundings.files(world.in("visma"), "status-visma-").stream()
                .flatMap(file -> Surroundings.read(file).lines())
                .anyMatch(row -> row.contains(";draft-agreement;" + status + ";") && row.contains(";" + amount + ";"));
    }

    @Test
    void withoutAPublicAddressAnOfferIsRefused() {
        world.set("chargebridge.public-url", "").start();
        world.leave("visma", "offers.csv", HEADER + "O-1;draft-agreement;C1;Strøm;499,00;month;\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-offers-")).by("invoice_number", "reason_code"))
                .containsEntry("O-1", "DRAFT_NOT_SET_UP");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aCustomerWhoCannotGoOnWhileTheApiIsAwayIsAskedToTryAgainAndTheLogTells(CapturedOutput output)
            throws Exception {
        world.set("chargebridge.api.base-url", "http://127.0.0.1:1").start();
        world.leave("visma", "offers.csv", HEADER + "O-1;draft-agreement;C1;Strøm;499,00;month;\n");
        String link = Rows.of(world.awaitFile("visma", "receipt-offers-"))
                .by("invoice_number", "confirmation_url")
                .get("O-1");

        assertThat(open("POST", link, "en").body()).contains("did not work just now", "<button>");

        assertThat(output).contains("A customer could not go on to the agreement that visma offers");
    }
}
