package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chargebridge.recurring.CreateAnswer.InvalidCharge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateAnswerTest {

    private static final String BATCH =
            """
            {"validCharges": ["INV-1", "INV-2"],
             "invalidCharges": [
               {"chargeBatchItemDto": {"due": "2026-10-01", "amount": 50, "orderId": "INV-3", "agreementId": "agr_1"},
                "errors": ["amount must be greater than or equal to 100", "second"]}],
             "added": {"by": "a later version"}}
            """
                    .strip();

    private static CreateAnswer parse(String body) throws UnreadableAnswer {
        return CreateAnswer.parse(body.getBytes(UTF_8));
    }

    @Test
    void aBatchAnswerNamesWhatPassedAndWhatDidNot() throws UnreadableAnswer {
        assertThat(parse(BATCH))
                .isEqualTo(new CreateAnswer(
                        List.of("INV-1", "INV-2"),
                        List.of(new InvalidCharge(
                                Optional.of("INV-3"),
                                List.of("amount must be greater than or equal to 100", "second")))));
    }

    @Test
    void aSingleAnswerNamesTheCharge() throws UnreadableAnswer {
        assertThat(parse("{\"chargeId\":\"INV-1\"}")).isEqualTo(new CreateAnswer(List.of("INV-1"), List.of()));
    }

    @Test
    void missingListsAndOtherShapesAreUnderstood() throws UnreadableAnswer {
        assertThat(parse("{\"validCharges\":[{\"orderId\":\"A\"},{\"chargeId\":\"B\"},7,null,[]]}"))
                .isEqualTo(new CreateAnswer(List.of("A", "B", "7"), List.of()));
        assertThat(parse("{\"validCharges\":null,\"invalidCharges\":[{\"orderId\":\"A\",\"errors\":\"no\"},\"B\",{}]}"))
                .isEqualTo(new CreateAnswer(
                        List.of(),
                        List.of(
                                new InvalidCharge(Optional.of("A"), List.of("no")),
                                new InvalidCharge(Optional.of("B"), List.of()),
                                new InvalidCharge(Optional.empty(), List.of()))));
        assertThat(parse("{\"invalidCharges\":[{\"orderId\":\"A\",\"errors\":[{\"code\":1},2]}]}")
                        .invalidCharges()
                        .get(0)
                        .errors())
                .containsExactly("{\"code\":1}", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"text\"", "{}", "{\"status\":\"ok\"}", "<html></html>", "{} {}"})
    void whatSaysNothingOfChargesIsNotAnAnswer(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void anAnswerCutAtAnyByteIsNotAnAnswer() {
        byte[] whole = BATCH.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> CreateAnswer.parse(cut)).isInstanceOf(UnreadableAnswer.class);
        }
    }
}
