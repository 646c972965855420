package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.OrderId;
import org.chargebridge.recurring.ChargeView.Summary;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client and the simulator are two readings of the same contract that share no code: they must agree. */
class SimulatorContractTest {

    private static final OrderId FIRST = new OrderId("demo-1-000000000001");
    private static final OrderId SECOND = new OrderId("demo-2-000000000002");

    @TempDir
    Path data;

    private RecurringApiSimulator simulator;
    private ApiRig rig;

    @BeforeEach
    void open() {
        simulator = RecurringApiSimulator.start(SimulatorSettings.inDirectory(data)
                .withMerchants(new Merchant(ApiRig.MSN, "the-id", "the-secret", "the-key", "NOK"))
                .withAgreements(3));
        rig = new ApiRig(simulator.baseUri());
    }

    @AfterEach
    void close() {
        rig.close();
        simulator.close();
    }

    private CreateCharge charge(OrderId orderId, String agreementId) {
        return new CreateCharge(orderId, agreementId, 19900, "Strøm", due(), 3, Optional.of("KID " + orderId));
    }

    private LocalDate due() {
        return simulator.now().atZone(ZoneId.of("Europe/Oslo")).toLocalDate().plusDays(10);
    }

    private Exchange sendBatch(String key, CreateCharge... charges) {
        return rig.call(
                ChargeRequests.BATCH_PATH, ChargeRequests.batch(List.of(charges)), Map.of("Idempotency-Key", key));
    }

    private Exchange look(OrderId orderId) {
        return rig.call(ChargeRequests.chargePath("agr_demo0001", orderId), null, Map.of());
    }

    @Test
    void aBatchIsUnderstoodAndItsChargesAreFoundAsAsked() throws UnreadableAnswer {
        Exchange sent = sendBatch("c-1", charge(FIRST, "agr_demo0001"), charge(SECOND, "not an agreement id"));
        assertThat(ApiRig.status(sent)).isEqualTo(202);
        CreateAnswer answer = CreateAnswer.parse(ApiRig.body(sent));
        assertThat(answer.validCharges()).contains(FIRST.value());
        Awaitility.await()
                .untilAsserted(() -> assertThat(ApiRig.status(look(FIRST))).isEqualTo(200));
        ChargeView view = ChargeView.parse(ApiRig.body(look(FIRST)));
        assertThat(view.id()).isEqualTo(FIRST.value());
        assertThat(view.isWhatWasAsked("agr_demo0001", 19900, Optional.of(due())))
                .isTrue();
        assertThat(view.status()).isPresent();
        assertThat(view.statusWord()).isIn("PENDING", "DUE");
        assertThat(view.currency()).contains("NOK");
        assertThat(view.retryDays()).hasValue(3);
        assertThat(view.externalId()).contains("KID " + FIRST);
        assertThat(view.summary()).isEqualTo(new Summary(0, 0, 0));
        assertThat(view.history()).extracting(ChargeView.HistoryEvent::event).containsExactly("CREATE");
    }

    @Test
    void aPartnersKeysActForEachOfItsSalesUnitsAndOnlyForThem() throws IOException {
        simulator.close();
        rig.close();
        SalesUnit first = new SalesUnit(ApiRig.MSN, Currency.NOK, "partner", "its secret", "its key");
        SalesUnit second = new SalesUnit("222222", Currency.NOK, "partner", "its secret", "its key");
        SalesUnit stranger = new SalesUnit("333333", Currency.NOK, "partner", "its secret", "its key");
        simulator = RecurringApiSimulator.start(SimulatorSettings.inDirectory(Files.createDirectory(data.resolve("p")))
                .withMerchants(merchant(first), merchant(second), new Merchant("333333", "own", "own", "own", "NOK"))
                .withAgreements(1));
        rig = new ApiRig(simulator.baseUri(), new Channels(List.of(), List.of(first, second, stranger)));
        byte[] body = ChargeRequests.single(charge(FIRST, "agr_demo0001"));
        String path = ChargeRequests.singlePath("agr_demo0001");
        assertThat(ApiRig.status(rig.call(path, body, Map.of("Idempotency-Key", "c-1"))))
                .isEqualTo(201);
        assertThat(ApiRig.status(look(FIRST))).isEqualTo(200);
        assertThat(ApiRig.status(lookAs("222222"))).isEqualTo(404);
        assertThat(ApiRig.status(lookAs("333333"))).isEqualTo(401);
    }

    private static Merchant merchant(SalesUnit unit) {
        return new Merchant(unit.msn(), unit.clientId(), unit.clientSecret(), unit.subscriptionKey(), "NOK");
    }

    private Exchange lookAs(String msn) {
        return rig.call(ChargeRequests.chargePath("agr_demo0001", FIRST), null, Map.of(ApiCalls.MSN, msn));
    }

    @Test
    void aChargeRefusedInTheAnswerIsNamedWithItsErrors() throws UnreadableAnswer {
        simulator.addFaults(List.of(FaultRule.orders(FaultKind.INVALID_CHARGES, List.of(SECOND.value()))));
        Exchange sent = sendBatch("c-1", charge(FIRST, "agr_demo0001"), charge(SECOND, "agr_demo0002"));
        CreateAnswer answer = CreateAnswer.parse(ApiRig.body(sent));
        assertThat(answer.validCharges()).containsExactly(FIRST.value());
        assertThat(answer.invalidCharges()).hasSize(1);
        assertThat(answer.invalidCharges().get(0).orderId()).contains(SECOND.value());
        assertThat(answer.invalidCharges().get(0).errors()).isNotEmpty();
    }

    @Test
    void aSingleCreateIsUnderstoodAndASecondOneIsNot() throws UnreadableAnswer {
        byte[] body = ChargeRequests.single(charge(FIRST, "agr_demo0001"));
        String path = ChargeRequests.singlePath("agr_demo0001");
        Exchange sent = rig.call(path, body, Map.of("Idempotency-Key", "c-1"));
        assertThat(ApiRig.status(sent)).isEqualTo(201);
        assertThat(CreateAnswer.parse(ApiRig.body(sent)).validCharges()).containsExactly(FIRST.value());
        Exchange again = rig.call(path, body, Map.of("Idempotency-Key", "c-2"));
        assertThat(ApiRig.status(again)).isBetween(400, 409);
        Problem problem = Problem.of(ApiRig.status(again), ApiRig.body(again));
        assertThat(problem.id()).isPresent();
        assertThat(problem.contextId()).isPresent();
    }

    @Test
    void theSameKeyGivesTheSameAnswerAndWithOtherBytesAConflict() {
        CreateCharge charge = charge(FIRST, "agr_demo0001");
        byte[] answer = ApiRig.body(sendBatch("c-1", charge));
        assertThat(ApiRig.body(sendBatch("c-1", charge))).isEqualTo(answer);
        assertThat(ApiRig.status(sendBatch("c-1", charge, charge(SECOND, "agr_demo0002"))))
                .isEqualTo(409);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Exchange exchange = look(FIRST);
        assertThat(ApiRig.status(exchange)).isEqualTo(404);
        assertThat(Problem.of(404, ApiRig.body(exchange)).summary()).startsWith("HTTP 404: ");
    }

    @Test
    void aChargeIsFollowedToItsEnd() throws UnreadableAnswer {
        sendBatch("c-1", charge(FIRST, "agr_demo0001"));
        simulator.advance(Duration.ofDays(16));
        Awaitility.await()
                .until(() -> ChargeView.parse(ApiRig.body(look(FIRST))).status().orElseThrow() == ChargeStatus.CHARGED);
        ChargeView view = ChargeView.parse(ApiRig.body(look(FIRST)));
        assertThat(view.summary().captured()).isEqualTo(19900);
        assertThat(view.transactionId()).isPresent();
    }

    @Test
    void forgottenTokensAreReplacedAtTheNextCall() {
        assertThat(ApiRig.status(look(FIRST))).isEqualTo(404);
        simulator.revokeTokens();
        assertThat(ApiRig.status(look(FIRST))).isEqualTo(401);
        assertThat(ApiRig.status(look(FIRST))).isEqualTo(404);
    }

    @Test
    void aGatewaysPageAndAnEmptyAnswerAreProblemsToo() {
        simulator.addFaults(
                List.of(FaultRule.of("create-charges", FaultKind.HTML), FaultRule.status("create-charges", 503)));
        for (int i = 0; i < 2; i++) {
            Exchange exchange = sendBatch("c-1", charge(FIRST, "agr_demo0001"));
            int status = ApiRig.status(exchange);
            assertThat(status).isBetween(500, 504);
            assertThat(Problem.of(status, ApiRig.body(exchange)).summary())
                    .startsWith("HTTP " + status)
                    .doesNotContain("<");
        }
        assertThat(ApiRig.status(sendBatch("c-1", charge(FIRST, "agr_demo0001"))))
                .isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"DROP_BEFORE", "DROP_AFTER", "TRUNCATE", "RESET"})
    void aCallThatBreaksOffIsUnansweredAndItsRepetitionIsAnswered(FaultKind kind) {
        assertThat(ApiRig.status(look(SECOND))).isEqualTo(404);
        simulator.addFaults(List.of(FaultRule.of("create-charges", kind)));
        CreateCharge charge = charge(FIRST, "agr_demo0001");
        assertThat(sendBatch("c-1", charge).getException()).isInstanceOf(CallUnanswered.class);
        assertThat(ApiRig.status(sendBatch("c-1", charge))).isEqualTo(202);
        Awaitility.await().until(() -> ApiRig.status(look(FIRST)) == 200);
    }
}
