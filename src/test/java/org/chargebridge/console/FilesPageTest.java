package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that came, as pages and as JSON; and files that are only tried. */
class FilesPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String HEADER = "invoice_number;customer_number;agreement_id;amount;due_date\n";
    private static final String CONTENT = HEADER
            + "7001;42;agr_demo0001;100,00;2026-11-10\n"
            + "7002;43;agr_demo0002;250,50;2026-11-10\n"
            + "7003;44;agr_demo0003;25000,00;2026-11-10\n"
            + "7004;45;agr_demo0004;nothing;2026-11-10\n";

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;
    private static Surroundings world;
    private static long file;

    @BeforeAll
    static void start() {
        gateway = new ConsoleGateway(home);
        world = gateway.world;
        world.set("chargebridge.dry-run.size-max", "100KB");
        gateway.start();
        world.leave("visma", "invoices-é.csv", CONTENT);
        world.awaitFile("visma", "receipt-invoices-");
        world.awaitFile("visma", "errors-invoices-");
        file = json("/operator/files?name=invoices-")
                .path("items")
                .path(0)
                .path("id")
                .asLong();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static JsonNode json(String path) {
        HttpResponse<String> answer = gateway.rest("the-viewer", "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer.body());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static long rows(String table) {
        return world.ledger()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private static long sum(String column, String table) {
        return world.ledger()
                .sql("select coalesce(sum(" + column + "), 0) from " + table)
                .query(Long.class)
                .single();
    }

    /** All that a file leaves in the ledger. */
    private static List<Long> left() {
        return List.of(
                rows("inbound_file"),
                rows("inbound_file_part"),
                rows("arrival"),
                rows("instruction"),
                rows("intake_exception"),
                rows("operation"),
                sum("line_count", "block"),
                rows("receipt_request"),
                rows("dead_letter"),
                rows("agreement_mapping"));
    }

    private static HttpResponse<String> tried(String user, String name, byte[] content) {
        String path = "/operator/files/dry-run?channel=visma&name=" + name;
        return ConsoleGateway.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(gateway.at(path))
                        .header("Content-Type", "application/octet-stream")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":" + ConsoleGateway.PASSWORD)
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                        .build());
    }

    /** As a browser sends the form with a file in it. */
    private static HttpResponse<String> uploaded(String user, String name, String content, boolean withToken) {
        HttpClient browser = gateway.browser(user);
        Matcher token = TOKEN.matcher(gateway.page(user, "/files/dry-run").body());
        StringBuilder body = new StringBuilder();
        if (withToken && token.find()) {
            ConsoleGateway.part(body, "_csrf", "", token.group(1));
        }
        ConsoleGateway.part(body, "channel", "", "visma");
        ConsoleGateway.part(body, "file", "; filename=\"" + name + "\"", content);
        return ConsoleGateway.send(
                browser,
                HttpRequest.newBuilder(gateway.at("/files/dry-run"))
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(HttpRequest.BodyPublishers.ofString(body + "--edge--\r\n"))
                        .build());
    }

    @Test
    void aFileIsFoundByItsNameItsChannelAndItsState() {
        assertThat(json("/operator/files?channel=visma&state=RECORDED&name=INVOICES")
                        .path("items"))
                .hasSize(1);
        assertThat(json("/operator/files?channel=visma&name=none-like-this").path("items"))
                .isEmpty();
        assertThat(json("/operator/files?state=REFUSED").path("items")).isEmpty();
        assertThat(gateway.page("the-viewer", "/files?name=invoices-").body())
                .contains("invoices-é.csv")
                .contains("/files/" + file);
        assertThat(gateway.page("the-viewer", "/files?name=none-like-this").body())
                .doesNotContain("invoices-é.csv");
    }

    @Test
    void aFileTellsHowEachLineWasAnsweredAndWhatWentBack() {
        JsonNode told = json("/operator/files/" + file);
        assertThat(told.path("lines").asInt()).isEqualTo(4);
        assertThat(told.path("answers")).anySatisfy(row -> {
            assertThat(row.path("answer").asText()).isEqualTo("ACCEPTED");
            assertThat(row.path("lines").asInt()).isEqualTo(2);
            assertThat(row.path("sumMinor").asLong()).isEqualTo(35_050);
        });
        assertThat(told.path("dueDays").path(0).path("sumMinor").asLong()).isEqualTo(35_050);
        assertThat(told.path("arrivals")).hasSize(1);
        assertThat(told.path("sent"))
                .extracting(sent -> sent.path("kind").asText())
                .contains("RECEIPT", "ERRORS");

        JsonNode lines = json("/operator/files/" + file + "/lines?limit=3");
        assertThat(lines.path("items")).hasSize(3);
        JsonNode rest = json("/operator/files/" + file + "/lines?limit=3&after="
                + lines.path("next").asInt());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(rest.path("items").path(0).path("answer").asText()).isEqualTo("REFUSED");
        assertThat(json("/operator/files/" + file + "/lines?answer=HELD").path("items"))
                .extracting(line -> line.path("reasonCode").asText())
                .containsExactly("ABOVE_MAX_PER_CHARGE");

        assertThat(gateway.page("the-viewer", "/files/" + file).body())
                .contains("350.50 NOK")
                .contains("7003")
                .contains("receipt-invoices-");
        assertThat(gateway.page("the-viewer", "/files/" + file + "?language=fi").body())
                .contains("Hyväksytty");
        gateway.page("the-viewer", "/files?language=en");
        assertThat(gateway.page("the-viewer", "/files/999999").statusCode()).isEqualTo(404);
        assertThat(gateway.rest("the-viewer", "GET", "/operator/files/999999", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void itsBytesAreGivenAsTheyCameAndThatIsKept() {
        HttpResponse<String> bytes = gateway.page("the-viewer", "/files/" + file + "/content");
        assertThat(bytes.statusCode()).isEqualTo(200);
        assertThat(bytes.body()).isEqualTo(CONTENT);
        assertThat(bytes.headers().firstValue("Content-Type").orElse("")).startsWith("application/octet-stream");
        assertThat(bytes.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment")
                .contains("invoices-%C3%A9.csv");
        assertThat(gateway.rest("the-viewer", "GET", "/operator/files/" + file + "/content", "")
                        .body())
                .isEqualTo(CONTENT);
        long receipt =
                json("/operator/files/" + file).path("sent").path(0).path("id").asLong();
        assertThat(gateway.page("the-viewer", "/files/outbound/" + receipt + "/content")
                        .body())
                .contains("7001");
        assertThat(world.ledger()
                        .sql(
                                "select actor || ' ' || action || ' ' || subject from audit_event where action = 'download'")
                        .query(String.class)
                        .list())
                .contains("the-viewer download file " + file, "the-viewer download outbound file " + receipt);
    }

    @Test
    void aFileThatIsTriedIsAnsweredAndLeavesNothing() {
        List<Long> before = left();
        String content = HEADER
                + "8001;42;agr_demo0001;10,00;2026-11-12\n"
                + "7001;42;agr_demo0001;100,00;2026-11-10\n"
                + "8002;43;agr_demo0002;abc;2026-11-12\n";

        HttpResponse<String> answer = tried("the-operator", "next.csv", content.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode told = read(answer.body());
        assertThat(told.path("lines"))
                .extracting(line -> line.path("answer").asText())
                .containsExactly("ACCEPTED", "DUPLICATE", "REFUSED");
        assertThat(told.path("dueDays")).hasSize(1);
        assertThat(told.path("dueDays").path(0).path("due").asText()).isEqualTo("2026-11-12");
        assertThat(told.path("dueDays").path(0).path("sumMinor").asLong()).isEqualTo(1_000);
        assertThat(told.path("cameBefore").asBoolean()).isFalse();
        assertThat(left()).isEqualTo(before);

        HttpResponse<String> page = uploaded("the-approver", "C:\\\\fakturaer\\\\next.csv", content, true);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("next.csv").contains("8001").contains("It would be recorded");
        assertThat(left()).isEqualTo(before);

        // What was tried is new when it comes.
        world.leave("visma", "next.csv", content);
        assertThat(world.awaitFile("visma", "receipt-next-"))
                .contains("ACCEPTED;")
                .contains("DUPLICATE");
    }

    @Test
    void aFileThatCameBeforeIsTriedAsThat() {
        List<Long> before = left();

        JsonNode told = read(tried("the-operator", "copy.csv", CONTENT.getBytes(StandardCharsets.UTF_8))
                .body());

        assertThat(told.path("cameBefore").asBoolean()).isTrue();
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void aFileThatWouldBeRefusedAsAWholeSaysWhy() {
        List<Long> before = left();

        JsonNode told = read(tried("the-operator", "odd.csv", "a;b;c\n1;2;3\n".getBytes(StandardCharsets.UTF_8))
                .body());

        assertThat(told.path("state").asText()).isEqualTo("REFUSED");
        assertThat(told.path("reason").asText()).isNotEmpty();
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void aMappingTableIsTriedToo() {
        List<Long> before = left();
        String table = "key_type;key;agreement_id\ncustomer_no;42;agr_demo0007\n";

        JsonNode told = read(tried("the-operator", "agreements.csv", table.getBytes(StandardCharsets.UTF_8))
                .body());

        assertThat(told.path("lines").path(0).path("answer").asText())
                .as(told.toString())
                .isEqualTo("ACCEPTED");
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void whatCannotBeTriedSaysWhy() {
        HttpResponse<String> large = tried("the-operator", "large.csv", new byte[200_000]);
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(large.body()).contains("chargebridge.dry-run.size-max");
        assertThat(uploaded("the-operator", "large.csv", "x".repeat(200_000), true)
                        .body())
                .contains("chargebridge.dry-run.size-max");
        assertThat(tried("the-operator", "..csv", new byte[1]).statusCode()).isEqualTo(400);
        assertThat(read(tried("the-operator", "notes.doc", HEADER.getBytes(StandardCharsets.UTF_8))
                                .body())
                        .path("fetched")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void everyPageIsWrittenInEveryLanguage() {
        for (String path : List.of("/files", "/files/" + file, "/files/dry-run", "/charges")) {
            for (String language : List.of("nb", "da", "fi", "en")) {
                HttpResponse<String> page = gateway.page("the-admin", path + "?language=" + language);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body())
                        .as(path)
                        .contains("lang=\"" + language + "\"")
                        .doesNotContain("??");
            }
        }
    }

    @Test
    void whatCameOfAnOrderIsToldInTheLanguageOfThePageAndKeptInEnglish() {
        String page = "/routes/write-queries.visma";
        gateway.page("the-operator", "/files/dry-run?language=nb");

        assertThat(gateway.submit("the-operator", page, page + "/stop", "reason", "pause")
                        .body())
                .contains("write-queries.visma skal stå stille; hver node gjør ferdig det som er i gang");
        assertThat(gateway.submit("the-operator", page, page + "/start", "reason", " ")
                        .body())
                .contains("Si hvorfor, for revisjonssporet.");
        assertThat(uploaded("the-operator", "large.csv", "x".repeat(200_000), true)
                        .body())
                .contains("Filen har 200000 byte");
        gateway.page("the-operator", "/files/dry-run?language=en");
        assertThat(gateway.rest("the-operator", "POST", "/operator" + page + "/start", "{\"reason\": \"over\"}")
                        .body())
                .contains("write-queries.visma is wanted running; every node starts it within ten seconds.");
        assertThat(gateway.rest("the-operator", "GET", "/operator/audit", "").body())
                .contains("wanted STOPPED");
    }

    @Test
    void onlyWhoDecidesMayTryAFile() {
        assertThat(tried("the-viewer", "next.csv", new byte[1]).statusCode()).isEqualTo(403);
        assertThat(uploaded("the-operator", "next.csv", "x", false).statusCode())
                .as("without the form's token")
                .isEqualTo(403);
        assertThat(uploaded("", "next.csv", "x", true).uri().toString())
                .as("without a login")
                .endsWith("/login?ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b", "\u0085", "\u009b", "\u2028", "\u202e"})
    void aNameWithACharacterThatNobodySeesIsShownWithAMark(String hidden) {
        String name = "odd" + hidden + "name.csv";
        world.ledger()
                .sql("update inbound_file set name = :name where id = :id")
                .param("name", name)
                .param("id", file)
                .update();
        try {
            for (String path : new String[] {"/files", "/files/" + file}) {
                assertThat(gateway.page("the-viewer", path).body())
                        .contains("odd?name.csv")
                        .doesNotContain(hidden);
            }
        } finally {
            world.ledger()
                    .sql("update inbound_file set name = 'invoices-é.csv' where id = :id")
                    .param("id", file)
                    .update();
        }
    }
}
