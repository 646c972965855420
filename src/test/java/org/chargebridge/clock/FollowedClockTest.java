package org.chargebridge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import org.chargebridge.channel.InvalidSettingsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowedClockTest {

    private HttpServer server;
    private volatile String answer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private FollowedClock clock() {
        return new FollowedClock(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/simulator/clock"));
    }

    @Test
    void clockShowsWhatTheOtherShowsAndGoesOnBetweenQuestions() {
        answer = "{\"now\":\"2030-02-28T23:59:00Z\",\"speed\":1}";
        FollowedClock clock = clock();
        Instant first = clock.instant();
        assertThat(first).isBetween(Instant.parse("2030-02-28T23:59:00Z"), Instant.parse("2030-03-01T00:00:00Z"));
        assertThat(clock.instant()).isAfterOrEqualTo(first);
        assertThat(clock.withZone(ZoneId.of("Europe/Oslo")).instant())
                .isBetween(first, first.plus(Duration.ofSeconds(30)));
    }

    @Test
    void jumpOfTheOtherIsFollowedAndTold() throws Exception {
        Instant real = Clock.systemUTC().instant();
        answer = "{\"now\":\"" + real + "\"}";
        FollowedClock clock = clock();
        clock.follow();
        answer = "{\"now\":\"" + real.plus(Duration.ofDays(3)) + "\"}";
        assertThat(clock.follow()).isBetween(Duration.ofDays(3).minusMinutes(1), Duration.ofDays(3));
        assertThat(clock.instant())
                .isAfterOrEqualTo(real.plus(Duration.ofDays(3)).minusSeconds(1));
    }

    @Test
    void answerWithoutATimeNamesTheSetting() {
        answer = "<html>not a clock</html>";
        assertThatThrownBy(() -> clock().instant()).hasMessageContaining("chargebridge.clock.follow");
        answer = "{}";
        assertThatThrownBy(() -> clock().instant())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chargebridge.clock.follow");
    }

    @Test
    void aStartWithoutAnAnswerIsRefusedNamingTheSettingAndTheRemedy() {
        answer = "{}";
        assertThatThrownBy(() -> clock().awaitAnswer(Duration.ZERO))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("chargebridge.clock.follow = http://127.0.0.1:")
                .hasMessageContaining("Start the simulator there first");
    }

    @Test
    void aStartWaitsForAClockThatAnswersSoon() {
        answer = "{}";
        FollowedClock clock = clock();
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> clock.awaitAnswer(Duration.ofMinutes(5)));
        answer = "{\"now\":\"2030-02-28T23:59:00Z\"}";
        assertThat(start).succeedsWithin(Duration.ofMinutes(5));
        assertThat(clock.instant()).isAfterOrEqualTo(Instant.parse("2030-02-28T23:59:00Z"));
    }
}
