package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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

    @Test
    void whoeverLetsGoOfABalanceSaysAtWhichEntry() throws Exception {
        world = new Surroundings(home, "2026-11-02T07:00:00Z").channel("visma").start();
        world.ledger()
                .sql(
                        """
                        insert into settlement_ledger (ledger_id, msn, currency, handles, names, seen_at, gap_at)
                        values ('302321', '123456', 'NOK', '{}', '{}', now(), 45)
                        """)
                .update();

        // A misspelt field is left out by whoever reads the body, and what is left must not be another order.
        assertThat(decide("{\"reason\": \"explained\", \"dat\": \"2026-12-01\"}"))
                .startsWith("400")
                .contains("Say what it is about");
        assertThat(decide("{\"reason\": \"explained\", \"entry\": 45, \"anew\": true}"))
                .startsWith("400");
        assertThat(decide("{\"reason\": \"explained\", \"entry\": 44}")).startsWith("404");
        assertThat(count("select count(*) from settlement_ledger where gap_at = 45"))
                .isEqualTo(1);

        assertThat(decide("{\"reason\": \"explained\", \"entry\": 45}"))
                .isEqualTo("200 {\"message\":\"Reports of this ledger go on.\"}");
        assertThat(count("select count(*) from settlement_ledger where gap_at is null"))
                .isEqualTo(1);
        assertThat(world.ledger()
                        .sql("select subject from audit_event where action = 'let go of gap'")
                        .query(String.class)
                        .list())
                .containsExactly("entry 45 of settlement ledger 302321");
    }

    private String decide(String body) throws Exception {
        String login =
                Base64.getEncoder().encodeToString("operator:operator-password".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + world.managementPort() + "/observe/settlements/302321"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Basic " + login)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
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
