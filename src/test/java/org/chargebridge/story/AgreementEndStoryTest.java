package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.simulator.api.Agreement;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.story.Elsewhere.Charge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreements are stopped by file while money is reserved on them, by whomever (MR23). */
class AgreementEndStoryTest {

    private static final String DUE = "2026-11-05";
    private static final String LATER = "2026-11-20";
    private static final Instant PAID = Instant.parse("2026-11-05T18:00:00Z");

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z").set("chargebridge.operations.schedule", "0/1 * * * * ?");
        world.simulator().seed(List.of(agreement("agr_old1"), agreement("agr_old2"), agreement("agr_old3")));
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private static Agreement agreement(String id) {
        return new Agreement(
                id, Agreement.Status.ACTIVE, "NOK", Merchant.DEMO.msn(), id, Agreement.Pricing.LEGACY, 100000, 0);
    }

    @Test
    void moneyThatAnotherSystemReservedHoldsAStopUnlessTheLineReleasesIt() {
        Elsewhere elsewhere = new Elsewhere(world.simulator());
        elsewhere.charge(List.of(
                new Charge("agr_old1", "elsewhere-1", 5000, DUE, "RESERVE_CAPTURE"),
                new Charge("agr_old2", "elsewhere-2", 5000, DUE, "RESERVE_CAPTURE"),
                new Charge("agr_old3", "elsewhere-3", 5000, DUE, "DIRECT_CAPTURE")));
        world.simulator().moveTo(PAID);
        world.channel("visma").start();
        world.leave(
                "visma",
                "stop.csv",
                """
                action;invoice_number;agreement_id;release
                stop-agreement;;agr_old1;
                stop-agreement;;agr_old2;yes
                stop-agreement;;agr_old3;
                """);

        Surroundings.await("two are stopped", () -> operations("DONE") == 2 && operations("HELD") == 1);
        assertThat(status("agr_old1")).isEqualTo(Agreement.Status.ACTIVE);
        assertThat(heldFor()).containsExactly("agr_old1 elsewhere-1");

        assertThat(new Operator(world).decide("redrive")).contains("goes on");
        Surroundings.await("it is stopped", () -> status("agr_old1") == Agreement.Status.STOPPED);
        Surroundings.await("the operation is done", () -> operations("DONE") == 3);
    }

    @Test
    void everyPartOfALongListIsReadAndBegunAnewAfterAFailure() {
        List<Charge> many = new ArrayList<>();
        for (int i = 1; i <= 210; i++) {
            many.add(new Charge("agr_old1", "many-" + i, 1000, LATER, "DIRECT_CAPTURE"));
            many.add(new Charge("agr_old2", "more-" + i, 1000, LATER, "DIRECT_CAPTURE"));
        }
        many.add(new Charge("agr_old1", "reserved-1", 5000, DUE, "RESERVE_CAPTURE"));
        new Elsewhere(world.simulator()).charge(many);
        world.simulator().moveTo(PAID);
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("list-charges", FaultKind.DROP_BEFORE).withTimes(1)));
        // Which of the three lists is cut off is left to chance.
        world.set("chargebridge.operations.failure-pause", "1s")
                .set("chargebridge.agreements.failure-pause", "1s")
                .channel("visma")
                .start();
        world.leave(
                "visma",
                "stop.csv",
                "action;invoice_number;agreement_id\nstop-agreement;;agr_old1\nstop-agreement;;agr_old2\n");
        world.leave("visma", "ask.csv", "action;invoice_number;agreement_id\nquery;;agr_old1\n");

        Surroundings.await("both are settled", () -> operations("DONE") == 1 && operations("HELD") == 1);
        assertThat(heldFor()).containsExactly("agr_old1 reserved-1");
        assertThat(status("agr_old2")).isEqualTo(Agreement.Status.STOPPED);
        Path info = world.in("visma").resolve("info");
        Surroundings.await("the question is answered", () -> !Surroundings.files(info, "query-ask-")
                .isEmpty());
        assertThat(Rows.of(Surroundings.read(
                                Surroundings.files(info, "query-ask-").get(0)))
                        .lines())
                .hasSize(1 + 211);
        assertThat(world.simulator().summary().calls()).containsEntry("list-charges 200", 9L);
    }

    @Test
    void aListOfMorePartsThanTheApiGivesInAMinuteIsReadOnce() {
        world.close();
        world = new Surroundings(
                        home.resolve("limited"),
                        "2026-11-02T07:00:00Z",
                        settings -> settings.withLimits(RateLimits.lifted().withChargesPerAgreement(10)))
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?");
        world.simulator().seed(List.of(agreement("agr_old1")));
        List<Charge> many = new ArrayList<>();
        for (int i = 1; i <= 1_150; i++) {
            many.add(new Charge("agr_old1", "many-" + i, 100, LATER, "DIRECT_CAPTURE"));
        }
        new Elsewhere(world.simulator()).charge(many);
        world.channel("visma").start();
        world.leave("visma", "ask.csv", "action;invoice_number;agreement_id\nquery;;agr_old1\n");

        Path info = world.in("visma").resolve("info");
        Surroundings.await("the question is answered", () -> {
            world.simulator().advance(Duration.ofSeconds(2));
            return !Surroundings.files(info, "query-ask-").isEmpty();
        });

        assertThat(Rows.of(Surroundings.read(
                                Surroundings.files(info, "query-ask-").get(0)))
                        .lines())
                .hasSize(1 + 1_150);
        assertThat(world.simulator().summary().calls())
                .containsEntry("list-charges 200", 12L)
                .doesNotContainKey("list-charges 429");
    }

    private Agreement.Status status(String agreementId) {
        return world.simulator()
                .customers()
                .agreement(agreementId)
                .orElseThrow()
                .status();
    }

    private List<String> heldFor() {
        return world.ledger()
                .sql("select array_to_string(reason_arguments, ' ') from operation"
                        + " where state = 'HELD' and reason_code = 'STOP_WOULD_RELEASE'")
                .query(String.class)
                .list();
    }

    private long operations(String state) {
        return world.ledger()
                .sql("select count(*) from operation where action = 'STOP_AGREEMENT' and state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }
}
