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

/** A capture that comes before its charge is reserved waits for that, and for nothing else. */
class EarlyCaptureStoryTest {

    private static final String HEADER = "action;invoice_number;original_invoice_number;agreement_id;amount;due_date\n";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .set("chargebridge.channels.visma.transaction-type", "reserve-capture")
                .channel("visma")
                .start();
        world.leave(
                "visma",
                "invoices.csv",
                new InvoiceFile().lines("A", 2, "2026-11-05").toString());
        Surroundings.await("they are confirmed", () -> charges("PENDING") + charges("DUE") == 2);
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void itIsMadeOnceTheMoneyIsReservedAndNotWhereTheChargeWasCancelled() {
        world.leave("visma", "take.csv", HEADER + "capture;T1;A1;;50,00;\n" + "capture;T2;A2;;20,00;\n");
        Surroundings.await("they wait", () -> waiting() == 2);
        // The second of A1 comes after the first, though that waits; the cancellation of A2 does not wait for it.
        world.leave("visma", "more.csv", HEADER + "capture;T3;A1;;60,00;\n" + "cancel;A2;;;;\n");
        Surroundings.await("A2 is cancelled", () -> operations("CANCEL").equals(List.of("DONE")));
        long looks = looks();
        for (int hour = 0; hour < 5; hour++) {
            world.simulator().advance(Duration.ofHours(1));
            Surroundings.await("nobody's turn is left", () -> dueNow() == 0);
        }
        assertThat(looks())
                .as("looks while T1 waits: A2 itself and its capture, and none of A1")
                .isLessThanOrEqualTo(looks + 3);

        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));

        Surroundings.await("they are settled", () -> operations("CAPTURE")
                .equals(List.of("DONE", "REFUSED/NOTHING_TO_CAPTURE", "REFUSED/CAPTURE_ABOVE_REST")));
        Surroundings.await("it shows", () -> charges("PARTIALLY_CAPTURED") == 1);
        assertThat(world.ledger()
                        .sql("select amount_captured from charge where status <> 'CANCELLED'")
                        .query(Long.class)
                        .single())
                .as("the first of A1 came first, and left too little for the second")
                .isEqualTo(5000);
    }

    private long looks() {
        return world.simulator().summary().calls().getOrDefault("get-charge 200", 0L);
    }

    private long waiting() {
        return count("select count(*) from operation where phase = 'AWAIT'");
    }

    private long dueNow() {
        return count("select count(*) from operation where state = 'OPEN' and lease_until is null"
                + " and next_attempt_at <= '" + world.simulator().now() + "'"
                + " and not (phase = 'LOOK' and action = 'CAPTURE')");
    }

    private long charges(String status) {
        return count("select count(*) from charge where status = '" + status + "'");
    }

    private long count(String query) {
        return world.ledger().sql(query).query(Long.class).single();
    }

    private List<String> operations(String action) {
        return world.ledger()
                .sql("select state || coalesce('/' || reason_code, '') from operation where action = :action"
                        + " order by file_id, position")
                .param("action", action)
                .query(String.class)
                .list();
    }
}
