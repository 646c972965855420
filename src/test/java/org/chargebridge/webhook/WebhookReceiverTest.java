package org.chargebridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chargebridge.sealing.Seal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {

    private final SignalRig rig = new SignalRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private double counted(String outcome) {
        return rig.meters.find(WebhookReceiver.COUNTER).tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void aSignedDeliveryIsWrittenDownOnceHoweverOftenItComes() {
        String captured = SignedSender.charge("captured", SignalRig.MSN, "a-1", ",\"amountCaptured\":10000");

        assertThat(rig.deliver(captured)).isEqualTo(204);
        assertThat(rig.deliver(captured)).isEqualTo(204);
        assertThat(rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a-2", "")))
                .isEqualTo(204);
        assertThat(rig.deliver(SignedSender.agreement("stopped", SignalRig.MSN, "agr_demo0001")))
                .isEqualTo(204);

        assertThat(rig.written()).containsExactly("CHARGE NEW", "CHARGE NEW", "AGREEMENT NEW");
        assertThat(counted("recorded")).isEqualTo(3);
        assertThat(counted("repeated")).isEqualTo(1);
    }

    @Test
    void theSameEventWithAnotherAmountIsAnotherOne() {
        rig.deliver(SignedSender.charge("refunded", SignalRig.MSN, "a-1", ",\"amountRefunded\":1000"));
        rig.deliver(SignedSender.charge("refunded", SignalRig.MSN, "a-1", ",\"amountRefunded\":2000"));
        rig.deliver(SignedSender.charge("refunded", SignalRig.MSN, "a-1", ",\"amountRefunded\":2000,\"extra\":{}"));

        assertThat(rig.written()).hasSize(2);
    }

    @Test
    void whatIsNotSignedIsRefusedAndLeavesNothing() {
        String body = SignedSender.charge("captured", SignalRig.MSN, "a-1", "");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new SignedSender(SignalRig.URL, SignalRig.SECRET).headers(bytes);
        Map<String, String> without = new HashMap<>(headers);
        without.remove("Authorization");

        assertThat(rig.deliver("another secret", body)).isEqualTo(401);
        assertThat(rig.deliver(without, bytes)).isEqualTo(401);
        assertThat(rig.deliver(Map.of(), new byte[0])).isEqualTo(401);
        assertThat(rig.deliver(headers, body.replace("a-1", "a-2").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(401);
        assertThat(rig.deliver(
                        new SignedSender(URI.create("https://other.example.com/webhooks/recurring"), SignalRig.SECRET)
                                .headers(bytes),
                        bytes))
                .isEqualTo(401);

        assertThat(rig.written()).isEmpty();
        assertThat(counted("forged")).isEqualTo(5);
    }

    @Test
    void headersAreFoundHoweverTheyAreWritten() {
        byte[] bytes = SignedSender.charge("captured", SignalRig.MSN, "a-1", "").getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        new SignedSender(SignalRig.URL, SignalRig.SECRET)
                .headers(bytes)
                .forEach((name, value) -> headers.put(name.toUpperCase(java.util.Locale.ROOT), value));

        assertThat(rig.deliver(headers, bytes)).isEqualTo(204);
    }

    @Test
    void oneSalesUnitCannotSpeakForAnother() {
        rig.registered("reg-2", "654321", "secret of the other");

        assertThat(rig.deliver("secret of the other", SignedSender.charge("captured", SignalRig.MSN, "a-1", "")))
                .isEqualTo(401);
        assertThat(rig.deliver("secret of the other", SignedSender.charge("captured", "654321", "a-1", "")))
                .isEqualTo(204);
    }

    @Test
    void aRegistrationThatIsGoneSignsNothingAnyMore() {
        rig.registrations.gone("reg-1");
        rig.clock.advance(Duration.ofHours(2));

        assertThat(rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a-1", "")))
                .isEqualTo(401);
    }

    /** Another node may have sealed it under a key that this one does not have yet: the API sends again what is not answered 2xx. */
    @Test
    void whatThisNodeLacksTheKeyToCheckIsAskedForAgain() {
        byte[] fresh = new byte[32];
        fresh[0] = 1;
        rig.registrations.sealedAnew("reg-1", new Seal(List.of(fresh)).seal("reg-1", SignalRig.SECRET));

        assertThat(rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a-1", "")))
                .isEqualTo(503);
        assertThat(rig.deliver(Map.of(), new byte[0])).isEqualTo(401);
        assertThat(rig.written()).isEmpty();
    }

    @Test
    void whatIsSignedAndCannotBeReadIsABadRequest() {
        assertThat(rig.deliver("{")).isEqualTo(400);
        assertThat(rig.deliver("[]")).isEqualTo(400);
        assertThat(rig.deliver("")).isEqualTo(400);
        assertThat(rig.deliver("{\"eventType\":\"recurring.charge-captured.v1\",\"msn\":\"123456\"}"))
                .isEqualTo(400);
        assertThat(rig.deliver("{\"chargeId\":\"a-1\"}")).isEqualTo(400);
        assertThat(rig.written()).isEmpty();
    }

    @Test
    void anEventThisVersionDoesNotKnowIsWrittenDownAndNothingElse() {
        assertThat(rig.deliver("{\"chargeId\":\"a-1\",\"eventType\":\"recurring.chargeback.v9\",\"msn\":123456}"))
                .isEqualTo(204);

        assertThat(rig.written()).containsExactly("OTHER DONE");
    }

    /** What cannot be of use the next time either is not asked for again: it would hold up what comes behind it. */
    @Test
    void anEventOfAnotherApiIsWrittenDownAndNothingElse() {
        assertThat(rig.deliver("{\"eventType\":\"epayments.payment.captured.v1\",\"reference\":\"r\"}"))
                .isEqualTo(204);

        assertThat(rig.written()).containsExactly("OTHER DONE");
    }

    @Test
    void aCharacterThatTheLedgerCannotKeepIsNoHindrance() {
        assertThat(rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a\\u0000b", "")))
                .isEqualTo(204);
        rig.apply();
    }

    @Test
    void textsOfAnyLengthAreCut() {
        assertThat(rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a".repeat(60_000), "")))
                .isEqualTo(204);
        rig.apply();
    }

    @Test
    void eventsAreKnownInLettersOfAnyCase() {
        assertThat(rig.deliver(SignedSender.charge("captured", SignalRig.MSN, "a-1", "")
                        .replace("recurring.charge-captured.v1", "Recurring.Charge-Captured.V1")))
                .isEqualTo(204);

        assertThat(rig.written()).containsExactly("CHARGE NEW");
    }
}
