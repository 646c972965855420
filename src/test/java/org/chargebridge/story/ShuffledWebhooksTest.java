package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand webhooks in any order, some twice and some never: the ledger ends as after the orderly run. */
class ShuffledWebhooksTest {

    private static final String DUE = "2026-11-10";
    private static final int PAID = 900;
    private static final int FAILING = 50;
    private static final int REFUNDED = 50;

    @TempDir
    private Path home;

    /** How a run ended: each line's state and money, and each change as a report tells it. */
    private record Ending(List<String> charges, List<String> changes, long webhooks, long lookups) {}

    @Test
    void endsAsTheOrderlyRun() {
        Ending orderly = run(home.resolve("orderly"), List.of());
        Ending shuffled = run(
                home.resolve("shuffled"),
                List.of(
                        fault("charge-captured", FaultKind.WEBHOOK_LOSE, 0.1),
                        fault("charge-failed", FaultKind.WEBHOOK_LOSE, 0.3),
                        fault("charge-captured", FaultKind.WEBHOOK_DOUBLE, 0.3),
                        fault("charge-refunded", FaultKind.WEBHOOK_DOUBLE, 0.5),
                        fault("charge-captured", FaultKind.WEBHOOK_REORDER, 0.8),
                        fault("charge-refunded", FaultKind.WEBHOOK_REORDER, 1)));

        assertThat(orderly.webhooks()).isEqualTo(PAID + FAILING + REFUNDED);
        assertThat(shuffled.webhooks()).isLessThan(orderly.webhooks());
        assertThat(shuffled.charges()).isEqualTo(orderly.charges());
        assertThat(shuffled.changes()).isEqualTo(orderly.changes());
        assertThat(orderly.lookups()).isLessThanOrEqualTo(2 * (PAID + FAILING) + REFUNDED);
    }

    private static FaultRule fault(String event, FaultKind kind, double rate) {
        return new FaultRule(
                "recurring." + event + ".v1",
                null,
                null,
                null,
                0,
                rate,
                kind,
                null,
                null,
                null,
                null,
                Duration.ofMinutes(5).toMillis(),
                null,
                null);
    }

    private static Ending run(Path home, List<FaultRule> faults) {
        try (Surroundings world = new Surroundings(home, "2026-11-02T07:00:00Z")) {
            world.reachedFromOutside();
            world.channel("visma")
                    .set("chargebridge.channels.visma.retry-days", "0")
                    .start();
            // One that is paid before: from then on webhooks are relied on.
            charge(world, "first", new InvoiceFile().lines("FIRST", 1, "2026-11-04"), 1);
            world.simulator().moveTo(Instant.parse("2026-11-04T09:00:00Z"));
            await(world, "status = 'CHARGED'", 1);
            InvoiceFile file = new InvoiceFile().lines("A", PAID, DUE);
            for (int i = 1; i <= FAILING; i++) {
                file.line("POOR" + i, "agr_demo0100", "1,51", DUE);
            }
            charge(world, "all", file, 1 + PAID + FAILING);
            long before = lookups(world);
            world.simulator().addFaults(faults);
            world.simulator().moveTo(Instant.parse(DUE + "T08:30:00Z"));
            refundSome(world);
            world.simulator().moveTo(Instant.parse(DUE + "T09:00:00Z"));
            awaitTold(world, "what was paid in the morning", Duration.ofSeconds(5));
            // From here on nothing is collected any more, and a look-up would find that out by itself ten minutes
            // later:
            // time does not go faster than the clock on the wall here.
            world.simulator().moveTo(Instant.parse("2026-11-11T00:00:01Z"));
            awaitTold(world, "what failed", Duration.ZERO);
            world.simulator().moveTo(Instant.parse("2026-11-11T06:00:00Z"));
            await(world, "status in ('CHARGED', 'PARTIALLY_REFUNDED') and order_id not like '%FIRST%'", PAID);
            await(world, "status = 'FAILED'", FAILING);
            await(world, "status = 'PARTIALLY_REFUNDED'", REFUNDED);
            return new Ending(charges(world), changes(world), events(world), lookups(world) - before + PAID + FAILING);
        }
    }

    /** Webhooks that are held back come with time, which goes on in such steps. */
    private static void awaitTold(Surroundings world, String what, Duration step) {
        Awaitility.await("it is told " + what)
                .atMost(Surroundings.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    world.simulator().advance(step);
                    return world.simulator().pendingWebhooks() == 0 && waiting(world) == 0;
                });
    }

    private static void charge(Surroundings world, String name, InvoiceFile file, int charges) {
        world.leave("visma", name + ".csv", file.toString());
        await(world, "seen_at is not null", charges);
    }

    /** In the merchant's portal: webhooks about the same charge, which can overtake each other. */
    private static void refundSome(Surroundings world) {
        List<String> paid = world.simulator()
                .charges()
                .filter(charge -> charge.orderId().contains("-A")
                        && String.valueOf(charge.status()).equals("CHARGED"))
                .map(charge -> charge.orderId())
                .sorted()
                .limit(REFUNDED)
                .toList();
        assertThat(paid).hasSize(REFUNDED);
        paid.forEach(orderId -> world.simulator().portal().refund(orderId, 500));
    }

    private static void await(Surroundings world, String condition, long charges) {
        Surroundings.await(
                charges + " charges: " + condition,
                () -> world.ledger()
                                .sql("select count(*) from charge where " + condition)
                                .query(Long.class)
                                .single()
                        == charges);
    }

    private static List<String> charges(Surroundings world) {
        return world.ledger()
                .sql(
                        """
                        select order_id || ' ' || status || ' ' || coalesce(failure_reason, '-') || ' ' || amount_captured
                            || ' ' || amount_refunded || ' ' || amount_cancelled
                        from charge order by order_id
                        """)
                .query(String.class)
                .list();
    }

    /** Where a captured charge is refunded before anybody looked, one change tells both: the last of each charge counts. */
    private static List<String> changes(Surroundings world) {
        return world.ledger()
                .sql(
                        """
                        select distinct on (order_id) order_id || ' ' || status || ' ' || amount_refunded
                        from event where reportable order by order_id, id desc
                        """)
                .query(String.class)
                .list();
    }

    private static long events(Surroundings world) {
        return world.ledger()
                .sql("select count(*) from webhook_event where charge_id not like '%FIRST%' and state = 'DONE'")
                .query(Long.class)
                .single();
    }

    private static long waiting(Surroundings world) {
        return world.ledger()
                .sql("select count(*) from webhook_event where state = 'NEW'")
                .query(Long.class)
                .single();
    }

    private static long lookups(Surroundings world) {
        return world.simulator().summary().calls().entrySet().stream()
                .filter(call -> call.getKey().startsWith("get-charge "))
                .mapToLong(call -> call.getValue())
                .sum();
    }
}
