package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.simulator.api.Merchant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A whole run with everything that goes wrong in it, at the most talkative level of our own log: no key and no person
 * stands in anything that the program writes for others than the ERP itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class NothingLeaksTest {

    private static final String DUE = "2026-11-05";
    private static final String NAME = "Kari Nordmann-Berg";
    private static final String PHONE = "4798765432";
    private static final String MAIL = "kari.nordmann@example.no";
    private static final String TEXT = "Hjemmehjelp uke 47";
    private static final List<String> PERSONS = List.of("Nordmann", PHONE, MAIL, "Hjemmehjelp");

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("logging.level.org.chargebridge", "trace")
                .set("chargebridge.users.prometheus.password", "the password of prometheus")
                .set("chargebridge.users.prometheus.roles", "viewer")
                .set("chargebridge.alarm.interval", "1s")
                .set("chargebridge.alarm.hold", "1s")
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .set("chargebridge.channels.visma.draft", "direct")
                .set("chargebridge.channels.visma.redirect-url", "https://www.example.com/thanks")
                .set("chargebridge.channels.visma.agreement-url", "https://www.example.com/agreements")
                .channel("visma");
        world.reachedFromOutside();
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private List<String> secrets() throws IOException {
        return List.of(
                Merchant.DEMO.clientSecret(),
                Merchant.DEMO.subscriptionKey(),
                "secret-visma",
                "operator-password",
                "the password of prometheus",
                Files.readString(home.resolve("encryption-key")).strip(),
                "Bearer ey");
    }

    private void aDayOnWhichMuchGoesWrong() {
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("create-charges", FaultKind.DROP_AFTER).withTimes(1),
                        FaultRule.of("token", FaultKind.DROP_BEFORE).withTimes(1)));
        world.start();
        world.leave(
                "visma",
                "invoices.csv",
                """
                invoice_number;customer_number;agreement_id;amount;due_date;description
                L1;C1;agr_demo0001;199,00;%1$s;%2$s
                L2;C2;agr_demo0002;1,51;%1$s;%2$s %3$s
                L3;C3;agr_unknown1;299,00;%1$s;%3$s
                L4;C4;agr_demo0004;399,00;2026-11-01;%3$s
                L5;C5;agr_demo0005;not an amount;%1$s;%4$s
                """
                        .formatted(DUE, TEXT, NAME, MAIL));
        world.leave("visma", "no-header.csv", NAME + ";" + PHONE + ";" + MAIL + "\n");
        world.leave(
                "visma",
                "offers.csv",
                "invoice_number;action;customer_number;product_name;amount;interval_unit;phone_number\n"
                        + "O-1;draft-agreement;C9;" + TEXT + ";499,00;month;" + PHONE + "\n");
        world.awaitFile("visma", "receipt-invoices-");
        world.awaitFile("visma", "errors-invoices-");
        world.awaitFile("visma", "receipt-offers-");
        Surroundings.await("charges exist", () -> world.simulator().summary().created() >= 2);
        world.simulator().revokeTokens();
        world.simulator().moveTo(Instant.parse("2026-11-11T01:00:00Z"));
        Surroundings.await("it is reported", () -> {
            world.simulator().advance(Duration.ofMinutes(1));
            return world.file("visma", "status-visma-").isPresent();
        });
        Surroundings.await(
                "a letter is open",
                () -> world.ledger()
                                .sql("select count(*) from dead_letter where state = 'OPEN'")
                                .query(Long.class)
                                .single()
                        > 0);
    }

    /** Everything that anybody but the ERP may read, by where it stands. */
    private Map<String, String> written(CapturedOutput output) throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("log", output.getAll());
        String management = "http://127.0.0.1:" + world.managementPort() + "/observe/";
        for (String path : List.of("health", "metrics", "camelroutes")) {
            all.put(path, get(management + path));
        }
        String web = "http://127.0.0.1:" + world.webPort() + "/operator/";
        for (String path : List.of("overview", "overview/money", "routes", "audit", "reports", "openapi.json")) {
            all.put(path, get(web + path));
        }
        all.put(
                "alarms",
                String.join(
                        "\n",
                        world.ledger()
                                .sql("select row_to_json(a)::text from alarm a")
                                .query(String.class)
                                .list()));
        all.put(
                "audit trail",
                String.join(
                        "\n",
                        world.ledger()
                                .sql("select row_to_json(a)::text from audit_event a")
                                .query(String.class)
                                .list()));
        return all;
    }

    private static String get(String address) throws Exception {
        String login =
                Base64.getEncoder().encodeToString("operator:operator-password".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address).isIn(200, 503);
        return answer.body();
    }

    @Test
    void neitherKeysNorPersonsStandInAnythingButTheErpsOwnFiles(CapturedOutput output) throws Exception {
        aDayOnWhichMuchGoesWrong();

        Map<String, String> written = written(output);
        // So that no file comes or goes while all are read.
        world.stop();
        assertThat(written.get("log")).contains("invoices.csv").hasSizeGreaterThan(1_000);
        List<String> leaks = new ArrayList<>();
        written.forEach((where, text) -> {
            for (String person : PERSONS) {
                if (text.contains(person)) {
                    leaks.add(person + " in " + where);
                }
            }
        });
        for (String secret : secrets()) {
            written.forEach((where, text) -> {
                if (text.contains(secret)) {
                    leaks.add("a key in " + where + ": " + secret);
                }
            });
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    boolean ours = !file.startsWith(home.resolve("simulator"))
                            && !file.getFileName().toString().equals("encryption-key");
                    if (ours
                            && Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(secret)) {
                        leaks.add("a key in " + file);
                    }
                }
            }
            for (String table : List.of("dispatch", "operation", "draft", "dead_letter", "webhook_registration")) {
                if (world.ledger()
                        .sql("select exists (select 1 from " + table + " t where position(:secret in t::text) > 0)")
                        .param("secret", secret)
                        .query(Boolean.class)
                        .single()) {
                    leaks.add("a key in the table " + table);
                }
            }
        }
        assertThat(leaks).isEmpty();
    }
}
