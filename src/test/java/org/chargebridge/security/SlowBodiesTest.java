package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.chargebridge.Patience;
import org.chargebridge.console.ConsoleGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** However many send requests byte by byte that never get done, they take nothing from those whose requests do. */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlowBodiesTest {

    private static final int THREADS = 8;

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;

    private final ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
    private final List<Socket> senders = new ArrayList<>();
    private Optional<String> chunked = Optional.empty();
    private int length = 50_000;

    @BeforeAll
    static void start() {
        gateway = new ConsoleGateway(home);
        gateway.world.set("server.tomcat.threads.max", String.valueOf(THREADS));
        gateway.world.httpUser("visma", ConsoleGateway.PASSWORD, "visma");
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void breakOff() throws IOException {
        drips.shutdownNow();
        for (Socket sender : senders) {
            sender.close();
        }
    }

    private static String basic(String user) {
        String login = user + ":" + ConsoleGateway.PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private void drip(int count, int port, String asked, String type, String user) throws IOException {
        String head = asked + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                + (user.equals("nobody") ? "" : "\r\nAuthorization: " + basic(user))
                + chunked.map(begun -> "\r\nTransfer-Encoding: chunked\r\n\r\n" + begun)
                        .orElse("\r\nContent-Length: " + length + "\r\n\r\n");
        for (int i = 0; i < count; i++) {
            Socket sender = new Socket("127.0.0.1", port);
            sender.setSoTimeout((int) Patience.LONG.toMillis());
            sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            senders.add(sender);
        }
        drips.scheduleWithFixedDelay(() -> senders.forEach(SlowBodiesTest::oneMoreByte), 0, 500, TimeUnit.MILLISECONDS);
    }

    private static void oneMoreByte(Socket sender) {
        try {
            sender.getOutputStream().write('a');
        } catch (IOException refused) {
            // That is what is hoped for.
        }
    }

    private String answerTo(Socket sender) throws IOException {
        return new BufferedReader(new InputStreamReader(sender.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private static int served(HttpRequest.Builder request) {
        return ConsoleGateway.send(
                        HttpClient.newHttpClient(),
                        request.timeout(Duration.ofSeconds(15)).build())
                .statusCode();
    }

    private static HttpRequest.Builder form() {
        return HttpRequest.newBuilder(gateway.at("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=kari&password=wrong"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST /login, application/x-www-form-urlencoded, nobody, 408",
        "PUT /login, application/x-www-form-urlencoded, nobody, 302",
        "POST /files/dry-run, multipart/form-data; boundary=b, nobody, 302",
        "POST /operator/charges/search, application/json, nobody, 401",
        "POST /operator/files/dry-run?channel=visma&name=a.csv, application/octet-stream, the-operator, 408",
        "POST /operator/files/dry-run?channel=visma, multipart/form-data; boundary=b, the-operator, 408",
        "POST /api/instructions, application/x-ndjson, visma, 408"
    })
    void holdUpNobodyElse(String asked, String type, String user, String answer, CapturedOutput output)
            throws IOException {
        drip(3 * THREADS, gateway.world.webPort(), asked, type, user);

        for (int i = 0; i < 3; i++) {
            assertThat(served(form())).isEqualTo(302);
        }
        assertThat(answerTo(senders.get(senders.size() - 1))).startsWith("HTTP/1.1 " + answer);
        assertThat(output).doesNotContain("ERROR", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1;", "0\r\n"})
    void holdUpNobodyElseInChunksEither(String begun) throws IOException {
        chunked = Optional.of(begun);
        drip(3 * THREADS, gateway.world.webPort(), "POST /api/instructions", "application/x-ndjson", "visma");

        for (int i = 0; i < 3; i++) {
            assertThat(served(form())).isEqualTo(302);
        }
        assertThat(answerTo(senders.get(0))).startsWith("HTTP/1.1 40");
    }

    @Test
    void areTheirSendersToSendAgain() throws IOException {
        drip(3 * THREADS, gateway.world.webPort(), "POST /api/instructions", "application/x-ndjson", "visma");

        String answer =
                new String(senders.get(senders.size() - 1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).contains("application/problem+json", "\"status\":408", "Send the same bytes again");
    }

    /** Room is made for all of a form as soon as it is announced: with some dozens of them the memory was full. */
    @ParameterizedTest
    @CsvSource({"POST, 302", "PUT, 302", "DELETE, 302"})
    void areNotReadAtAllWhereTheFormWouldBeLarge(String method, String answer) throws IOException {
        length = 2_000_000;

        drip(1, gateway.world.webPort(), method + " /login", "application/x-www-form-urlencoded", "nobody");

        assertThat(answerTo(senders.get(0))).startsWith("HTTP/1.1 " + answer);
    }

    @Test
    void comeWholeInPlainChunks() {
        byte[] search = ("{\"invoiceNumber\": \"1\"" + " ".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.at("/operator/charges/search"))
                .header("Authorization", basic("the-operator"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(search)));

        assertThat(served(request)).isEqualTo(200);
    }

    /** Nobody knows that such a body is whole before its last chunk and the line end behind that. */
    @Test
    void comeWholeInChunksThatAreReadToTheirEnd() {
        byte[] lines = "{\"invoiceNumber\": \"1\", \"agreementId\": \"agr_demo0001\", \"amount\": \"99.50\"}\n"
                .repeat(3)
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.at("/api/instructions"))
                .header("Authorization", basic("visma"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(lines)));

        assertThat(served(request)).isEqualTo(200);
    }

    @Test
    void holdUpNobodyWhoWatchesTheGateway() throws IOException {
        drip(3 * THREADS, gateway.world.managementPort(), "POST /observe/deadletters", "application/json", "nobody");

        URI probe = URI.create("http://127.0.0.1:" + gateway.world.managementPort() + "/observe/health/live");
        for (int i = 0; i < 3; i++) {
            assertThat(served(HttpRequest.newBuilder(probe))).isEqualTo(200);
        }
    }

    @Test
    @Order(1)
    void endEvenWhereNobodyElseIsWaitedForAndAreTold(CapturedOutput output) throws IOException {
        drip(1, gateway.world.webPort(), "POST /login", "application/x-www-form-urlencoded", "nobody");

        assertThat(answerTo(senders.get(0))).startsWith("HTTP/1.1 408");
        assertThat(output).containsOnlyOnce("came too slowly");
    }
}
