package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chargebridge.simulator.api.ChargeView;
import org.chargebridge.story.Elsewhere.Charge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charges that another system of the merchant made are cancelled, captured and refunded by file, if a line finds them. */
class ElsewhereStoryTest {

    private static final String HEADER =
            "action;invoice_number;original_invoice_number;order_id;agreement_id;amount;due_date\n";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .channel("visma")
                .channel("other");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private void startedBeside(Charge... charges) {
        world.start();
        new Elsewhere(world.simulator()).charge(List.of(charges));
    }

    @Test
    void theyAreCancelledCapturedAndRefundedLikeOurs() {
        world.set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "500.00");
        startedBeside(
                new Charge("agr_demo0010", "old-open-1", 10000, "2026-11-09", "DIRECT_CAPTURE"),
                new Charge("agr_demo0011", "old-reserved-1", 20000, "2026-11-05", "RESERVE_CAPTURE"),
                new Charge("agr_demo0012", "old-paid-1", 30000, "2026-11-05", "DIRECT_CAPTURE"),
                new Charge("agr_demo0013", "old-portal-1", 30000, "2026-11-05", "DIRECT_CAPTURE"));
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        world.simulator().portal().refund("old-portal-1", 1000);
        String lines = HEADER
                + "cancel;;;old-open-1;agr_demo0010;;\n"
                + "capture;T1;;old-reserved-1;agr_demo0011;150,00;\n"
                + "refund;K1;;old-paid-1;agr_demo0012;100,00;\n"
                + "refund;K2;;old-portal-1;agr_demo0013;100,00;\n"
                + "cancel;C3;;old-paid-1;agr_demo0012;;\n";
        world.leave("visma", "old.csv", lines);

        Surroundings.await("what can be done is done", () -> operations("OPEN") == 0 && operations("DONE") == 3);
        assertThat(List.of("old-open-1", "old-reserved-1", "old-paid-1", "old-portal-1").stream()
                        .map(orderId -> charge(orderId).status().name()))
                .containsExactly("CANCELLED", "PARTIALLY_CAPTURED", "PARTIALLY_REFUNDED", "PARTIALLY_REFUNDED");
        assertThat(reportedEventually(5))
                .containsExactlyInAnyOrder(
                        "cancel old-open-1 agr_demo0010 CANCELLED/ 0.00 0.00",
                        "capture old-reserved-1 agr_demo0011 PARTIALLY_CAPTURED/ 150.00 0.00",
                        "refund old-paid-1 agr_demo0012 PARTIALLY_REFUNDED/ 300.00 100.00",
                        "refund old-portal-1 agr_demo0013 HELD/REFUND_NOT_OURS 300.00 10.00",
                        "cancel old-paid-1 agr_demo0012 REFUSED/PAID_MEANWHILE 300.00 100.00");
        world.leave("visma", "again.csv", lines.substring(0, lines.indexOf("refund;K2")));
        assertThat(Rows.of(world.awaitFile("visma", "receipt-again-")).by("invoice_number", "answer"))
                .containsEntry("K1", "DUPLICATE")
                .containsEntry("", "DUPLICATE")
                .containsEntry("T1", "DUPLICATE");
    }

    @Test
    void oneThatIsAnotherErpsOrNowhereIsNotTouched() {
        startedBeside(new Charge("agr_demo0020", "old-other-1", 10000, "2026-11-09", "DIRECT_CAPTURE"));
        world.leave(
                "other",
                "other.csv",
                HEADER + "charge;B1;;;agr_demo0020;100,00;2026-11-09\n" + "charge;B2;;;agr_demo0021;9,00;2026-11-09\n");
        world.leave("visma", "shared.csv", HEADER + "charge;A1;;;agr_demo0021;8,00;2026-11-09\n");
        Rows theirs = Rows.of(world.awaitFile("other", "receipt-other-"));
        world.awaitFile("visma", "receipt-shared-");
        String onShared = theirs.by("invoice_number", "order_id").get("B2");
        world.leave(
                "visma",
                "old.csv",
                HEADER
                        + "cancel;1;;old-other-1;agr_demo0020;;\n"
                        + "cancel;2;;" + onShared + ";agr_demo0021;;\n"
                        + "cancel;3;;old-other-1;;;\n"
                        + "retry;4;;old-other-1;agr_demo0022;;\n"
                        + "cancel;5;;old-none-1;agr_demo0022;;\n"
                        + "cancel;6;;old-other-1;agr_demo0022;;\n");

        assertThat(Rows.of(world.awaitFile("visma", "receipt-old-")).by("invoice_number", "reason_code"))
                .containsEntry("1", "TARGET_UNKNOWN")
                .containsEntry("2", "TARGET_UNKNOWN")
                .containsEntry("3", "TARGET_UNKNOWN")
                .containsEntry("4", "TARGET_UNKNOWN")
                .containsEntry("5", "")
                .containsEntry("6", "");
        Surroundings.await("it was looked for", () -> waiting() == 2);
        world.simulator().advance(Duration.ofHours(26));
        Surroundings.await("it is given up", () -> operations("REFUSED") == 2);
        assertThat(reportedEventually(2))
                .contains(
                        "cancel old-none-1 agr_demo0022 REFUSED/TARGET_NOT_FOUND 0.00 0.00",
                        "cancel old-other-1 agr_demo0022 REFUSED/TARGET_NOT_FOUND 0.00 0.00");
        assertThat(world.simulator().charges().map(ChargeView::status).map(Enum::name))
                .doesNotContain("CANCELLED");
    }

    private ChargeView charge(String orderId) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().equals(orderId))
                .findFirst()
                .orElseThrow();
    }

    private long operations(String state) {
        return world.ledger()
                .sql("select count(*) from operation where state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private long waiting() {
        return world.ledger()
                .sql("select count(*) from operation where waits > 0")
                .query(Long.class)
                .single();
    }

    private List<String> reportedEventually(int operations) {
        Surroundings.await("it is reported", () -> {
            world.simulator().advance(Duration.ofSeconds(20));
            return reported().size() >= operations;
        });
        return reported();
    }

    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-").stream()
                .flatMap(path -> Rows.of(Surroundings.read(path)).lines().stream())
                .filter(row -> !row.getField("action").equals("charge"))
                .map(row -> row.getField("action") + " " + row.getField("order_id") + " "
                        + row.getField("agreement_id") + " " + row.getField("status") + "/"
                        + row.getField("reason_code") + " " + row.getField("amount_captured") + " "
                        + row.getField("amount_refunded"))
                .toList();
    }
}
