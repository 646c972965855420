package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.simulator.api.Settlements.LedgerView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Report API whose answers are broken on their way, against the whole gateway. */
class OddSettlementsStoryTest {

    @TempDir
    private Path home;

    private Surroundings world;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatIsBrokenOnTheWayIsReadAgainWhole() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z").secondSalesUnit();
        world.set("chargebridge.settlement.schedule", "0/1 * * * * ?")
                .set("chargebridge.settlement.read-interval", "1s")
                .set("chargebridge.settlement.date-interval", "1s")
                .set("chargebridge.settlement.failure-pause", "1s")
                .channel("visma", "main")
                .channel("fiber", "second");
        for (String channel : List.of("visma", "fiber")) {
            world.set("chargebridge.channels." + channel + ".settlement.from", "2026-01-01")
                    .set("chargebridge.channels." + channel + ".settlement.schedule", "0/1 * * * * ?");
        }
        world.start();
        for (String channel : List.of("visma", "fiber")) {
            world.leave(
                    channel,
                    "invoices.csv",
                    new InvoiceFile().lines("A", 20, "2026-11-04").toString());
        }
        Surroundings.await(
                "charges are confirmed", () -> count("select count(*) from charge where seen_at is not null") == 40);
        world.simulator().addFaults(faults());

        world.simulator().moveTo(Instant.parse("2026-11-09T09:00:00Z"));

        assertThat(world.awaitFile("fiber", "settlement-fiber-payout-1-")).contains(";SUM;");
        assertThat(world.awaitFile("visma", "settlement-visma-payout-1-")).contains(";SUM;");
        Surroundings.await(
                "every fault was met", () -> world.simulator().faults().isEmpty());
        for (LedgerView ledger : world.simulator().settlements().ledgers()) {
            Surroundings.await(
                    "all of " + ledger.ledgerId() + " is read",
                    () -> count("select count(*) from settlement_entry where topic = 'FUNDS' and ledger_id = '"
                                    + ledger.ledgerId() + "'")
                            == world.simulator()
                                    .settlements()
                                    .entries(ledger.ledgerId(), "funds")
                                    .size());
        }
        assertThat(count("select count(*) from settlement_ledger where gap_at is not null"))
                .isZero();
        assertThat(count("select count(*) from settlement_date where differs_since is not null"))
                .isZero();
    }

    /** Every way in which an answer can be cut or replaced on its way, twice. */
    private static List<FaultRule> faults() {
        List<FaultRule> faults = new ArrayList<>();
        for (String operation : List.of("list-ledgers", "read-feed", "read-date")) {
            for (FaultKind kind : List.of(
                    FaultKind.HTML, FaultKind.TRUNCATE, FaultKind.DROP_AFTER, FaultKind.RESET, FaultKind.STATUS)) {
                FaultRule rule = FaultRule.of(operation, kind).withTimes(2);
                faults.add(kind == FaultKind.STATUS ? rule.withStatus(503) : rule);
            }
        }
        return faults;
    }

    private long count(String sql) {
        return world.ledger().sql(sql).query(Long.class).single();
    }
}
