package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed in the middle of a call dies where it says, with as many bytes sent as it says. */
class HalfCallsTest {

    private static final String REQUEST = "0123456789".repeat(20_000);
    private static final String ANSWER = "9876543210";

    /** Posts to the address given and prints what it reads of the answer. */
    static final class Call {
        public static void main(String[] args) throws Exception {
            HttpPost request = new HttpPost(URI.create(args[0]));
            request.setEntity(new StringEntity(REQUEST, ContentType.TEXT_PLAIN));
            HalfCalls.onTheWayOut(request);
            try (CloseableHttpClient client = HttpClientBuilder.create().build()) {
                client.execute(request, (ClassicHttpResponse response) -> {
                    HalfCalls.onTheWayBack(response);
                    byte[] answer = response.getEntity().getContent().readAllBytes();
                    System.out.println(new String(answer, StandardCharsets.UTF_8));
                    return null;
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none.at-all, 0, 200000",
        "send.request-half-written, 137, 100000",
        "send.after-call-before-read, 137, 200000",
        "send.response-half-read, 137, 200000"
    })
    void theProcessDiesThere(String place, int exitCode, int bytesSent) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> answer(server));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dchargebridge.killpoint=" + place,
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                    .replace("\"", "")
                                    .strip(),
                            Call.class.getName(),
                            "http://127.0.0.1:" + server.getLocalPort() + "/")
                    .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/half-calls.log")))
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(exitCode);
            assertThat(received.get(2, TimeUnit.MINUTES)).isEqualTo(bytesSent);
            assertThat(out.strip()).isEqualTo(exitCode == 0 ? ANSWER : "");
        }
    }

    /** Reads a request to its end or to that of its sender, and gives the length of its body. */
    private static int answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            StringBuilder request = new StringBuilder();
            byte[] piece = new byte[8192];
            while (bodyLength(request) < REQUEST.length()) {
                int count = socket.getInputStream().read(piece);
                if (count < 0) {
                    return bodyLength(request);
                }
                request.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
            }
            socket.getOutputStream()
                    .write(("HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\nConnection: close\r\n\r\n" + ANSWER)
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return bodyLength(request);
        } catch (java.io.IOException reset) {
            throw new java.io.UncheckedIOException(reset);
        }
    }

    private static int bodyLength(StringBuilder request) {
        int head = request.indexOf("\r\n\r\n");
        return head < 0 ? 0 : request.length() - head - 4;
    }
}
