package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.chargebridge.simulator.api.ChargeView;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice that a change or a credit note made smaller: whatever comes later asks for no more than what was left of it. */
class SmallerInvoiceStoryTest {

    private static final String HEADER = "action;invoice_number;original_invoice_number;agreement_id;amount;due_date\n";
    private static final String DUE = "2026-11-05";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .channel("visma")
                .start();
        world.leave(
                "visma",
                "invoices.csv",
                new InvoiceFile()
                        .line("A1", "agr_demo0100", "100,00", DUE)
                        .line("A2", "agr_demo0101", "100,00", DUE)
                        .toString());
        Surroundings.await("they are confirmed", () -> world.charges("PENDING") + world.charges("DUE") == 2);
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aRetryAsksForWhatItsLatestChargeAskedFor() {
        // 1.51 is an amount that fails.
        world.leave("visma", "smaller.csv", HEADER + "change;A1;;;1,51;2026-11-05\n" + ";K2;A2;;-98,49;\n");
        Surroundings.await(
                "smaller ones took their places",
                () -> amounts("A1").size() + amounts("A2").size() == 4);
        Surroundings.await("they are known", () -> world.charges("PENDING") + world.charges("DUE") == 2);
        world.simulator().moveTo(Instant.parse("2026-11-11T01:00:00Z"));
        Surroundings.await("they failed", () -> world.charges("FAILED") == 2);

        world.leave("visma", "again.csv", HEADER + "retry;A1;;;;2026-11-16\n" + "retry;A2;;;;2026-11-16\n");

        Surroundings.await(
                "they are charged again",
                () -> amounts("A1").size() + amounts("A2").size() == 6);
        assertThat(amounts("A1")).containsExactly(10_000, 151, 151);
        assertThat(amounts("A2")).containsExactly(10_000, 151, 151);
        assertThat(world.ledger()
                        .sql("select order_id from operation where phase = 'WATCH' order by order_id")
                        .query(String.class)
                        .list())
                .as("the failed one may still be paid, not the one that was cancelled")
                .hasSize(2)
                .allSatisfy(orderId -> assertThat(orderId).endsWith("-2"));
    }

    @Test
    void aRetryThatTheApiRefusedKeepsNoOtherFromCollectingWhatFailedBefore() {
        world.leave(
                "visma",
                "fails.csv",
                new InvoiceFile().line("A3", "agr_demo0102", "1,51", DUE).toString());
        Surroundings.await("it is confirmed", () -> world.charges("PENDING") + world.charges("DUE") == 3);
        String first = world.simulator()
                .charges()
                .map(ChargeView::orderId)
                .filter(orderId -> orderId.startsWith("visma-A3-"))
                .findFirst()
                .orElseThrow();
        world.simulator().moveTo(Instant.parse("2026-11-11T01:00:00Z"));
        Surroundings.await("it failed", () -> world.charges("FAILED") == 1);
        world.simulator().addFaults(List.of(FaultRule.orders(FaultKind.INVALID_CHARGES, List.of(first + "-2"))));
        world.leave("visma", "again.csv", HEADER + "retry;A3;;;;2026-11-16\n");
        Surroundings.await("the API refused it", () -> world.charges("REFUSED") == 1);

        world.leave("visma", "once-more.csv", HEADER + "retry;K3;A3;;;2026-11-17\n");

        Surroundings.await("it is charged again", () -> amounts("A3").equals(List.of(151, 151)));
    }

    @Test
    void aCancellationDoesNotWaitForACreditNoteThatWaitsForThePayment() {
        // Half a krone cannot be charged by itself, so that this waits to be paid back.
        world.leave("visma", "credit.csv", HEADER + ";K1;A1;;-99,50;\n");
        Surroundings.await(
                "it waits",
                () -> world.ledger()
                                .sql("select count(*) from operation where phase = 'AWAIT'")
                                .query(Long.class)
                                .single()
                        == 1);

        world.leave("visma", "cancel.csv", HEADER + "cancel;A1;;;;\n");

        Surroundings.await("A1 is cancelled", () -> world.charges("CANCELLED") == 1);
        world.simulator().advance(Duration.ofHours(2));
        Surroundings.await(
                "nothing is left to do",
                () -> world.ledger()
                                .sql("select count(*) from operation where state = 'OPEN'")
                                .query(Long.class)
                                .single()
                        == 0);
        assertThat(amounts("A1")).containsExactly(10_000);
    }

    private List<Integer> amounts(String invoice) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().startsWith("visma-" + invoice + "-"))
                .sorted(Comparator.comparing(ChargeView::orderId))
                .map(ChargeView::amount)
                .toList();
    }
}
