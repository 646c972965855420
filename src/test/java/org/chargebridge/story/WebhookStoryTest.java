package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes told by webhooks end to end: registered, signed, delivered over HTTP, looked up and reported. */
class WebhookStoryTest {

    private static final String NOW = "2026-11-02T07:00:00Z";

    @TempDir
    private Path home;

    private Surroundings world;
    private int outside;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, NOW);
        outside = world.reachedFromOutside();
        world.channel("visma").start();
        awaitRegistered();
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private void awaitRegistered() {
        Surroundings.await(
                "webhooks are registered",
                () -> count("select count(*) from webhook_standing where trouble is null and url like '%:" + outside
                                + "/webhooks/recurring'")
                        == 1);
    }

    private long count(String sql) {
        return world.ledger().sql(sql).query(Long.class).single();
    }

    private void charge(String name, int lines, String due) {
        long before = world.simulator().summary().created();
        world.leave(
                "visma",
                name + ".csv",
                new InvoiceFile().lines(name, lines, due).toString());
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == before + lines);
        // Not what the simulator has shown: time must not move while an answer is on its way to the ledger.
        Surroundings.await(
                "charges are confirmed",
                () -> count("select count(*) from charge where seen_at is not null") == before + lines);
    }

    private void moveTo(String instant) {
        world.simulator().moveTo(Instant.parse(instant));
    }

    private void awaitCharged(long charges) {
        Surroundings.await(
                charges + " are seen as charged",
                () -> count("select count(*) from charge where status = 'CHARGED'") == charges);
    }

    private long calls(String operation) {
        return world.simulator().summary().calls().entrySet().stream()
                .filter(call -> call.getKey().startsWith(operation + " "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void aChargeThatWebhooksTellOfNeedsTwoLookUps() {
        // The first event is what makes webhooks relied on.
        charge("A", 1, "2026-11-04");
        moveTo("2026-11-04T09:00:00Z");
        awaitCharged(1);
        charge("B", 40, "2026-11-10");
        long before = calls("get-charge");
        moveTo("2026-11-10T09:00:00Z");
        awaitCharged(41);

        assertThat(calls("get-charge") - before).isEqualTo(40);
        assertThat(count("select max(lookups) from charge where order_id like '%B%'"))
                .isEqualTo(2);
        moveTo("2026-11-25T09:00:00Z");
        assertThat(world.awaitFile("visma", "status-visma-")).contains("CHARGED");
        assertThat(calls("get-charge") - before).isEqualTo(40);
    }

    @Test
    void aRegistrationThatIsLostIsMadeAgainAndAChangedAddressToo() {
        charge("A", 2, "2026-11-04");
        world.simulator().dropWebhooks();
        world.stop();
        outside = world.reachedFromOutside();
        world.start();
        awaitRegistered();
        moveTo("2026-11-04T09:00:00Z");
        awaitCharged(2);

        assertThat(count("select count(*) from webhook_event where state = 'DONE'"))
                .isEqualTo(2);
        assertThat(count("select count(*) from webhook_registration where gone_at is null"))
                .isEqualTo(1);
    }

    /** The API acknowledges a batch and makes one of its charges not after all: known now, not after its due date. */
    @Test
    void aChargeThatIsNotMadeAfterItsAcknowledgementIsRefusedAtOnce() {
        String file = new InvoiceFile()
                .lines("A", 2, "2026-11-20")
                .line("NOAGR", "agr_unknown1", "130,00", "2026-11-20")
                .toString();
        world.leave("visma", "some.csv", file);
        Surroundings.await("it is refused", () -> count("select count(*) from charge where status = 'REFUSED'") == 1);

        assertThat(world.awaitFile("visma", "errors-some-")).contains("NOAGR;").doesNotContain("A1;");
        assertThat(world.simulator().now()).isBefore(Instant.parse("2026-11-03T00:00:00Z"));
    }

    @Test
    void webhooksThatAreLostAreMadeUpForByPolling() {
        charge("A", 1, "2026-11-04");
        moveTo("2026-11-04T09:00:00Z");
        awaitCharged(1);
        charge("B", 10, "2026-11-10");
        world.simulator()
                .addFaults(List.of(FaultRule.of("recurring.charge-captured.v1", FaultKind.WEBHOOK_LOSE)
                        .withTimes(1_000)));
        moveTo("2026-11-10T10:00:00Z");
        awaitCharged(11);
    }
}
