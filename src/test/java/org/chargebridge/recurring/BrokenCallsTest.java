package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.awaitility.Awaitility;
import org.chargebridge.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that fail below HTTP: whether anything was sent, and that the limit holds. */
@Timeout(300)
class BrokenCallsTest {

    private static final byte[] BODY = "[]".getBytes(UTF_8);
    private static final String HEAD = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n";

    private static Exchange call(URI target) {
        try (ApiRig rig = ApiRig.withToken(ApiRig.hasty(target), target)) {
            return rig.post(ChargeRequests.BATCH_PATH, BODY);
        }
    }

    private static void assertCut(SocketServer.Manners manners) throws IOException {
        try (SocketServer server = new SocketServer(manners)) {
            Exchange exchange = call(server.url());
            assertThat(exchange.getException())
                    .isInstanceOf(CallUnanswered.class)
                    .hasMessageContaining("3000 ms");
            Awaitility.await().until(() -> server.requestLines().size() == 1);
        }
    }

    private static void assertUnanswered(SocketServer.Manners manners) throws IOException {
        try (SocketServer server = new SocketServer(manners)) {
            assertThat(call(server.url()).getException()).isInstanceOf(CallUnanswered.class);
            assertThat(server.requestLines()).hasSize(1);
        }
    }

    @Test
    void aSilentServerIsCut() throws IOException {
        assertCut((socket, server) -> server.beSilent());
    }

    @Test
    void aHeaderThatDripsIsCut() throws IOException {
        assertCut((socket, server) -> server.drip(socket, "HTTP/1.1 202 Accepted\r\nX-Slow: "));
    }

    @Test
    void aBodyThatDripsIsCut() throws IOException {
        assertCut((socket, server) -> server.drip(socket, HEAD + "Content-Length: 1000000\r\n\r\n{"));
    }

    @Test
    void aBodyWithoutLengthThatDripsIsCut() throws IOException {
        assertCut((socket, server) -> server.drip(socket, HEAD + "Connection: close\r\n\r\n{"));
    }

    @Test
    void aConnectionClosedWithoutAnAnswerLeavesTheOutcomeOpen() throws IOException {
        assertUnanswered((socket, server) -> socket.close());
    }

    @Test
    void aResetLeavesTheOutcomeOpen() throws IOException {
        assertUnanswered((socket, server) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Test
    void aBodyShorterThanAnnouncedLeavesTheOutcomeOpen() throws IOException {
        assertUnanswered((socket, server) ->
                SocketServer.write(socket, HEAD + "Content-Length: 100\r\n\r\n{\"validCharges\":[]}"));
    }

    @Test
    void aChunkedBodyWithoutEndLeavesTheOutcomeOpen() throws IOException {
        assertUnanswered(
                (socket, server) -> SocketServer.write(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"));
    }

    @Test
    void whatIsNotHttpLeavesTheOutcomeOpen() throws IOException {
        assertUnanswered((socket, server) -> SocketServer.write(socket, "220 mail.example.com ESMTP\r\n\r\n"));
    }

    @Test
    void aRefusedConnectionSendsNothing() {
        assertThat(call(URI.create("http://127.0.0.1:" + Ports.free())).getException())
                .isInstanceOf(CallNotSent.class);
    }

    @Test
    void anUnknownHostSendsNothing() {
        assertThat(call(URI.create("http://no-such-host.invalid")).getException())
                .isInstanceOf(CallNotSent.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void aServerThatDoesNotSpeakTlsGetsNothing() throws IOException {
        try (SocketServer server = new SocketServer((socket, self) -> SocketServer.write(socket, "no"))) {
            URI secure = URI.create(server.url().toString().replace("http:", "https:"));
            assertThat(call(secure).getException()).isInstanceOf(CallNotSent.class);
        }
    }

    @Test
    void aTlsHandshakeThatHangsIsNotSent() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            assertThat(call(URI.create("https://127.0.0.1:" + mute.getLocalPort()))
                            .getException())
                    .isInstanceOf(CallNotSent.class);
        }
    }

    @Test
    void aConnectionTheServerClosedMeanwhileIsNotUsedAgain() throws IOException {
        try (SocketServer server = new SocketServer(
                        (socket, self) -> SocketServer.write(socket, HEAD + "Content-Length: 2\r\n\r\n{}"));
                ApiRig rig = ApiRig.withToken(ApiRig.settings(server.url()), server.url())) {
            assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(202);
            Awaitility.await().pollDelay(Duration.ofMillis(600)).untilAsserted(() -> assertThat(
                            ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY)))
                    .isEqualTo(202));
        }
    }

    @Test
    void aConnectionThatIsNeverTakenUpIsNotSent() throws IOException {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                filling.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 100);
                } catch (SocketTimeoutException nowItIsFull) {
                    break;
                }
            }
            assertThat(call(URI.create("http://127.0.0.1:" + full.getLocalPort()))
                            .getException())
                    .isInstanceOf(CallNotSent.class);
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void aCallThatFindsNoConnectionFreeIsNotSent() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ApiClient.CONNECTIONS);
        CountDownLatch allIn = new CountDownLatch(ApiClient.CONNECTIONS);
        SocketServer.Manners silent = (socket, server) -> {
            allIn.countDown();
            server.beSilent();
        };
        try (SocketServer server = new SocketServer(silent);
                ApiRig rig = ApiRig.withToken(
                        ApiSettings.of(server.url())
                                .withTimeouts(Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(60)),
                        server.url())) {
            List<Future<Exchange>> busy = new ArrayList<>();
            for (int i = 0; i < ApiClient.CONNECTIONS; i++) {
                busy.add(threads.submit(() -> untilSent(rig)));
            }
            allIn.await();
            assertThat(rig.post(ChargeRequests.BATCH_PATH, BODY).getException())
                    .isInstanceOf(CallNotSent.class)
                    .hasCauseInstanceOf(ConnectionRequestTimeoutException.class);
            server.hangUp();
            for (Future<Exchange> one : busy) {
                assertThat(one.get().getException()).isInstanceOf(CallUnanswered.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTokenThatComesTooLateIsKeptAndTheCallNotSent() throws IOException {
        // A token may take two thirds of a call's time, and more than half of it is too late for this call.
        try (ApiServer server = new ApiServer();
                ApiRig rig = new ApiRig(
                        ApiSettings.of(server.url())
                                .withTimeouts(Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofSeconds(12)),
                        server.url())) {
            server.answersTokens(exchange -> {
                pause(3_100);
                ApiServer.json(200, "{\"access_token\":\"late\",\"expires_in\":3600}")
                        .to(exchange);
            });
            assertThat(rig.post(ChargeRequests.BATCH_PATH, BODY).getException()).isInstanceOf(CallNotSent.class);
            assertThat(server.calls()).isEmpty();
            assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(202);
            assertThat(server.tokenCalls()).hasSize(1);
        }
    }

    @Test
    void aTokenEndpointThatDripsIsCut() throws IOException {
        try (SocketServer server = new SocketServer(
                        (socket, self) -> self.drip(socket, HEAD + "Content-Length: 1000000\r\n\r\n{"));
                ApiRig rig = new ApiRig(ApiRig.hasty(server.url()), server.url())) {
            assertThat(rig.post(ChargeRequests.BATCH_PATH, BODY).getException())
                    .isInstanceOfSatisfying(TokenUnavailable.class, failure -> assertThat(failure.kind())
                            .isEqualTo(TokenUnavailable.Kind.TRY_LATER))
                    .hasMessageContaining("2000 ms");
        }
    }

    /** On a busy machine a connection may not come about in time: another is tried. */
    private static Exchange untilSent(ApiRig rig) {
        Exchange exchange = rig.post(ChargeRequests.BATCH_PATH, BODY);
        while (exchange.getException() instanceof CallNotSent) {
            exchange = rig.post(ChargeRequests.BATCH_PATH, BODY);
        }
        return exchange;
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
