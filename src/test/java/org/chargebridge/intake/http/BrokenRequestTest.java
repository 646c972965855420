package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.Ports;
import org.chargebridge.simulator.postgres.DemoPostgres;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that break off, are cut, or meet a ledger that is away: nothing is half done, and sending again is safe. */
class BrokenRequestTest {

    private static final String LINE =
            "{\"invoiceNumber\": \"%s\", \"agreementId\": \"agr_demo0001\", \"amount\": \"1234.50\", \"dueDate\":"
                    + " \"2026-11-05\"}\n";

    @TempDir
    private static Path home;

    private static Surroundings world;
    private static HttpErp erp;

    @BeforeAll
    static void start() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .httpUser("visma", "correct horse", "visma")
                .start();
        erp = new HttpErp(world.webPort(), "visma", "correct horse");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String head(String length) {
        return "POST /api/instructions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + erp.login()
                + "\r\nContent-Type: application/x-ndjson\r\n" + length + "\r\n\r\n";
    }

    /** Sends this and hangs up, by a reset where it is said. */
    private static void sendAndHangUp(String bytes, boolean reset) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", world.webPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (reset) {
                socket.setSoLinger(true, 0);
            } else {
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static long files() {
        return world.ledger()
                .sql("select count(*) from inbound_file")
                .query(Long.class)
                .single();
    }

    private static List<String> accepted() {
        return world.ledger()
                .sql("select invoice_number || ' ' || amount_minor from instruction order by file_id, position")
                .query(String.class)
                .list();
    }

    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(spool|answer)"))
                    .toList();
        }
    }

    @Test
    void bodiesThatBreakOffLeaveNothingBehind() throws IOException {
        String body = LINE.formatted("A1") + LINE.formatted("A2");
        long files = files();
        for (boolean reset : new boolean[] {true, false}) {
            for (int cut : new int[] {0, 1, 60, LINE.length() - 1, LINE.length(), body.length() - 1}) {
                String sent = body.substring(0, cut);
                sendAndHangUp(head("Content-Length: " + body.length()) + sent, reset);
                String chunk = cut == 0 ? "" : Integer.toHexString(cut) + "\r\n" + sent + "\r\n";
                sendAndHangUp(head("Transfer-Encoding: chunked") + chunk, reset);
            }
        }
        Surroundings.await("no request is under way", () -> spooled().isEmpty());
        assertThat(files()).isEqualTo(files);
        HttpResponse<String> whole = erp.instruct(body);
        assertThat(HttpErp.answers(whole)).containsExactly("A1 ACCEPTED -", "A2 ACCEPTED -");
    }

    @Test
    void aLineCutAtAnyByteIsNeverCharged() {
        String line = LINE.formatted("B1").stripTrailing();
        for (int cut = 1; cut < line.length(); cut++) {
            HttpResponse<String> answer = erp.instruct(line.substring(0, cut));
            assertThat(answer.statusCode()).isIn(200, 400);
            assertThat(answer.body())
                    .doesNotContain("ACCEPTED\",\"reasonCode\":null,\"reasonText\":null,\"amount\":\"1");
        }
        assertThat(accepted()).noneMatch(line1 -> line1.startsWith("B1"));
        assertThat(HttpErp.answers(erp.instruct(line))).containsExactly("B1 ACCEPTED -");
    }

    @Test
    void whoeverDidNotWaitForTheAnswerSendsAgainAndGetsIt() throws IOException {
        String body = LINE.formatted("C1");
        sendAndHangUp(head("Content-Length: " + body.length()) + body, true);
        Surroundings.await("it is recorded", () -> accepted().contains("C1 123450"));

        HttpResponse<String> again = erp.instruct(body);

        assertThat(again.headers().firstValue("Chargebridge-Duplicate")).contains("true");
        assertThat(HttpErp.answers(again)).containsExactly("C1 ACCEPTED -");
        assertThat(accepted().stream().filter("C1 123450"::equals)).hasSize(1);
    }

    @Test
    void whileTheLedgerIsAwayCallersAreToldWhenToComeBack(@TempDir Path folder) {
        DemoPostgres postgres = DemoPostgres.start(folder.resolve("pg"), Ports.free());
        try (Surroundings away = new Surroundings(folder, "2026-11-02T07:00:00Z")) {
            away.set("spring.datasource.url", postgres.url())
                    .set("spring.datasource.hikari.connection-timeout", "5000")
                    .channel("visma")
                    .httpUser("visma", "correct horse", "visma")
                    .start();
            HttpErp caller = new HttpErp(away.webPort(), "visma", "correct horse");
            assertThat(caller.instruct(LINE.formatted("D1")).statusCode()).isEqualTo(200);
            int port = postgres.port();
            postgres.close();

            HttpResponse<String> answer = caller.instruct(LINE.formatted("D2"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(HttpErp.json(answer).get("remedy").asText()).contains("same bytes again");
            postgres = DemoPostgres.start(folder.resolve("pg"), port);
            Surroundings.await(
                    "the ledger is back",
                    () -> caller.instruct(LINE.formatted("D2")).statusCode() == 200);
            assertThat(HttpErp.answers(caller.instruct(LINE.formatted("D2")))).containsExactly("D2 ACCEPTED -");
            away.stop();
        } finally {
            postgres.close();
        }
    }
}
