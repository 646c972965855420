package org.chargebridge.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;

/** A clock that shows what a simulator's clock shows: {@code GET} answers {@code {"now": "<instant>"}}. */
class FollowedClock extends Clock {

    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(2);
    private static final Duration RHYTHM = Duration.ofMillis(250);

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_TIME_MAX).build();
    private final ObjectMapper json = new ObjectMapper();
    private volatile Optional<Duration> offset = Optional.empty();

    FollowedClock(URI address) {
        this.address = address;
    }

    /**
     * Waits for the other clock to answer for the first time: without it there is no business time to start with.
     *
     * @param patience how long
     * @throws InvalidSettingsException when it has not answered by then
     */
    void awaitAnswer(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (offset.isEmpty()) {
            try {
                follow();
            } catch (IOException e) {
                if (System.nanoTime() - until > 0) {
                    throw new InvalidSettingsException(
                            List.of(
                                    SettingProblem.wrong(
                                            "chargebridge.clock.follow",
                                            address.toString(),
                                            "gave no time (" + e + ")",
                                            "Start the simulator there first, or leave the setting out to go by this machine's clock.")));
                }
                LockSupport.parkNanos(RHYTHM.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking " + address + " for the time", e);
            }
        }
    }

    /**
     * Asks for the time.
     *
     * @return how far it moved against this machine's clock since it was last asked
     * @throws IOException when the other clock does not answer
     */
    Duration follow() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(ANSWER_TIME_MAX).build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode now = json.readTree(answer.body()).path("now");
        if (answer.statusCode() != 200 || !now.isTextual()) {
            throw new IOException("chargebridge.clock.follow: " + address + " answered " + answer.statusCode()
                    + " without a time; is it a simulator's /simulator/clock?");
        }
        Duration seen = Duration.between(Instant.now(), Instant.parse(now.asText()));
        Duration moved = offset.map(seen::minus).orElse(Duration.ZERO);
        offset = Optional.of(seen);
        return moved;
    }

    @Override
    public Instant instant() {
        if (offset.isEmpty()) {
            try {
                follow();
            } catch (IOException e) {
                throw new IllegalStateException(
                        "chargebridge.clock.follow: " + address + " does not answer: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking " + address + " for the time", e);
            }
        }
        return Instant.now().plus(offset.orElse(Duration.ZERO));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        FollowedClock self = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return self.withZone(other);
            }

            @Override
            public Instant instant() {
                return self.instant();
            }
        };
    }
}
