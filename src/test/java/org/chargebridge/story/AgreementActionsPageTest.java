package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chargebridge.simulator.api.Agreement;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.story.Elsewhere.Charge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every action on an agreement, in every state that it can have, through files and against the simulator's API, as
 * {@code docs/actions.md} shows it; {@code -Dgolden=write} writes it.
 */
class AgreementActionsPageTest {

    private static final Path PAGE = Path.of("docs/actions.md");
    private static final String BEGIN = "<!-- the table of agreements -->\n";
    private static final String NONE = "–";

    /** An agreement when its line's turn comes. */
    private enum Standing {
        PENDING,
        ACTIVE,
        RESERVED,
        STOPPED,
        EXPIRED,
        MISSING;

        String id(int action) {
            return "agr_" + name().toLowerCase(java.util.Locale.ROOT) + action;
        }

        String told() {
            return switch (this) {
                case PENDING, ACTIVE, STOPPED, EXPIRED -> "`" + name() + "`";
                case RESERVED -> "`ACTIVE`, with a reserved charge";
                case MISSING -> "not known at the API";
            };
        }
    }

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .set("chargebridge.channels.visma.draft", "direct")
                .set("chargebridge.channels.visma.redirect-url", "https://www.example.com/thanks")
                .set("chargebridge.channels.visma.agreement-url", "https://www.example.com/agreements");
        List<Agreement> agreements = new ArrayList<>();
        List<Charge> reserved = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            for (int action = 1; action <= 3; action++) {
                if (standing == Standing.RESERVED) {
                    agreements.add(agreement(standing.id(action), Agreement.Status.ACTIVE));
                    reserved.add(new Charge(
                            standing.id(action), "reserved-" + action, 5000, "2026-11-05", "RESERVE_CAPTURE"));
                } else if (standing != Standing.MISSING) {
                    agreements.add(agreement(standing.id(action), Agreement.Status.valueOf(standing.name())));
                }
            }
        }
        world.simulator().seed(agreements);
        new Elsewhere(world.simulator()).charge(reserved);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        world.start();
    }

    private static Agreement agreement(String id, Agreement.Status status) {
        return new Agreement(id, status, "NOK", Merchant.DEMO.msn(), id, Agreement.Pricing.LEGACY, 100000, 0);
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void thePageShowsWhatIsDone() throws IOException {
        Map<Standing, String> offered = offered();
        StringBuilder file = new StringBuilder("action;invoice_number;agreement_id;product_name\n");
        for (Standing standing : Standing.values()) {
            file.append("update-agreement;U-")
                    .append(standing)
                    .append(';')
                    .append(standing.id(1))
                    .append(";New\n");
            file.append("stop-agreement;;").append(standing.id(2)).append(";\n");
            file.append("query;;").append(standing.id(3)).append(";\n");
        }
        world.leave("visma", "lines.csv", file.toString());
        Path info = world.in("visma").resolve("info");
        Surroundings.await(
                "all is settled",
                () -> !Surroundings.files(info, "query-lines-").isEmpty()
                        && world.ledger()
                                        .sql("select count(*) from operation where state = 'OPEN'")
                                        .query(Long.class)
                                        .single()
                                == 0);

        Map<String, String> done = done();
        Map<String, String> answered = Rows.of(Surroundings.read(
                        Surroundings.files(info, "query-lines-").get(0)))
                .by("agreement_id", "status");
        StringBuilder table = new StringBuilder("| The agreement is | `draft-agreement` | `update-agreement` |"
                + " `stop-agreement` | `query` |\n|---|---|---|---|---|\n");
        for (Standing standing : Standing.values()) {
            table.append("| ").append(standing.told()).append(" | ").append(offered.getOrDefault(standing, NONE));
            table.append(" | ").append(done.get(standing.id(1))).append(" | ").append(done.get(standing.id(2)));
            table.append(" | told: `")
                    .append(answered.get(standing.id(3)).replace(",", "`, `"))
                    .append("` |\n");
        }
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf("\n\n", begin) + 1;
        String wanted = page.substring(0, begin) + table + page.substring(end);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, wanted);
            page = wanted;
        }
        assertThat(page).isEqualTo(wanted);
    }

    /** What becomes of offers, one of which the customer accepts, one declines and one leaves alone. */
    private Map<Standing, String> offered() {
        world.leave(
                "visma",
                "offers.csv",
                """
                action;invoice_number;customer_number;product_name;amount
                draft-agreement;O-1;C1;Paper;499,00
                draft-agreement;O-2;C2;Paper;499,00
                draft-agreement;O-3;C3;Paper;499,00
                """);
        Surroundings.await("they are drafted", () -> drafts("PENDING").size() == 3);
        List<String> pending = drafts("PENDING");
        world.simulator().customers().accept(pending.get(0));
        world.simulator().customers().reject(pending.get(1));
        world.simulator().advance(Duration.ofMinutes(11));
        Surroundings.await(
                "all are decided",
                () -> drafts("ACTIVE").size()
                                + drafts("STOPPED").size()
                                + drafts("EXPIRED").size()
                        == 3);
        world.simulator().advance(Duration.ofMinutes(2));
        Map<Standing, String> told = new HashMap<>();
        told.put(Standing.PENDING, "waits");
        for (Standing standing : List.of(Standing.ACTIVE, Standing.STOPPED, Standing.EXPIRED)) {
            Surroundings.await(
                    standing + " is reported", () -> Surroundings.files(world.in("visma"), "status-visma-").stream()
                            .anyMatch(file -> Rows.of(Surroundings.read(file)).lines().stream()
                                    .anyMatch(row -> row.getField("action").equals("draft-agreement")
                                            && row.getField("status").equals(standing.name()))));
            told.put(standing, "done: told");
        }
        return told;
    }

    private List<String> drafts(String state) {
        return world.ledger()
                .sql("select agreement_id from draft where state = :state order by position")
                .param("state", state)
                .query(String.class)
                .list();
    }

    /** What was done about each agreement. */
    private Map<String, String> done() {
        Map<String, String> done = new HashMap<>();
        world.ledger()
                .sql("select agreement_id, state, method, reason_code from operation"
                        + " where action in ('UPDATE_AGREEMENT', 'STOP_AGREEMENT')")
                .query(row -> {
                    String reason = row.getString("reason_code");
                    String what =
                            switch (row.getString("state")) {
                                case "DONE" -> row.getString("method") == null ? "done" : "**PATCH**";
                                case "REFUSED" -> "refused: `" + reason + "`";
                                case "HELD" -> "held: `" + reason + "`";
                                default -> "waits";
                            };
                    done.put(row.getString("agreement_id"), what);
                });
        return done;
    }
}
