package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OlderShapesTest {

    private final OlderShapes shapes = new OlderShapes();

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anAgreementIsFlatAndHoldsNothingElse() throws UnreadableAnswer {
        String then = shapes.agreement(
                bytes(
                        """
                        {"id": "agr_CUfJvfx", "uuid": "x", "status": "ACTIVE", "created": "2020-02-06T10:05:07Z",
                         "start": "2020-02-06T10:10:07Z", "stop": null, "productName": "Vipps product",
                         "productDescription": "Testing Vipps recurring payment",
                         "pricing": {"type": "LEGACY", "amount": 87600, "currency": "NOK"},
                         "interval": {"unit": "MONTH", "count": 1, "text": "every month"},
                         "campaign": {"type": "PRICE_CAMPAIGN", "price": 100, "end": "2020-03-06T10:10:07Z"},
                         "countryCode": "NO", "sub": "secret", "history": []}
                        """));

        assertThat(then)
                .isEqualTo(
                        "{\"id\":\"agr_CUfJvfx\",\"start\":\"2020-02-06T10:10:07Z\",\"stop\":null,\"status\":\"ACTIVE\","
                                + "\"productName\":\"Vipps product\",\"price\":87600,"
                                + "\"productDescription\":\"Testing Vipps recurring payment\",\"interval\":\"MONTH\","
                                + "\"intervalCount\":1,\"currency\":\"NOK\","
                                + "\"campaign\":{\"start\":null,\"end\":\"2020-03-06T10:10:07Z\",\"campaignPrice\":100}}");
    }

    @Test
    void aVariablePriceIsTheOneThatTheSellerSuggested() throws UnreadableAnswer {
        assertThat(shapes.agreement(
                        bytes("{\"id\": \"agr_1\", \"status\": \"ACTIVE\", \"pricing\": {\"type\": \"VARIABLE\","
                                + " \"suggestedMaxAmount\": 5000, \"maxAmount\": 9000, \"currency\": \"NOK\"}}")))
                .contains("\"price\":5000", "\"campaign\":null", "\"interval\":null");
    }

    @Test
    void chargesAreShownWithWhatWasPaidBack() throws UnreadableAnswer {
        String then = shapes.charges(
                bytes(
                        """
                        [{"id": "chr_Ntsak6z", "agreementId": "agr_1", "status": "PARTIALLY_REFUNDED",
                          "due": "2020-02-06T09:54:00Z", "amount": 87600, "transactionId": "5001630551",
                          "description": "Testing", "type": "INITIAL",
                          "summary": {"captured": 87600, "refunded": 26640, "cancelled": 0}, "history": []},
                         {"id": "chr_2", "status": "DUE", "amount": 123, "description": "d", "type": "RECURRING"}]
                        """));

        assertThat(then)
                .isEqualTo("{\"id\":\"chr_Ntsak6z\",\"status\":\"PARTIALLY_REFUNDED\",\"due\":\"2020-02-06T09:54:00Z\","
                        + "\"amount\":87600,\"amountRefunded\":26640,\"transactionId\":\"5001630551\","
                        + "\"description\":\"Testing\",\"type\":\"INITIAL\"},"
                        + "{\"id\":\"chr_2\",\"status\":\"DUE\",\"due\":null,\"amount\":123,\"amountRefunded\":0,"
                        + "\"transactionId\":null,\"description\":\"d\",\"type\":\"RECURRING\"}");
        assertThat(shapes.charges(bytes("[]"))).isEmpty();
    }

    @Test
    void whatIsCutShortIsNotShown() {
        assertThatThrownBy(() -> shapes.agreement(bytes("{\"id\": \"agr_1\""))).isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> shapes.charges(bytes("[{\"id\": \"chr_1\"}"))).isInstanceOf(UnreadableAnswer.class);
    }
}
