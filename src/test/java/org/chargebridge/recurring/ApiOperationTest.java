package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.OrderId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApiOperationTest {

    private static final OrderId CHARGE = new OrderId("demo-INV-1-000000000001");

    private static Stream<Arguments> calls() {
        String list = AgreementRequests.AGREEMENTS_PATH + "?"
                + AgreementRequests.listQuery(AgreementStatus.ACTIVE, 1, Optional.empty());
        return Stream.of(
                Arguments.of("POST", ChargeRequests.BATCH_PATH, ApiOperation.CREATE_CHARGES),
                Arguments.of("POST", ChargeRequests.singlePath("agr_1"), ApiOperation.CREATE_CHARGE),
                Arguments.of("POST", ChargeRequests.singlePath("charges"), ApiOperation.CREATE_CHARGE),
                Arguments.of("GET", ChargeRequests.chargePath("agr_1", CHARGE), ApiOperation.GET_CHARGE),
                Arguments.of("DELETE", ChargeRequests.chargePath("agr_1", CHARGE), ApiOperation.CANCEL_CHARGE),
                Arguments.of("POST", ChargeRequests.capturePath("agr_1", CHARGE), ApiOperation.CAPTURE_CHARGE),
                Arguments.of("POST", ChargeRequests.refundPath("agr_1", CHARGE), ApiOperation.REFUND_CHARGE),
                Arguments.of("GET", ChargeRequests.singlePath("agr_1"), ApiOperation.LIST_CHARGES),
                Arguments.of("GET", ChargeRequests.byIdPath(CHARGE), ApiOperation.FIND_CHARGE),
                Arguments.of("GET", list, ApiOperation.LIST_AGREEMENTS),
                Arguments.of("POST", AgreementRequests.AGREEMENTS_PATH, ApiOperation.DRAFT_AGREEMENT),
                Arguments.of("GET", AgreementRequests.agreementPath("agr_1"), ApiOperation.GET_AGREEMENT),
                Arguments.of("PATCH", AgreementRequests.agreementPath("agr_1"), ApiOperation.UPDATE_AGREEMENT),
                Arguments.of("PATCH", AgreementRequests.acceptPath("agr_1"), ApiOperation.ACCEPT_AGREEMENT),
                Arguments.of("DELETE", AgreementRequests.agreementPath("agr_1"), ApiOperation.OTHER),
                Arguments.of("GET", WebhookRequests.PATH, ApiOperation.LIST_WEBHOOKS),
                Arguments.of("POST", WebhookRequests.PATH, ApiOperation.REGISTER_WEBHOOK),
                Arguments.of("DELETE", WebhookRequests.path("id 1"), ApiOperation.DELETE_WEBHOOK),
                Arguments.of("POST", "/elsewhere/agreements", ApiOperation.OTHER));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @MethodSource("calls")
    void everyEndpointHasAWordOfItsOwn(String method, String target, ApiOperation operation) {
        assertThat(ApiOperation.of(method, target)).isEqualTo(operation);
    }

    @Test
    void noTwoOperationsShareAWord() {
        assertThat(Stream.of(ApiOperation.values()).map(ApiOperation::word)).doesNotHaveDuplicates();
    }
}
