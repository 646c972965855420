package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.chargebridge.simulator.api.ChargeView;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ERP asks for beyond charging, through files alone, with the simulator's API. */
class OperationsStoryTest {

    private static final String NOW = "2026-11-02T07:00:00Z";
    private static final String DUE = "2026-11-05";
    private static final Instant PAID = Instant.parse("2026-11-05T18:00:00Z");
    private static final String HEADER =
            "action;invoice_number;original_invoice_number;order_id;agreement_id;amount;due_date\n";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, NOW).set("chargebridge.operations.schedule", "0/1 * * * * ?");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void whatIsNotPaidYetIsCancelled() {
        started("visma");
        charged("A", 2);
        world.leave(
                "visma",
                "cancel.csv",
                HEADER
                        + "charge;Z1;;;agr_demo0050;80.00;2026-11-05\n"
                        + "cancel;A1;;;;;\n"
                        + "cancel;Z1;;;;;\n"
                        + "cancel;NONE1;;;;;\n"
                        + "cancel;A1;;;;;\n");

        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-cancel-"));
        assertThat(receipt.lines())
                .extracting(row -> row.getField("answer"))
                .containsExactly("ACCEPTED", "ACCEPTED", "ACCEPTED", "REFUSED", "DUPLICATE");
        assertThat(receipt.by("invoice_number", "reason_code")).containsEntry("NONE1", "TARGET_UNKNOWN");
        Surroundings.await("A1 is cancelled", () -> charge("A1").status().name().equals("CANCELLED"));
        Surroundings.await("the operations are done", () -> open() == 0);
        reportedEventually("charge A1");
        assertThat(reportedEventually("cancel A1"))
                .contains("cancel A1=CANCELLED/", "cancel Z1=CANCELLED/CANCELLED_BEFORE_SENDING")
                .contains("charge A1=CANCELLED/", "charge Z1=CANCELLED/CANCELLED_BEFORE_SENDING");
        assertThat(world.simulator().charges().anyMatch(c -> c.orderId().contains("Z1")))
                .isFalse();
        assertThat(reported()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsPaidIsNotCancelledAndRefundedOnlyWithApproval() {
        started("visma");
        charged("A", 3);
        world.simulator().moveTo(PAID);
        Surroundings.await("they are paid", () -> world.charges("CHARGED") == 3);
        world.leave(
                "visma",
                "back.csv",
                HEADER
                        + "cancel;A1;;;;;\n"
                        + "refund;K1;A2;;;50,00;\n"
                        + "refund;K2;A3;;;999,00;\n"
                        + "refund;A2;;;;50,00;\n");

        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-back-"));
        assertThat(receipt.by("invoice_number", "reason_code")).containsEntry("A2", "FIELD_MISSING");
        Surroundings.await("the refund waits", () -> held() == 1 && open() == 0);
        assertThat(refunded("A2")).isZero();
        assertThat(new Operator(world).decide("redrive")).contains("goes on");
        Surroundings.await("the refund is made", () -> refunded("A2") == 5000);
        Surroundings.await("the operations are done", () -> open() == 0 && held() == 0);
        assertThat(reportedEventually("refund K1=PARTIALLY_REFUNDED"))
                .contains(
                        "cancel A1=REFUSED/PAID_MEANWHILE",
                        "refund K1=HELD/REFUND_NEEDS_APPROVAL",
                        "refund K1=PARTIALLY_REFUNDED/",
                        "refund K2=REFUSED/REFUND_ABOVE_REST");
        assertThat(reported()).doesNotHaveDuplicates();
    }

    @Test
    void aChargeIsPaidBackInPartsNoFasterThanTheApiTakesThem() {
        world.set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "500.00");
        started("visma");
        charged("A", 1);
        world.simulator().moveTo(PAID);
        Surroundings.await("it is paid", () -> world.charges("CHARGED") == 1);
        StringBuilder parts = new StringBuilder(HEADER);
        for (int part = 1; part <= 7; part++) {
            parts.append("refund;K").append(part).append(";A1;;;2,00;\n");
        }
        world.leave("visma", "parts.csv", parts.toString());
        for (long done = 3; done < 7; done += 3) {
            long wanted = done;
            Surroundings.await(wanted + " parts are paid back", () -> operations("DONE") == wanted);
            assertThat(refundCalls()).isEqualTo(wanted);
            world.simulator().advance(Duration.ofSeconds(61));
        }
        Surroundings.await("all parts are paid back", () -> operations("DONE") == 7);
        Surroundings.await("the ledger knows it", () -> refunded("A1") == 1400);
        assertThat(world.simulator().summary().calls())
                .noneSatisfy((call, count) -> assertThat(call).endsWith(" 429"));
    }

    private long refundCalls() {
        return world.simulator().summary().calls().getOrDefault("refund-charge 204", 0L);
    }

    @Test
    void refundsUpToTheCeilingAreMadeAtOnceAndOnceOnly() {
        world.set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "120.00")
                .set("chargebridge.channels.visma.sftp.poll-interval", "1s");
        started("visma");
        charged("A", 3);
        world.simulator().moveTo(PAID);
        Surroundings.await("they are paid", () -> world.charges("CHARGED") == 3);
        world.simulator().portal().refund(charge("A3").orderId(), 1000);
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("refund-charge", FaultKind.DROP_AFTER).withTimes(1)));
        world.leave(
                "visma",
                "back.csv",
                HEADER + "refund;K1;A1;;;101,50;\n" + "refund;K2;A2;;;50,00;\n" + "refund;K3;A3;;;10,00;\n");

        Surroundings.await("what can be done is done", () -> open() == 0 && held() == 2);
        Surroundings.await("the refund is seen", () -> refunded("A1") == 10150);
        assertThat(refunded("A2")).isZero();
        assertThat(reportedEventually("refund K3"))
                .contains(
                        "refund K1=REFUNDED/", "refund K2=HELD/REFUND_ABOVE_CEILING", "refund K3=HELD/REFUND_NOT_OURS");
    }

    @Test
    void whatIsReservedIsCapturedInPartsAndTheRestReleased() {
        world.set("chargebridge.channels.visma.transaction-type", "reserve-capture");
        started("visma");
        charged("A", 2);
        world.simulator().moveTo(PAID);
        Surroundings.await("they are reserved", () -> world.charges("RESERVED") == 2);
        world.leave(
                "visma",
                "take.csv",
                HEADER
                        + "capture;T1;A1;;;50,00;\n"
                        + "capture;T2;A1;;;20,00;\n"
                        + "capture;T3;A1;;;90,00;\n"
                        + "cancel;A1;;;;;\n"
                        + "capture;T4;A2;;;102,50;\n");

        Surroundings.await("the operations are done", () -> operations("DONE") == 4 && open() == 0);
        assertThat(reportedEventually("cancel A1"))
                .contains(
                        "capture T1=PARTIALLY_CAPTURED/",
                        "capture T2=PARTIALLY_CAPTURED/",
                        "capture T3=REFUSED/CAPTURE_ABOVE_REST",
                        "cancel A1=CHARGED/",
                        "capture T4=CHARGED/");
    }

    @Test
    void anInvoiceIsChangedOnlyAfterItsChargeIsCancelled() {
        started("visma");
        charged("A", 2);
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("cancel-charge", FaultKind.DROP_BEFORE).withTimes(1)));
        world.leave(
                "visma",
                "change.csv",
                HEADER + "charge;Z1;;;agr_demo0050;80.00;2026-11-05\n"
                        + "change;A1;;;;60,00;2026-11-09\n"
                        + "change;Z1;;;;70,00;2026-11-06\n");

        Surroundings.await("Z1 is charged anew", () -> operations("DONE") == 1);
        // The cancellation is tried again an hour after it was lost, whenever that was.
        Awaitility.await("the new ones exist")
                .atMost(Surroundings.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    world.simulator().advance(Duration.ofMinutes(10));
                    return anew("A1").size() == 2 && left("Z1").size() == 1;
                });
        assertThat(left("A1")).extracting(ChargeView::amount).containsExactly(6000);
        assertThat(left("Z1")).extracting(ChargeView::amount).containsExactly(7000);
        assertThat(left("Z1").get(0).orderId()).endsWith("-2");
        assertThat(reportedEventually("change A1"))
                .contains("change A1=PENDING/CHARGED_ANEW", "change Z1=PENDING/CHARGED_ANEW");

        String replaced = left("A1").get(0).orderId().replaceFirst("-2$", "");
        world.leave("visma", "late.csv", HEADER + "change;C9;;" + replaced + ";;65,00;2026-11-09\n");
        assertThat(reportedEventually("change C9")).contains("change C9=REFUSED/NOTHING_TO_RETRY");
        assertThat(anew("A1")).hasSize(2);
    }

    @Test
    void whatFailedIsCollectedAgainAndNotTwice() {
        started("visma");
        world.leave(
                "visma",
                "poor.csv",
                new InvoiceFile()
                        .line("A1", "agr_demo0100", "1,51", DUE)
                        .line("A2", "agr_demo0101", "1,51", DUE)
                        .toString());
        Surroundings.await("they are confirmed", () -> world.charges("DUE") == 2);
        world.simulator().moveTo(Instant.parse("2026-11-11T01:00:00Z"));
        Surroundings.await("they failed", () -> world.charges("FAILED") == 2);
        world.leave(
                "visma", "retry.csv", HEADER + "retry;A1;;;;;2026-11-16\n" + "retry;R2;A1;;;;\n" + "retry;A2;;;;;\n");

        Surroundings.await(
                "the new ones exist", () -> anew("A1").size() == 2 && anew("A2").size() == 2);
        assertThat(reportedEventually("retry R2"))
                .contains("retry A1=PENDING/CHARGED_ANEW", "retry R2=REFUSED/NOTHING_TO_RETRY");
        world.simulator().moveTo(Instant.parse("2026-11-22T08:00:00Z"));
        Surroundings.await("nothing is left to do", () -> open() == 0);
        assertThat(anew("A1")).hasSize(2);
    }

    @Test
    void aCreditNoteDoesWhatItsChargeAsksFor() {
        world.set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "500.00");
        started("visma");
        charged("A", 3);
        world.leave("visma", "credits.csv", HEADER + ";K1;A1;;;-101,50;\n" + ";K2;A2;;;-20,00;\n");
        Surroundings.await("they are done", () -> operations("DONE") == 2);
        Surroundings.await(
                "the smaller one exists",
                () -> left("A2").size() == 1 && anew("A2").size() == 2);
        assertThat(left("A1")).isEmpty();
        assertThat(left("A2")).extracting(ChargeView::amount).containsExactly(8250);

        world.simulator().moveTo(PAID);
        Surroundings.await("they are paid", () -> world.charges("CHARGED") == 2);
        world.leave("visma", "late.csv", HEADER + ";K3;A3;;;-900,00;\n" + ";K4;A4;;;-10,00;\n");
        Surroundings.await("what is left is paid back", () -> refunded("A3") == 10350);
        assertThat(reportedEventually("refund K3"))
                .contains("refund K1=CANCELLED/", "refund K2=PENDING/CHARGED_ANEW", "refund K3=REFUNDED/");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-late-")).by("invoice_number", "reason_code"))
                .containsEntry("K4", "CREDIT_NOTE");

        world.leave("visma", "more.csv", HEADER + ";K5;A2;;;-10,00;\n");
        Surroundings.await(
                "what K3 paid back counts for the day's ceiling, not what it said",
                () -> left("A2").get(0).status().name().equals("PARTIALLY_REFUNDED"));
    }

    private List<ChargeView> left(String invoice) {
        return anew(invoice).stream()
                .filter(charge -> !charge.status().name().equals("CANCELLED"))
                .toList();
    }

    private List<ChargeView> anew(String invoice) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().startsWith("visma-" + invoice + "-"))
                .toList();
    }

    private void started(String channel) {
        world.channel(channel).start();
    }

    private void charged(String prefix, int count) {
        world.leave(
                "visma",
                prefix + ".csv",
                new InvoiceFile().lines(prefix, count, DUE).toString());
        Surroundings.await(
                "they are confirmed",
                () -> world.simulator().charges().filter(ChargeView::seen).count() == count);
        Surroundings.await("the ledger knows them", () -> world.charges("DUE") + world.charges("PENDING") == count);
    }

    private ChargeView charge(String invoice) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().startsWith("visma-" + invoice + "-"))
                .findFirst()
                .orElseThrow();
    }

    private long refunded(String invoice) {
        return world.ledger()
                .sql("select amount_refunded from charge where order_id = :orderId")
                .param("orderId", charge(invoice).orderId())
                .query(Long.class)
                .single();
    }

    private long open() {
        return operations("OPEN");
    }

    private long held() {
        return operations("HELD");
    }

    private long operations(String state) {
        return world.ledger()
                .sql("select count(*) from operation where state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private List<String> reportedEventually(String begin) {
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await(begin + " is reported", () -> {
            boolean there = reported().stream().anyMatch(row -> row.startsWith(begin));
            if (!there) {
                world.simulator().advance(Duration.ofSeconds(20));
            }
            return there;
        });
        return reported();
    }

    /** Every change that the status reports told so far: action, number, status and reason. */
    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-").stream()
                .flatMap(path -> Rows.of(Surroundings.read(path)).lines().stream())
                .map(row -> row.getField("action") + " " + row.getField("invoice_number") + "=" + row.getField("status")
                        + "/" + row.getField("reason_code"))
                .toList();
    }
}
