package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What acts on a charge or agreement and is refused or held when its turn comes is given back, corrected and taken. */
class RefusedOperationsStoryTest {

    private static final String HEADER = "action;invoice_number;original_invoice_number;agreement_id;amount;due_date\n";

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
                "visma", "A.csv", new InvoiceFile().lines("A", 2, "2026-11-05").toString());
        Surroundings.await("they are confirmed", () -> world.charges("DUE") + world.charges("PENDING") == 2);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("they are paid", () -> world.charges("CHARGED") == 2);
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void eachLineComesBackOnceAndItsCorrectionTakesItsPlace() {
        world.leave(
                "visma",
                "back.csv",
                HEADER + "refund;K1;A1;;50,00;\n" + "refund;K2;A2;;999,00;\n" + "stop-agreement;;;agr_none1;;\n"
                        + "capture;;A1;;10,00;\n");

        world.awaitFile("visma", "receipt-back-");
        // By name the second comes before the first.
        Rows atOnce = Rows.of(world.awaitFile("visma", "errors-back-", 2));
        Rows late = Rows.of(world.awaitFile("visma", "errors-back-", 1));
        assertThat(atOnce.lines()).hasSize(1);
        assertThat(late.by("invoice_number", "reason_code"))
                .as("K1 waits for an operator, not for the ERP")
                .doesNotContainKey("K1")
                .containsEntry("K2", "REFUND_ABOVE_REST")
                .containsEntry("", "AGREEMENT_NOT_ACTIVE");
        assertThat(late.by("invoice_number", "amount")).containsEntry("K2", "999,00");

        // The ERP sends K1 once more as it was, and then with another amount.
        world.leave("visma", "errors-back-1.csv", HEADER + "refund;K1;A1;;50,00;\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-errors-back-1-")).by("invoice_number", "answer"))
                .containsEntry("K1", "DUPLICATE");
        world.leave("visma", "errors-back-2.csv", HEADER + "refund;K1;A1;;40,00;\n" + "refund;K2;A2;;90,00;\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-errors-back-2-")).by("invoice_number", "answer"))
                .containsEntry("K1", "ACCEPTED")
                .containsEntry("K2", "ACCEPTED");
        Surroundings.await(
                "both wait for approval",
                () -> operations().stream()
                                .filter(operation -> operation.startsWith("HELD"))
                                .count()
                        == 2);
        assertThat(operations())
                .contains("DROPPED K1 5000 true", "HELD K1 4000 false", "REFUSED K2 99900 true", "HELD K2 9000 false");
        assertThat(letters()).containsExactly("OPEN 4000", "OPEN 9000", "RESOLVED 5000");

        for (int i = 0; i < 2; i++) {
            assertThat(new Operator(world).decide("redrive")).contains("goes on");
        }
        Surroundings.await("both are paid back", () -> world.charges("PARTIALLY_REFUNDED") == 2);
        assertThat(Surroundings.files(world.in("visma"), "errors-back-")).hasSize(2);
    }

    private List<String> operations() {
        return world.ledger()
                .sql("select state || ' ' || invoice_number || ' ' || coalesce(amount_minor, 0) || ' ' || replaced"
                        + " from operation")
                .query(String.class)
                .list();
    }

    private List<String> letters() {
        return world.ledger()
                .sql("select l.state || ' ' || o.amount_minor from dead_letter l"
                        + " join operation o on o.file_id = l.file_id and o.position = l.position order by 1")
                .query(String.class)
                .list();
    }
}
