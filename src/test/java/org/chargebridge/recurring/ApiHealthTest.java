package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ApiHealthTest {

    private static final byte[] BODY = "[]".getBytes(UTF_8);

    private final ApiServer server = new ApiServer();
    private final ApiRig rig = new ApiRig(server.url());

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    private Health after(int status) {
        server.answers(ApiServer.json(status, "{\"validCharges\":[]}"));
        rig.post(ChargeRequests.BATCH_PATH, BODY);
        return rig.health.health();
    }

    @Test
    void beforeTheFirstCallNothingIsKnownAndNothingIsAsked() {
        assertThat(rig.health.health().getStatus()).isEqualTo(Status.UNKNOWN);
        assertThat(server.calls()).isEmpty();
        assertThat(server.tokenCalls()).isEmpty();
    }

    @Test
    void theLastCallOfEachSalesUnitDecides() {
        assertThat(after(202).getStatus()).isEqualTo(Status.UP);
        assertThat(after(503).getStatus()).isEqualTo(Status.DOWN);
        assertThat(after(404).getStatus()).isEqualTo(Status.UP);
        assertThat(after(301).getStatus()).isEqualTo(Status.DOWN);
        assertThat(after(429).getStatus()).isEqualTo(Status.UP);
        assertThat(after(403).getStatus()).isEqualTo(Status.DOWN);
        server.answers(ApiServer.json(202, "{}"));
        rig.call(ChargeRequests.BATCH_PATH, BODY, Map.of("Merchant-Serial-Number", "654321"));
        Health health = rig.health.health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("sales unit 123456"))
                .asString()
                .contains("DOWN", "HTTP 403", "create-charges", "2026-11-21T12:00:00Z");
        assertThat(health.getDetails().get("sales unit 654321")).asString().contains("UP", "HTTP 202");
    }

    @Test
    void withoutATokenItIsDownAndATokenAloneDoesNotBringItUp() {
        server.answersTokens(ApiServer.json(401, "{\"error\":\"invalid_client\"}"));
        Health health = after(202);
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.toString()).contains("client-secret").doesNotContain("the-secret", "the-key");
    }

    @Test
    void aServerThatIsGoneIsDown() {
        after(202);
        server.close();
        rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(rig.health.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void keysThatMayNotUseWebhooksSayNothingOfCharges() {
        after(202);
        server.answers(ApiServer.json(403, "{}"));
        rig.call(WebhookRequests.PATH, null, Map.of());
        assertThat(rig.health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(rig.counted("list-webhooks", "403")).isEqualTo(1);
    }

    @Test
    void everyCallIsCountedByItsOutcome() {
        after(202);
        after(202);
        after(503);
        rig.call("/recurring/v3/agreements/agr_1/charges", BODY, Map.of());
        rig.call("/recurring/v3/agreements/agr_1/charges/demo-1", null, Map.of());
        rig.call("/recurring/v3/agreements/agr_1", null, Map.of());
        server.answers(exchange -> exchange.close());
        rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(rig.counted("fetch-token", "200")).isEqualTo(1);
        assertThat(rig.counted("create-charges", "202")).isEqualTo(2);
        assertThat(rig.counted("create-charges", "503")).isEqualTo(1);
        assertThat(rig.counted("create-charge", "503")).isEqualTo(1);
        assertThat(rig.counted("get-charge", "503")).isEqualTo(1);
        assertThat(rig.counted("get-agreement", "503")).isEqualTo(1);
        assertThat(rig.counted("create-charges", "unanswered")).isEqualTo(1);
    }

    @Test
    void aClockThatIsNotTheApisIsSeenAndToldOnceAndSoIsItsEnd(CapturedOutput output) {
        rig.ahead = Duration.ofSeconds(50);
        assertThat(after(202).getStatus()).isEqualTo(Status.UP);
        rig.ahead = Duration.ofMinutes(-75);
        assertThat(after(202).getStatus()).as("one answer proves little").isEqualTo(Status.UP);
        after(202);
        Health health = after(202);
        after(202);
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("clock"))
                .asString()
                .matches("This machine's clock is (4499|4500) seconds behind that of the Recurring API\\.");
        assertThat(health.getDetails().get("remedy")).asString().contains("time servers (NTP)");
        assertThat(output.getAll()).containsOnlyOnce("seconds behind that of the Recurring API. Due dates");

        rig.ahead = Duration.ZERO;
        after(202);
        after(202);
        assertThat(after(202).getStatus()).isEqualTo(Status.UP);
        assertThat(output.getAll()).containsOnlyOnce("It is over: this machine's clock agrees");
    }
}
