package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest extends SimulatorFixture {

    private void fault(FaultRule rule) {
        simulator.addFaults(List.of(rule));
    }

    private ApiClient.Answer tryCreate() throws IOException {
        Map<String, String> headers = client.headers();
        headers.put("idempotency-key", "k");
        headers.put("content-type", "application/json");
        return client.tryCall("POST", "/recurring/v3/agreements/charges", headers, batch(item("inv-0001", 49900)));
    }

    @Test
    void aStatusIsAnsweredOnceWithItsHeadersAndBody() throws IOException {
        client.letGo();
        client.control(
                "POST",
                "/faults",
                """
                [{"operation":"create-charges","kind":"status","status":429,
                  "headers":{"Retry-After":"Wed, 21 Oct 2026 07:28:00 GMT"},
                  "body":"slow down","contentType":"text/plain"}]""");
        ApiClient.Answer refused = tryCreate();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("slow down");
        assertThat(refused.header("retry-after")).contains("Wed, 21 Oct 2026 07:28:00 GMT");
        assertThat(refused.header("content-type")).contains("text/plain");
        assertThat(simulator.summary().created()).isZero();
        assertThat(tryCreate().status()).isEqualTo(202);
    }

    @Test
    void aFaultOnAnOperationThatThereIsNotIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> FaultRule.of("batch-charges", FaultKind.HTML))
                .hasMessageStartingWith("There is no operation batch-charges; there are list-agreements, ");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"DROP_BEFORE", "RESET"})
    void aConnectionCutBeforeTheWorkCreatesNothing(FaultKind kind) throws IOException {
        client.token();
        fault(FaultRule.of("create-charges", kind));
        assertThatThrownBy(this::tryCreate).isInstanceOf(IOException.class);
        assertThat(simulator.summary().created()).isZero();
        assertThat(tryCreate().status()).isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"DROP_AFTER", "TRUNCATE"})
    void anAnswerLostAfterTheWorkLeavesTheChargeAndIsRepeatedForItsKey(FaultKind kind) throws IOException {
        client.token();
        fault(FaultRule.of("create-charges", kind));
        assertThatThrownBy(this::tryCreate).isInstanceOf(IOException.class);
        assertThat(simulator.summary().created()).isEqualTo(1);
        assertThat(tryCreate().status()).isEqualTo(202);
        assertThat(simulator.summary().created()).isEqualTo(1);
    }

    @Test
    void aServerErrorAfterTheWorkHidesThatItWasDone() throws IOException {
        fault(FaultRule.of("create-charges", FaultKind.STATUS_AFTER).withStatus(500));
        assertThat(tryCreate().status()).isEqualTo(500);
        assertThat(simulator.summary().created()).isEqualTo(1);
    }

    @Test
    void aDelayAndADripHoldTheAnswerBack() throws IOException {
        client.token();
        fault(FaultRule.of("create-charges", FaultKind.DELAY).withDelayMillis(400));
        fault(FaultRule.of("get-charge", FaultKind.DRIP).withDelayMillis(400));
        long started = System.nanoTime();
        assertThat(tryCreate().status()).isEqualTo(202);
        assertThat(System.nanoTime() - started)
                .isGreaterThan(Duration.ofMillis(400).toNanos());
        started = System.nanoTime();
        assertThat(status("inv-0001")).isEqualTo("DUE");
        assertThat(System.nanoTime() - started)
                .isGreaterThan(Duration.ofMillis(300).toNanos());
    }

    @Test
    void aProxysPageIsHtml() throws IOException {
        fault(FaultRule.of("create-charges", FaultKind.HTML));
        ApiClient.Answer page = tryCreate();
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.body()).startsWith("<html>");
    }

    @Test
    void orderIdsCanBeMadeInvalidRefusedLaterOrPoisonous() {
        fault(FaultRule.orders(FaultKind.INVALID_CHARGES, List.of("inv-0001")));
        fault(FaultRule.orders(FaultKind.LATE_REFUSE, List.of("inv-0002")));
        fault(FaultRule.orders(FaultKind.POISON, List.of("inv-0003")));
        ApiClient.Answer poisoned = create("k1", item("inv-0003", 10000), item("inv-0004", 10000));
        assertThat(poisoned.status()).isEqualTo(400);
        assertThat(poisoned.problem()).isEqualTo("validation-error");
        ApiClient.Answer answer =
                create("k2", item("inv-0001", 10000), item("inv-0002", 10000), item("inv-0004", 10000));
        assertThat(answer.json().get("validCharges")).hasSize(2);
        assertThat(answer.json().get("invalidCharges")).hasSize(1);
        assertThat(charge("inv-0001").status()).isEqualTo(404);
        assertThat(charge("inv-0002").status()).isEqualTo(404);
        assertThat(status("inv-0004")).isEqualTo("DUE");
    }

    @Test
    void anAgreementCanStopJustBeforeACall() {
        fault(FaultRule.stopAgreement("create-charges", AGREEMENT));
        create("k", item("inv-0001", 10000));
        assertThat(charge("inv-0001").status()).isEqualTo(404);
        assertThat(simulator.summary().lateRefused()).isEqualTo(1);
    }

    @Test
    void rulesCanBeNarrowedListedAndCleared() throws IOException {
        fault(FaultRule.status(null, 500).withPath(".*/charges/inv-9.*").withTimes(0));
        fault(FaultRule.status("create-charges", 500).withMsn("999999"));
        assertThat(tryCreate().status()).isEqualTo(202);
        assertThat(charge("inv-9999").status()).isEqualTo(500);
        assertThat(charge("inv-9998").status()).isEqualTo(500);
        assertThat(client.control("GET", "/faults", "").json()).hasSize(2);
        assertThat(client.control("GET", "/log?op=fault", "").body().lines()).hasSize(2);
        client.control("DELETE", "/faults", "");
        assertThat(charge("inv-9999").status()).isEqualTo(404);
    }

    @Test
    void aRateActsOnAShareOfTheCalls() {
        fault(new FaultRule(
                "get-charge", null, null, null, 0, 0.5, FaultKind.STATUS, 500, null, null, null, null, null, null));
        long failed = IntStream.range(0, 100)
                .filter(i -> charge("inv-0001").status() == 500)
                .count();
        assertThat(failed).isBetween(25L, 75L);
    }

    @Test
    void aRuleThatMakesNoSenseIsRefused() {
        assertThat(client.control("POST", "/faults", "[{\"kind\":\"explode\"}]").status())
                .isEqualTo(400);
        assertThat(client.control("POST", "/faults", "[{\"kind\":\"poison\"}]").body())
                .contains("orderIds");
        assertThat(client.control("POST", "/faults", "[{\"kind\":\"status\",\"colour\":1}]")
                        .status())
                .isEqualTo(400);
        assertThat(simulator.faults()).isEmpty();
    }
}
