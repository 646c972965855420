package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chargebridge.simulator.api.ChargeView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** What people with different roles decide about what waits for them, through the REST interface and the pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LettersStoryTest {

    private static final String NOW = "2026-11-02T07:00:00Z";
    private static final String HEADER = "action;invoice_number;original_invoice_number;agreement_id;amount;due_date\n";
    private static final Map<String, String> WHY = Map.of("reason", "checked with the ERP");

    private Surroundings world;
    private Person viewer;
    private Person operator;
    private Person approver;
    private Person both;

    @BeforeAll
    void start(@TempDir Path home) {
        world = new Surroundings(home, NOW).set("chargebridge.operations.schedule", "0/1 * * * * ?");
        world.channel("visma").channel("xledger");
        world.set("chargebridge.channels.xledger.approval", "two-persons");
        world.set("chargebridge.channels.xledger.max-per-file", "100.00");
        world.set("chargebridge.channels.xledger.max-per-charge", "90.00");
        viewer = person("vera", "viewer");
        operator = person("olav", "operator");
        approver = person("anne", "approver");
        both = person("bodil", "operator,approver");
        world.start();
    }

    private Person person(String name, String roles) {
        String prefix = "chargebridge.users." + name + ".";
        world.set(prefix + "password-hash", new BCryptPasswordEncoder(8).encode(Person.PASSWORD));
        world.set(prefix + "roles", roles);
        return new Person(world, name);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    /** A line above the limit for one charge. */
    private long heldLine(String number) {
        world.leave("visma", number + ".csv", HEADER + "charge;" + number + ";;agr_demo0001;30000.00;2026-11-05\n");
        return letter("l.order_id like '%-" + number + "-%'");
    }

    private long letter(String condition) {
        Surroundings.await(
                "a letter where " + condition, () -> !letters(condition).isEmpty());
        return letters(condition).get(0);
    }

    private List<Long> letters(String condition) {
        return world.ledger()
                .sql("select id from dead_letter l where state = 'OPEN' and " + condition + " order by id desc")
                .query(Long.class)
                .list();
    }

    private ChargeView charge(String number) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().contains("-" + number + "-"))
                .findFirst()
                .orElseThrow();
    }

    private boolean isCharged(String number) {
        return world.simulator().charges().anyMatch(charge -> charge.orderId().contains("-" + number + "-"));
    }

    @Test
    void heldLineIsListedWithWhatCanBeDoneAndReleasedOnce() {
        long id = heldLine("H1");

        Person.Answer shown = viewer.get("/deadletters/" + id);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("possible"))
                .extracting(node -> node.asText())
                .contains("redrive", "discard", "correct-due-date", "correct-agreement");
        assertThat(viewer.get("/deadletters?channel=visma&reason=above_max_per_charge")
                        .body()
                        .path("items"))
                .extracting(node -> node.path("id").asLong())
                .contains(id);
        assertThat(viewer.get("/deadletters?kind=nothing").status()).isEqualTo(400);
        assertThat(viewer.post("/deadletters/" + id + "/redrive", WHY).status()).isEqualTo(403);
        assertThat(approver.post("/deadletters/" + id + "/redrive", WHY).status())
                .isEqualTo(403);
        assertThat(operator.post("/deadletters/" + id + "/redrive", Map.of()).status())
                .isEqualTo(400);

        Person.Answer done = operator.post("/deadletters/" + id + "/redrive", WHY);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.said()).contains("released");
        Person.Answer again = operator.post("/deadletters/" + id + "/redrive", WHY);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.said()).contains("already REDRIVEN");
        Surroundings.await("it is charged", () -> isCharged("H1"));
        assertThat(viewer.get("/deadletters/" + id).body().path("history"))
                .extracting(node -> node.path("actor").asText())
                .contains("olav");
    }

    @Test
    void dueDateIsCorrectedWithinWhatIsPossible() {
        long id = heldLine("D1");

        Person.Answer late = operator.post(
                "/deadletters/" + id + "/correct-due-date", Map.of("reason", "moved", "due", "2026-11-02"));
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.said()).contains("2026-11-03 at the earliest");
        assertThat(operator.post("/deadletters/" + id + "/correct-due-date", Map.of("reason", "moved", "due", "soon"))
                        .status())
                .isEqualTo(400);
        assertThat(operator.post(
                                "/deadletters/" + id + "/correct-due-date",
                                Map.of("reason", "moved", "due", "2026-11-20"))
                        .status())
                .isEqualTo(200);

        Surroundings.await("it is charged", () -> isCharged("D1"));
        assertThat(charge("D1").due().toString()).startsWith("2026-11-20");
    }

    @Test
    void correctedAgreementWaitsForSomebodyElse() {
        long id = heldLine("C1");
        Map<String, String> wish = Map.of("reason", "the customer moved", "agreementId", "agr_demo0002");

        assertThat(operator.post("/deadletters/" + id + "/correct-agreement", Map.of("reason", "x", "agreementId", "?"))
                        .status())
                .isEqualTo(400);
        assertThat(both.post("/deadletters/" + id + "/correct-agreement", wish).status())
                .isEqualTo(202);
        assertThat(operator.post("/deadletters/" + id + "/correct-agreement", wish)
                        .said())
                .contains("waits for approval already, asked for by bodil");
        long approval = viewer.get("/deadletters/" + id)
                .body()
                .path("approval")
                .path("id")
                .asLong();
        Person.Answer own = both.post("/approvals/" + approval + "/approve", WHY);
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.said()).contains("somebody else approves");
        assertThat(operator.post("/approvals/" + approval + "/approve", WHY).status())
                .isEqualTo(403);
        assertThat(isCharged("C1")).isFalse();

        assertThat(approver.post("/approvals/" + approval + "/approve", WHY).status())
                .isEqualTo(200);

        Person.Answer again = approver.post("/approvals/" + approval + "/approve", WHY);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.said()).contains("already approved by anne");
        Surroundings.await("it is charged", () -> isCharged("C1"));
        assertThat(charge("C1").agreementId()).isEqualTo("agr_demo0002");
    }

    @Test
    void fileAboveTheLimitTakesTwoPersonsWhereTheChannelWantsThem() {
        world.leave(
                "xledger",
                "large.csv",
                HEADER + "charge;L1;;agr_demo0003;80.00;2026-11-05\ncharge;L2;;agr_demo0004;80.00;2026-11-05\n");
        long id = letter("l.kind = 'FILE' and l.channel = 'xledger'");
        long approval = viewer.get("/deadletters/" + id)
                .body()
                .path("approval")
                .path("id")
                .asLong();

        Person.Answer early = approver.post("/approvals/" + approval + "/approve", WHY);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.said()).contains("an operator asks for it first");
        assertThat(both.post("/deadletters/" + id + "/redrive", WHY).status()).isEqualTo(202);
        assertThat(both.post("/deadletters/" + id + "/redrive", WHY).status()).isEqualTo(403);
        assertThat(operator.post("/approvals/" + approval + "/ask", WHY).said()).contains("asked for by bodil already");
        assertThat(isCharged("L1")).isFalse();
        assertThat(viewer.get("/approvals").body().path("items"))
                .extracting(node -> node.path("id").asLong())
                .contains(approval);

        assertThat(approver.post("/deadletters/" + id + "/redrive", WHY).said()).contains("Approved");

        Surroundings.await("they are charged", () -> isCharged("L1") && isCharged("L2"));
    }

    @Test
    void heldRefundIsApprovedByAnApproverAndRefusedByOne() {
        world.leave(
                "visma",
                "paid.csv",
                HEADER + "charge;R1;;agr_demo0005;80.00;2026-11-05\ncharge;R2;;agr_demo0006;80.00;2026-11-05\n");
        Surroundings.await("they are charged", () -> isCharged("R1") && isCharged("R2"));
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await(
                "they are paid",
                () -> charge("R1").status().name().equals("CHARGED")
                        && charge("R2").status().name().equals("CHARGED"));
        world.leave("visma", "refunds.csv", HEADER + "refund;K1;R1;;50.00;\nrefund;K2;R2;;50.00;\n");
        long first = letter("l.kind = 'OPERATION' and l.order_id like '%-R1-%'");
        long second = letter("l.kind = 'OPERATION' and l.order_id like '%-R2-%'");

        Person.Answer operators = operator.post("/deadletters/" + first + "/redrive", WHY);
        assertThat(operators.status()).isEqualTo(403);
        assertThat(operators.said()).contains("approver");
        assertThat(operator.post("/deadletters/" + second + "/discard", WHY).status())
                .isEqualTo(403);
        assertThat(approver.post("/deadletters/" + first + "/redrive", WHY).status())
                .isEqualTo(200);
        assertThat(approver.post("/deadletters/" + second + "/discard", WHY).said())
                .contains("Refused");

        Surroundings.await(
                "one is paid back", () -> charge("R1").status().name().equals("PARTIALLY_REFUNDED"));
        assertThat(charge("R2").status().name()).isEqualTo("CHARGED");
        assertThat(viewer.get("/approvals?all=true").body().path("items"))
                .extracting(node -> node.path("state").asText())
                .contains("APPROVED", "REFUSED");
    }

    @Test
    void pagesAskOnceAndShowOnlyWhatTheReaderMayDo() {
        long id = heldLine("P1");
        viewer.logIn();
        operator.logIn();

        assertThat(viewer.page("/deadletters").body())
                .contains("/deadletters/" + id)
                .doesNotContain("/redrive");
        assertThat(viewer.page("/deadletters/" + id + "?language=nb").body()).contains("Fakta");
        assertThat(viewer.page("/deadletters/4711000").statusCode()).isEqualTo(404);
        String form = "/deadletters/" + id + "/discard";
        assertThat(operator.page(form).body()).contains("textarea");
        assertThat(operator.submit(form, form, Map.of("reason", " ")).body()).contains("Say why");

        assertThat(operator.submit(form, form, Map.of("reason", "sent by mistake"))
                        .body())
                .contains("nothing is sent for it", "sent by mistake", "olav");
        assertThat(viewer.submit("/deadletters", form, WHY).statusCode()).isEqualTo(403);
    }

    @Test
    void approvalPageLetsNobodyApproveWhatTheyAskedFor() {
        long id = heldLine("Q1");
        both.logIn();
        approver.logIn();
        both.submit(
                "/deadletters/" + id + "/correct-agreement",
                "/deadletters/" + id + "/correct-agreement",
                Map.of("reason", "wrong customer", "agreementId", "agr_demo0007"));
        long approval = viewer.get("/deadletters/" + id)
                .body()
                .path("approval")
                .path("id")
                .asLong();
        String page = "/approvals/" + approval;

        assertThat(both.page(page).body()).contains("You asked for this").doesNotContain(page + "/approve\">Approve");
        assertThat(both.submit(page, page + "/approve", WHY).body()).contains("somebody else approves");
        assertThat(approver.page("/approvals").body()).contains("agr_demo0007");
        assertThat(approver.submit(page, page + "/refuse", WHY).body()).contains("stays open");
        assertThat(letters("id = " + id)).hasSize(1);
    }

    @Test
    void manyLettersAreWorkedOffWithProgressWhateverFails() {
        StringBuilder lines = new StringBuilder(HEADER);
        for (int i = 1; i <= 30; i++) {
            lines.append("charge;M")
                    .append(i)
                    .append(";;agr_demo00")
                    .append(10 + i)
                    .append(";31000.00;2026-11-25\n");
        }
        world.leave("visma", "many.csv", lines.toString());
        Surroundings.await(
                "all are held", () -> letters("order_id like '%-M30-%'").size() == 1);
        List<Long> ids = letters("order_id ~ '-M[0-9]+-'");
        assertThat(ids).hasSize(30);
        assertThat(viewer.post("/deadletters/bulk", Map.of("decision", "redrive", "letters", ids, "reason", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(operator.post("/deadletters/bulk", Map.of("decision", "explode", "letters", ids, "reason", "x"))
                        .status())
                .isEqualTo(400);
        List<Long> chosen = new java.util.ArrayList<>(ids.subList(0, 20));
        Person.Answer taken = operator.post(
                "/deadletters/bulk", Map.of("decision", "redrive", "letters", chosen, "reason", "agreed"));
        assertThat(taken.status()).isEqualTo(202);
        long order = taken.body().path("id").asLong();

        Surroundings.await("it is worked off", () -> "DONE"
                .equals(operator.get("/bulk-orders/" + order)
                        .body()
                        .path("state")
                        .asText()));
        assertThat(operator.get("/bulk-orders/" + order).body().path("done").asInt())
                .isEqualTo(20);
        assertThat(operator.post("/bulk-orders/" + order + "/stop", Map.of()).status())
                .isEqualTo(409);
        assertThat(operator.post("/deadletters/bulk", Map.of("decision", "redrive", "letters", chosen, "reason", "x"))
                        .status())
                .isEqualTo(409);
        assertThat(letters("order_id ~ '-M[0-9]+-'")).hasSize(10);
        operator.logIn();
        assertThat(operator.page("/bulk-orders/" + order).body()).contains("agreed", "progress");
        assertThat(operator.page("/bulk-orders/" + order + "/progress").body())
                .contains("20 done and 0 not possible, of 20")
                .doesNotContain("<header>");
        String rest = letters("order_id ~ '-M[0-9]+-'").stream()
                .map(id -> "letter=" + id)
                .collect(java.util.stream.Collectors.joining("&"));
        assertThat(operator.submit(
                                "/deadletters",
                                "/deadletters/bulk?" + rest,
                                Map.of("decision", "discard", "why", "not ours"))
                        .body())
                .contains("10");
        Surroundings.await(
                "all are decided", () -> letters("order_id ~ '-M[0-9]+-'").isEmpty());
    }

    @Test
    void manyLettersGoOnAfterARestartAndCanBeStopped() {
        long first = heldLine("S1");
        long second = heldLine("S2");
        long order = world.ledger()
                .sql(
                        """
                        insert into bulk_order (decision, actor, roles, reason, chosen, language, state, created_at,
                            lease_owner, lease_until)
                        values ('DISCARD', 'olav', '{OPERATOR,VIEWER}', 'gone', 'to', 'nb', 'RUNNING', now(),
                            'a dead node', clock_timestamp() + interval '1 hour') returning id
                        """)
                .query(Long.class)
                .single();
        world.ledger()
                .sql("insert into bulk_order_letter select :order, id from dead_letter where id in (:first, :second)")
                .param("order", order)
                .param("first", first)
                .param("second", second)
                .update();
        operator.post("/deadletters/" + first + "/discard", WHY);

        world.stop();
        world.ledger()
                .sql("update bulk_order set lease_until = clock_timestamp() where id = :id")
                .param("id", order)
                .update();
        world.start();

        Surroundings.await("it is worked off", () -> "DONE"
                .equals(operator.get("/bulk-orders/" + order)
                        .body()
                        .path("state")
                        .asText()));
        assertThat(letters("id = " + second)).isEmpty();
        JsonNode listed = operator.get("/bulk-orders").body().path(0);
        assertThat(listed.path("failed").asInt()).isEqualTo(1);
        assertThat(listed.has("failures")).isFalse();
        assertThat(operator.get("/bulk-orders/" + order).body().path("failures"))
                .extracting(node -> node.path("message").asText())
                .singleElement()
                .asString()
                .as("in the language of whoever ordered")
                .contains("allerede");
        world.ledger()
                .sql(
                        "update bulk_order set state = 'RUNNING', lease_owner = 'another', lease_until = now() + interval '1 hour'")
                .update();
        assertThat(operator.post("/bulk-orders/" + order + "/stop", Map.of()).said())
                .contains("stopped");
        assertThat(operator.get("/bulk-orders/" + order).body().path("state").asText())
                .isEqualTo("STOPPED");
    }

    @Test
    void calendarTellsWhatWentAndWhatWillGoAndDeliversAgain() {
        world.leave("visma", "cal.csv", HEADER + "charge;V1;;agr_demo0060;80.00;2026-11-25\n");
        world.awaitFile("visma", "receipt-cal-");
        Surroundings.await(
                "it is delivered", () -> receipt().path("state").asText().equals("DELIVERED"));
        long id = receipt().path("id").asLong();

        assertThat(viewer.get("/reports?channel=visma").body().path("due"))
                .extracting(node -> node.path("kind").asText(), node -> node.path("given")
                        .asText())
                .contains(tuple("STATUS", "CHANGES"));
        assertThat(viewer.get("/reports?channel=nobody").status()).isEqualTo(404);
        assertThat(viewer.get("/reports?from=2020-01-01&to=2020-01-02").body().path("items"))
                .isEmpty();
        assertThat(viewer.post("/reports/" + id + "/again", WHY).status()).isEqualTo(403);
        assertThat(approver.post("/reports/" + id + "/again", WHY).status()).isEqualTo(403);
        assertThat(operator.post("/reports/" + id + "/again", Map.of()).status())
                .isEqualTo(400);
        assertThat(operator.post("/reports/4711000/again", WHY).status()).isEqualTo(404);
        operator.logIn();
        String form = "/reports/" + id + "/again";
        assertThat(operator.page("/reports").body()).contains(form, "receipt-cal-", "if something changed");
        assertThat(operator.submit(form, form, WHY).body()).contains("is delivered again");
        assertThat(world.ledger()
                        .sql("select count(*) from audit_event where action = 'deliver again' and actor = 'olav'")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    private com.fasterxml.jackson.databind.JsonNode receipt() {
        for (var file : viewer.get("/reports?channel=visma&limit=500").body().path("items")) {
            if (file.path("name").asText().startsWith("receipt-cal-")) {
                return file;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    @Test
    void whatHasAnUnknownOutcomeCanOnlyBeLookedUp() {
        world.leave("visma", "unknown.csv", HEADER + "charge;U1;;agr_demo0061;80.00;2026-11-25\n");
        Surroundings.await("it is seen", () -> status("U1").equals("DUE"));
        world.ledger()
                .sql(
                        "update charge set status = 'UNCONFIRMED', next_check_at = '2030-01-01' where order_id like '%-U1-%'")
                .update();
        long id = world.ledger()
                .sql(
                        """
                        insert into dead_letter (kind, state, channel, msn, file_id, position, order_id, reason_code,
                            reason_arguments, reason, remedy, created_at)
                        select 'CHARGE', 'OPEN', channel, msn, file_id, position, order_id, 'OUTCOME_UNKNOWN', '{}', 'x', 'y',
                            now() from charge where order_id like '%-U1-%' returning id
                        """)
                .query(Long.class)
                .single();

        assertThat(operator.get("/deadletters/" + id).body().path("possible"))
                .extracting(node -> node.asText())
                .containsExactly("look-up");
        operator.logIn();
        assertThat(operator.page("/deadletters/" + id).body())
                .contains("Its outcome is unknown", "/look-up")
                .doesNotContain("/redrive");
        for (String decision : List.of("redrive", "discard")) {
            Person.Answer refused = operator.post("/deadletters/" + id + "/" + decision, WHY);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.said()).contains("unknown", "look it up");
        }
        assertThat(operator.post("/deadletters/" + id + "/look-up", Map.of()).status())
                .isEqualTo(200);
        Surroundings.await("it is seen again", () -> status("U1").equals("DUE"));
    }

    private String status(String number) {
        return world.ledger()
                .sql("select status from charge where order_id like '%-" + number + "-%'")
                .query(String.class)
                .optional()
                .orElse("");
    }
}
