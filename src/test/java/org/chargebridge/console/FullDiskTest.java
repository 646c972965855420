package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.support.DefaultExchange;
import org.chargebridge.channel.NodeDisk;
import org.chargebridge.outages.SmallDisk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data directory is on a disk of its own, which fills up while the gateway runs. */
class FullDiskTest {

    private static final long MEGABYTE = 1 << 20;
    private static final String FILE = "invoice_number;customer_number;agreement_id;amount;due_date\n"
            + "7001;42;agr_demo0001;100,00;2026-11-10\n".repeat(2_000);

    @TempDir
    static Path home;

    private static SmallDisk disk;
    private static ConsoleGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        disk = SmallDisk.mounted(home.resolve("disk"), "size=32m");
        gateway = new ConsoleGateway(home);
        gateway.world.set("chargebridge.data-directory", disk.directory().toString());
        gateway.world.set("chargebridge.disk-free-min", "16MB");
        for (Path left : List.of(leftBehind(), another())) {
            Files.createDirectories(left.getParent());
            Files.createFile(left);
        }
        gateway.start();
    }

    @AfterEach
    void makeRoom() throws IOException {
        disk.makeRoom();
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
            disk.close();
        }
    }

    private static Path work(String process) {
        return disk.directory().resolve("work/test").resolve(process);
    }

    private static Path ownWork() {
        return work(String.valueOf(ProcessHandle.current().pid()));
    }

    /** What an earlier life of this process's number left. */
    private static Path leftBehind() {
        return ownWork().resolve("camel/cos-1.tmp");
    }

    /** What another process that still runs has put aside. */
    private static Path another() {
        return work(String.valueOf(
                        ProcessHandle.current().parent().orElseThrow().pid()))
                .resolve("camel/cos-1.tmp");
    }

    private static HttpResponse<String> asked(HttpRequest.Builder request) {
        String login = "the-operator:" + ConsoleGateway.PASSWORD;
        return ConsoleGateway.send(
                HttpClient.newHttpClient(),
                request.header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    private static JsonNode diskSpace() throws IOException {
        URI health = URI.create("http://127.0.0.1:" + gateway.world.managementPort() + "/observe/health");
        return new ObjectMapper()
                .readTree(asked(HttpRequest.newBuilder(health)).body())
                .at("/components/diskSpace");
    }

    @Test
    void healthWatchesTheDiskOfTheDataDirectory() throws IOException {
        assertThat(diskSpace().path("status").asText()).isEqualTo("UP");

        disk.fill(20 * MEGABYTE);

        assertThat(diskSpace().path("status").asText()).isEqualTo("DOWN");
        assertThat(diskSpace().at("/details/path").asText())
                .isEqualTo(disk.directory().toString());
        assertThat(diskSpace().at("/details/total").asLong()).isEqualTo(32 * MEGABYTE);
        assertThat(diskSpace().at("/details/threshold").asLong()).isEqualTo(16 * MEGABYTE);
        assertThat(diskSpace().at("/details/remedy").asText()).contains("Make room there");
    }

    @Test
    void aFileThatIsTriedThenIsAnsweredWithWhereToMakeRoom() throws IOException {
        URI tried = gateway.at("/operator/files/dry-run?channel=visma&name=a.csv");
        HttpRequest.Builder request = HttpRequest.newBuilder(tried)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofString(FILE));
        disk.fill(Long.MAX_VALUE);

        HttpResponse<String> answer = asked(request.copy());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body())
                .contains("The file cannot be tried", "takes no more", "make room in " + disk.directory());

        disk.makeRoom();
        assertThat(asked(request.copy()).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormThatIsTriedThenIsToldSoWhetherAPersonOrAProgramSendsIt() throws IOException {
        HttpRequest.Builder program = form(gateway.at("/operator/files/dry-run"), "");
        String page = gateway.page("the-operator", "/files/dry-run").body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        HttpRequest person = form(gateway.at("/files/dry-run"), token.group(1))
                .header("Accept", "text/html")
                .build();
        disk.fill(Long.MAX_VALUE);

        HttpResponse<String> answer = asked(program.copy());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        assertThat(answer.body()).contains("The file cannot be kept", "make room in chargebridge.data-directory");
        HttpResponse<String> shown = ConsoleGateway.send(gateway.browser("the-operator"), person);
        assertThat(shown.statusCode()).isEqualTo(507);
        assertThat(shown.body()).contains("There is no room for it on this node");

        disk.makeRoom();
        assertThat(asked(program.copy()).statusCode()).isEqualTo(200);
        assertThat(ConsoleGateway.send(gateway.browser("the-operator"), person).statusCode())
                .isEqualTo(200);
    }

    private static HttpRequest.Builder form(URI address, String token) {
        StringBuilder body = new StringBuilder();
        ConsoleGateway.part(body, "_csrf", "", token);
        ConsoleGateway.part(body, "channel", "", "visma");
        ConsoleGateway.part(body, "file", "; filename=\"a.csv\"", FILE);
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(HttpRequest.BodyPublishers.ofString(body + "--edge--\r\n"));
    }

    @Test
    void whatLibrariesPutAsideLiesInTheDataDirectoryAndWhatNoProcessHasAnyMoreIsDeletedAtStart() {
        assertThat(ownWork().resolve("tomcat")).isDirectory();
        assertThat(ownWork().resolve("camel")).isDirectory();
        assertThat(leftBehind()).doesNotExist();
        assertThat(another()).exists();
    }

    @Test
    void aLongAnswerThatCannotBePutAsideIsToldAsThat() throws IOException {
        CamelContext camel = gateway.world.bean("camelContext", CamelContext.class);
        disk.fill(Long.MAX_VALUE);

        assertThatThrownBy(() -> {
                    try (CachedOutputStream answer = new CachedOutputStream(new DefaultExchange(camel))) {
                        answer.write(new byte[1 << 20]);
                        answer.write(new byte[1 << 20]);
                    }
                })
                .satisfies(failure -> assertThat(NodeDisk.trouble(failure)).hasValueSatisfying(told -> assertThat(told)
                        .contains("this node's disk takes no more", "make room in chargebridge.data-dir")));
    }
}
