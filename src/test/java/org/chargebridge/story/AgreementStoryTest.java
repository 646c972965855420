package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chargebridge.simulator.api.Agreement;
import org.chargebridge.simulator.api.Merchant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An existing business is taken over, and one of its customers leaves. */
class AgreementStoryTest {

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private static Agreement agreement(String id, String externalId) {
        return new Agreement(
                id,
                Agreement.Status.ACTIVE,
                "NOK",
                Merchant.DEMO.msn(),
                externalId,
                Agreement.Pricing.LEGACY,
                10000,
                0);
    }

    @Test
    void customersOfAnotherSystemAreChargedOnceAndThoseWhoLeaveAreReported() {
        world.simulator().seed(List.of(agreement("agr_old1", "K1"), agreement("agr_old2", "K2")));
        chargeElsewhere("agr_old1", 12000, "2026-11-09");
        world.channel("visma")
                .set("chargebridge.channels.visma.import-agreements", "true")
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .start();
        Rows imported = Rows.of(world.awaitFile("visma", "receipt-agreements-import-" + Merchant.DEMO.msn()));
        assertThat(imported.by("customer_number", "answer"))
                .containsEntry("K1", "ACCEPTED")
                .containsEntry("K2", "ACCEPTED");

        world.leave(
                "visma",
                "invoices.csv",
                """
                invoice_number;customer_number;amount;due_date
                SAME;K1;120,00;2026-11-05
                OTHER;K1;50,00;2026-11-05
                NEW;K2;120,00;2026-11-05
                """);
        world.awaitFile("visma", "receipt-invoices-");
        Surroundings.await("two are sent", () -> world.simulator().summary().created() == 3);
        world.simulator().advance(Duration.ofMinutes(2));
        Rows held = Rows.of(world.awaitFile("visma", "status-visma-"));
        assertThat(held.by("invoice_number", "reason_code")).containsEntry("SAME", "CHARGED_ELSEWHERE");
        assertThat(held.by("invoice_number", "agreement_status")).containsEntry("SAME", "ACTIVE");

        world.leave(
                "visma", "later.csv", "invoice_number;customer_number;amount;due_date\nLATER;K2;10,00;2026-12-05\n");
        world.awaitFile("visma", "receipt-later-");
        world.simulator().stopAgreement("agr_old2");
        world.simulator().advance(Duration.ofDays(1));
        Surroundings.await(
                "its end is known",
                () -> world.ledger()
                                .sql("select count(*) from event where agreement_id = 'agr_old2'")
                                .query(Long.class)
                                .single()
                        == 1);
        world.leave("visma", "last.csv", "invoice_number;customer_number;amount;due_date\nLAST;K2;10,00;2026-12-05\n");
        assertThat(Rows.of(world.awaitFile("visma", "receipt-last-")).by("invoice_number", "reason_code"))
                .containsEntry("LAST", "AGREEMENT_NOT_ACTIVE");
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("the report tells it", () -> Surroundings.files(world.in("visma"), "status-visma-").stream()
                .anyMatch(file -> Surroundings.read(file).contains(";agreement;STOPPED;")));
    }

    @Test
    void agreementsAreChangedAndStoppedByFile() {
        world.simulator().seed(List.of(agreement("agr_old1", "K1"), agreement("agr_old2", "K2")));
        world.channel("visma")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .start();
        world.leave(
                "visma", "later.csv", "invoice_number;agreement_id;amount;due_date\nL-1;agr_old2;10,00;2026-11-09\n");
        Surroundings.await("it is sent", () -> world.simulator().summary().created() == 1);
        String file =
                """
                action;invoice_number;agreement_id;product_name;amount;suggested_max_amount
                update-agreement;U-1;agr_old1;Nytt navn;150,00;
                update-agreement;U-2;agr_old1;;;500,00
                stop-agreement;;agr_old2;;;
                stop-agreement;;agr_none1;;;
                """;
        world.leave("visma", "changes.csv", file);
        assertThat(Rows.of(world.awaitFile("visma", "receipt-changes-")).count("answer"))
                .containsEntry("ACCEPTED", 4L);
        Surroundings.await(
                "all are settled",
                () -> world.ledger()
                                .sql("select count(*) from operation where state <> 'OPEN'")
                                .query(Long.class)
                                .single()
                        == 4);
        Agreement changed = world.simulator().customers().agreement("agr_old1").orElseThrow();
        assertThat(changed.price()).isEqualTo(15000);
        assertThat(world.simulator()
                        .customers()
                        .agreement("agr_old2")
                        .orElseThrow()
                        .status())
                .isEqualTo(Agreement.Status.STOPPED);
        // What was refused may be asked again; what was done is done once.
        String again = file.replace("stop-agreement;;agr_none1;;;\n", "")
                .replace("update-agreement;U-2;agr_old1;;;500,00\n", "");
        world.leave("visma", "changes-again.csv", again);
        assertThat(Rows.of(world.awaitFile("visma", "receipt-changes-again-")).by("invoice_number", "answer"))
                .containsEntry("U-1", "DUPLICATE");
        world.simulator().advance(Duration.ofMinutes(2));
        Rows report = Rows.of(world.awaitFile("visma", "status-visma-"));
        assertThat(report.by("invoice_number", "status"))
                .containsEntry("U-1", "ACTIVE")
                .containsEntry("U-2", "REFUSED");
        assertThat(report.by("agreement_id", "reason_code")).containsEntry("agr_none1", "AGREEMENT_NOT_ACTIVE");
        assertThat(Surroundings.read(
                        Surroundings.files(world.in("visma"), "status-visma-").get(0)))
                .contains(";stop-agreement;STOPPED;", ";agreement;STOPPED;");
    }

    @Test
    void aQuestionIsAnsweredInAFileOfItsOwnAndNeverInAReport() {
        world.simulator().seed(List.of(agreement("agr_old1", "K1")));
        chargeElsewhere("agr_old1", 12000, "2026-11-09");
        world.channel("visma")
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .start();
        world.leave("visma", "ask.csv", "action;invoice_number;agreement_id\nquery;Q-1;agr_old1\nquery;;agr_none1\n");
        Surroundings.await(
                "it is answered", () -> !Surroundings.files(world.in("visma").resolve("info"), "query-ask-")
                        .isEmpty());
        Rows answer =
                Rows.of(Surroundings.read(Surroundings.files(world.in("visma").resolve("info"), "query-ask-")
                        .get(0)));
        assertThat(answer.by("order_id", "status")).containsEntry("elsewhere-1", "DUE");
        assertThat(answer.by("agreement_id", "agreement_status"))
                .containsEntry("agr_old1", "ACTIVE,ACTIVE")
                .containsEntry("agr_none1", "MISSING");
        assertThat(answer.lines()).hasSize(3);
        world.simulator().advance(Duration.ofMinutes(2));
        assertThat(Surroundings.files(world.in("visma"), "status-visma-")).isEmpty();
    }

    private void chargeElsewhere(String agreementId, int amount, String due) {
        new Elsewhere(world.simulator())
                .charge(List.of(new Elsewhere.Charge(agreementId, "elsewhere-1", amount, due, "DIRECT_CAPTURE")));
    }
}
