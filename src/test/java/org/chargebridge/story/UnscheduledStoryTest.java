package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.chargebridge.simulator.api.ChargeView;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charges that are made at once, through files alone, with the simulator's API. */
class UnscheduledStoryTest {

    /** Half an hour before midnight in Norway. */
    private static final String NOW = "2026-11-02T22:30:00Z";

    private static final Instant NEXT_DAY = Instant.parse("2026-11-03T01:00:00Z");
    private static final String DUE = "2026-11-05";
    private static final String HEADER = "invoice_number;agreement_id;amount;type;due_date;retry_days;action\n";

    @TempDir
    private Path home;

    private Surroundings world;

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aLineIsChargedAtOnceBesideOthersAndTheReportTellsSo() {
        started(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED));
        String file = HEADER
                + "U1;agr_demo0001;100,00;UNSCHEDULED;;;\n"
                + "A1;agr_demo0001;110,00;;" + DUE + ";3;\n"
                + "U2;agr_demo0002;1,51;unscheduled;;0;charge\n"
                + "U3;agr_demo0003;120,00;UNSCHEDULED;" + DUE + ";;\n"
                + "U4;agr_demo0003;130,00;UNSCHEDULED;;3;\n"
                + "U5;agr_demo0003;140,00;INITIAL;" + DUE + ";;\n";
        world.leave("visma", "mixed.csv", file);

        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-mixed-"));
        assertThat(receipt.by("invoice_number", "answer"))
                .containsEntry("U1", "ACCEPTED")
                .containsEntry("A1", "ACCEPTED")
                .containsEntry("U2", "ACCEPTED");
        assertThat(receipt.by("invoice_number", "reason_code"))
                .containsEntry("U3", "NOT_FOR_UNSCHEDULED")
                .containsEntry("U4", "NOT_FOR_UNSCHEDULED")
                .containsEntry("U5", "TEXT_INVALID");
        assertThat(receipt.by("invoice_number", "effective_due"))
                .containsEntry("U1", "")
                .containsEntry("A1", DUE);
        paidOrNot(2);
        assertThat(charge("U1").status().name()).isEqualTo("CHARGED");
        assertThat(charge("U2").status().name()).isEqualTo("FAILED");
        assertThat(charge("A1").status().name()).isEqualTo("DUE");
        reportedEventually("U2=FAILED/USER_ACTION_REQUIRED//0");
        assertThat(reportedEventually("U1=CHARGED///0")).doesNotHaveDuplicates();

        world.simulator().moveTo(NEXT_DAY);
        world.leave("visma", "again.csv", file.replace("U5;agr_demo0003;140,00", "U5;agr_demo0003;150,00"));
        assertThat(Rows.of(world.awaitFile("visma", "receipt-again-")).by("invoice_number", "answer"))
                .containsEntry("U1", "DUPLICATE")
                .containsEntry("U2", "DUPLICATE");
        world.leave("visma", "other.csv", file.replace("100,00;UNSCHEDULED;", "100,00;;" + DUE));
        assertThat(Rows.of(world.awaitFile("visma", "receipt-other-")).by("invoice_number", "reason_code"))
                .containsEntry("U1", "CONFLICT");
        assertThat(created()).isEqualTo(3);
    }

    @Test
    void aChannelThatDoesNotAllowItRefusesTheLineAndJudgesItAgainOnceItDoes() {
        world = new Surroundings(home, NOW, with(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED)))
                .channel("visma")
                .start();
        String file = HEADER + "U1;agr_demo0001;100,00;UNSCHEDULED;;;\n";
        world.leave("visma", "one.csv", file);
        assertThat(Rows.of(world.awaitFile("visma", "receipt-one-")).by("invoice_number", "reason_code"))
                .containsEntry("U1", "UNSCHEDULED_NOT_ALLOWED");
        assertThat(world.awaitFile("visma", "errors-one-")).contains("U1;agr_demo0001;100,00;UNSCHEDULED");

        world.stop();
        world.set("chargebridge.channels.visma.unscheduled", "allow").start();
        world.leave("visma", "allowed.csv", file);
        assertThat(Rows.of(world.awaitFile("visma", "receipt-allowed-")).by("invoice_number", "answer"))
                .containsEntry("U1", "ACCEPTED");
        paidOrNot(1);
        assertThat(created()).isEqualTo(1);
    }

    @Test
    void whatTheApiDoesNotAllowTheSalesUnitIsRefusedInTheReport() {
        started(Merchant.DEMO);
        world.leave("visma", "one.csv", HEADER + "U1;agr_demo0001;100,00;UNSCHEDULED;;;\n");

        reportedEventually("U1=REFUSED/REFUSED_BY_API//0");
        assertThat(world.awaitFile("visma", "errors-one-")).contains("UNSCHEDULED");
        assertThat(created()).isZero();
    }

    @Test
    void anAnswerThatIsLostBesideManyOthersChargesNobodyTwice() {
        started(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED));
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("create-charge", FaultKind.DROP_AFTER).withTimes(3),
                        FaultRule.of("create-charge", FaultKind.DROP_BEFORE).withTimes(2)));
        world.leave("visma", "many.csv", many(12));
        Surroundings.await("all are there", () -> {
            world.simulator().advance(Duration.ofSeconds(10));
            return created() == 12;
        });
        world.stop();
        world.start();
        paidOrNot(12);
        assertThat(world.simulator().charges().map(ChargeView::orderId))
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(world.simulator().summary().duplicatesRefused()).isZero();
    }

    @Test
    void manyAreSentNoFasterThanTheApiTakesThem() {
        world = new Surroundings(home, NOW, settings -> with(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED))
                        .apply(settings)
                        .withLimits(RateLimits.lifted().withUnscheduledPerMsn(30)))
                .channel("visma")
                .set("chargebridge.channels.visma.unscheduled", "allow")
                .set("chargebridge.sending.unscheduled-per-minute", "30")
                .start();
        world.leave("visma", "many.csv", many(10) + "A1;agr_demo0001;110,00;;" + DUE + ";3;\n");
        Surroundings.await("all are there", () -> created() == 11);
        assertThat(world.simulator().summary().calls().keySet()).noneMatch(call -> call.endsWith(" 429"));
    }

    @Test
    void aFailedOneIsCollectedAgainOnADueDate() {
        started(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED));
        world.leave("visma", "one.csv", HEADER + "U1;agr_demo0001;1,51;UNSCHEDULED;;;\n");
        paidOrNot(1);
        world.leave("visma", "wrong.csv", HEADER + "U1;;;UNSCHEDULED;;;retry\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-wrong-")).by("invoice_number", "reason_code"))
                .containsEntry("U1", "TEXT_INVALID");
        world.leave("visma", "again.csv", HEADER + "U1;;;;" + DUE + ";;retry\n");

        Surroundings.await("it is charged again", () -> created() == 2);
        ChargeView again = world.simulator()
                .charges()
                .filter(charge -> charge.orderId().endsWith("-2"))
                .findFirst()
                .orElseThrow();
        assertThat(again.due()).hasToString(DUE);
        assertThat(reportedEventually("U1=PENDING/CHARGED_ANEW")).contains("U1=PENDING/CHARGED_ANEW/" + DUE + "/0");
    }

    private static String many(int lines) {
        StringBuilder file = new StringBuilder(HEADER);
        IntStream.rangeClosed(1, lines)
                .forEach(number ->
                        file.append("U%d;agr_demo%04d;10%d,00;UNSCHEDULED;;;\n".formatted(number, number, number)));
        return file.toString();
    }

    private void started(Merchant merchant) {
        world = new Surroundings(home, NOW, with(merchant))
                .channel("visma")
                .set("chargebridge.channels.visma.unscheduled", "allow")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .start();
    }

    private static UnaryOperator<SimulatorSettings> with(Merchant merchant) {
        return settings -> settings.withMerchants(merchant);
    }

    /** Lets time pass until it is so; however long a busy machine takes, the day does not end meanwhile. */
    private void passUntil(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Surroundings.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    world.simulator().advance(Duration.ofSeconds(20));
                    return condition.call();
                });
    }

    /** Waits until that many are paid or failed, which they are within moments. */
    private void paidOrNot(int charges) {
        passUntil("they are seen as paid or failed", () -> {
            return world.ledger()
                            .sql("select count(*) from charge where status in ('CHARGED', 'FAILED')")
                            .query(Integer.class)
                            .single()
                    == charges;
        });
        assertThat(world.simulator().now()).isBefore(NEXT_DAY);
    }

    private ChargeView charge(String invoice) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().startsWith("visma-" + invoice + "-"))
                .findFirst()
                .orElseThrow();
    }

    private long created() {
        return world.simulator().charges().count();
    }

    private List<String> reportedEventually(String begin) {
        passUntil(begin + " is reported", () -> reported().stream().anyMatch(row -> row.startsWith(begin)));
        return reported();
    }

    /** Every change that the status reports told so far: number, status, reason, due date and retry days. */
    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-").stream()
                .flatMap(path -> Rows.of(Surroundings.read(path)).lines().stream())
                .map(row -> row.getField("invoice_number") + "=" + row.getField("status") + "/"
                        + row.getField("reason_code") + "/" + row.getField("effective_due") + "/"
                        + row.getField("retry_days"))
                .toList();
    }
}
