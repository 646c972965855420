package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was paid back in the portal, and told by nobody, stands in a status report in the end, for one look-up more. */
class PortalRefundStoryTest {

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("chargebridge.tracking.look-again-after", "30d")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .channel("visma")
                .start();
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aRefundInThePortalIsToldThoughNoWebhookCame() {
        world.leave(
                "visma", "A.csv", new InvoiceFile().lines("A", 2, "2026-11-05").toString());
        Surroundings.await("they are confirmed", () -> world.charges("DUE") + world.charges("PENDING") == 2);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("they are paid", () -> world.charges("CHARGED") == 2);
        String refunded = world.simulator().charges().findFirst().orElseThrow().orderId();
        world.simulator().portal().refund(refunded, 1000);

        world.simulator().moveTo(Instant.parse("2026-12-05T17:00:00Z"));
        world.leave(
                "visma", "B.csv", new InvoiceFile().lines("B", 1, "2026-12-08").toString());
        Surroundings.await("the next invoice is looked up", () -> world.charges("DUE") + world.charges("PENDING") == 1);
        assertThat(looks()).containsExactlyInAnyOrder(2, 2, 1);

        world.simulator().moveTo(Instant.parse("2026-12-05T19:00:00Z"));
        Surroundings.await("it is seen", () -> world.charges("PARTIALLY_REFUNDED") == 1);
        Surroundings.await(
                "the other was looked at, too",
                () -> looks().stream().filter(count -> count == 3).count() == 2);
        Surroundings.await("it is told", () -> {
            world.simulator().advance(Duration.ofSeconds(30));
            return reported().contains(refunded + " PARTIALLY_REFUNDED 10.00");
        });
    }

    @Test
    void aRefundInThePortalIsToldWhereItHoldsOneOfOurs() {
        world.leave(
                "visma", "A.csv", new InvoiceFile().lines("A", 1, "2026-11-05").toString());
        Surroundings.await("it is confirmed", () -> world.charges("DUE") + world.charges("PENDING") == 1);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("it is paid", () -> world.charges("CHARGED") == 1);
        String refunded = world.simulator().charges().findFirst().orElseThrow().orderId();
        world.simulator().portal().refund(refunded, 1000);

        world.leave("visma", "back.csv", "action;invoice_number;original_invoice_number;amount\nrefund;K1;A1;20,00\n");

        Surroundings.await("what held it is seen", () -> world.charges("PARTIALLY_REFUNDED") == 1);
        Surroundings.await("it is told", () -> {
            world.simulator().advance(Duration.ofSeconds(30));
            return reported().contains(refunded + " PARTIALLY_REFUNDED 10.00");
        });
    }

    private List<Integer> looks() {
        return world.ledger()
                .sql("select lookups from charge")
                .query(Integer.class)
                .list();
    }

    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-").stream()
                .flatMap(path -> Rows.of(Surroundings.read(path)).lines().stream())
                .map(row ->
                        row.getField("order_id") + " " + row.getField("status") + " " + row.getField("amount_refunded"))
                .toList();
    }
}
