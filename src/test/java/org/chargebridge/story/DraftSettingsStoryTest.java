package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreements that were offered under other settings than those under which customers accept them. */
class DraftSettingsStoryTest {

    private static final String OFFERS =
            """
            invoice_number;action;customer_number;product_name;amount;interval_unit;initial_amount
            O-1;draft-agreement;C1;Strøm;499,00;month;49,00
            """;

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z").set("chargebridge.agreements.schedule", "0/1 * * * * ?");
        offering("fiken");
        offering("visma");
    }

    private void offering(String channel) {
        String prefix = "chargebridge.channels." + channel + ".";
        world.channel(channel)
                .set(prefix + "draft", "direct")
                .set(prefix + "redirect-url", "https://www.example.com/thanks")
                .set(prefix + "agreement-url", "https://www.example.com/agreements");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private void offer(String channel) {
        world.leave(channel, "offers-" + channel + ".csv", OFFERS);
        Surroundings.await("it is drafted", () -> agreements(channel).size() == 1);
    }

    private List<String> agreements(String channel) {
        return texts("select agreement_id from draft where agreement_id is not null and channel = '" + channel + "'");
    }

    private List<String> texts(String sql) {
        return world.ledger().sql(sql).query(String.class).list();
    }

    private void accept(String channel) {
        world.simulator().customers().accept(agreements(channel).get(0));
        world.simulator().advance(Duration.ofMinutes(2));
    }

    private List<String> paid(String channel) {
        return texts("select c.order_id from charge c where c.status = 'CHARGED' and c.channel = '" + channel + "'");
    }

    /** Whether a status report tells that of the line. */
    private boolean told(String channel, String amount, String status) {
        return Surroundings.files(world.in(channel), "status-" + channel + "-").stream()
                .flatMap(file -> Surroundings.read(file).lines())
                .anyMatch(row -> row.contains(";draft-agreement;" + status + ";") && row.contains(";" + amount + ";"));
    }

    @Test
    void whatIsPaidByAcceptingIsFollowedUnderTheOrderIdThatItWasOfferedWith() {
        world.start();
        offer("visma");
        world.stop();
        world.set("chargebridge.channels.visma.legal-entity", "987654321").start();
        accept("visma");

        Surroundings.await("the payment is seen", () -> paid("visma").size() == 1);
        assertThat(world.simulator().charge(paid("visma").get(0))).isPresent();
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("it is told", () -> told("visma", "49.00", "CHARGED"));
    }

    @Test
    void whatIsAcceptedAndPaidWhileItsChannelIsGoneIsFollowedKeepsNothingFromOthersAndIsToldOnceTheChannelIsBack() {
        world.start();
        offer("fiken");
        offer("visma");
        world.stop();
        world.without("chargebridge.channels.fiken").start();
        accept("fiken");
        Surroundings.await("it is active", () -> texts("select state from draft where channel = 'fiken'")
                .equals(List.of("ACTIVE")));
        accept("visma");

        Surroundings.await(
                "both payments are seen",
                () -> paid("fiken").size() == 1 && paid("visma").size() == 1);
        assertThat(Rows.of(world.awaitFile("visma", "receipt-agreements-accepted-"))
                        .by("customer_number", "answer"))
                .containsEntry("C1", "ACCEPTED");

        world.stop();
        offering("fiken");
        world.start();
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("all is told", () -> told("fiken", "499.00", "ACTIVE") && told("fiken", "49.00", "CHARGED"));
        assertThat(Rows.of(world.awaitFile("fiken", "receipt-agreements-accepted-"))
                        .by("customer_number", "answer"))
                .containsEntry("C1", "ACCEPTED");
    }
}
