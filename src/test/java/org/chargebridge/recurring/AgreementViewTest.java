package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.recurring.AgreementView.HistoryEvent;
import org.chargebridge.recurring.AgreementView.Interval;
import org.chargebridge.recurring.AgreementView.Offer;
import org.chargebridge.recurring.AgreementView.Price;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementViewTest {

    private static final String WHOLE =
            """
            {"id":"agr_1","uuid":"3e11c0b6-0f61-4e6b-9a8d-2f6c1c2b3a4d","status":"ACTIVE",
             "created":"2026-10-01T10:00:00Z","start":"2026-10-01T10:01:00Z","stop":null,
             "productName":"Strøm","productDescription":"Spot",
             "pricing":{"type":"VARIABLE","suggestedMaxAmount":200000,"maxAmount":150000,"currency":"NOK"},
             "interval":{"unit":"MONTH","count":1,"text":"hver måned"},
             "campaign":{"type":"PRICE_CAMPAIGN","price":100,"end":"2027-01-01T00:00:00Z","explanation":"1 kr"},
             "merchantAgreementUrl":"https://shop.example/a","countryCode":"NO",
             "externalId":"K-1","sub":"c06c4afe","userinfoUrl":"https://api.example/userinfo/c06c4afe",
             "vippsConfirmationUrl":"https://api.example/confirm",
             "history":[{"occurred":"2026-10-01T10:00:00Z","event":"CREATE","actor":"MERCHANT"},
               {"occurred":"2026-10-01T10:01:00Z","event":"ACTIVATE","actor":"USER"}],
             "new":{"a":[1]}}
            """;

    private static AgreementView parse(String body) throws UnreadableAnswer {
        return AgreementView.parse(body.getBytes(UTF_8));
    }

    @Test
    void anAgreementIsReadWholeAndWhatIsUnknownIsKept() throws UnreadableAnswer {
        assertThat(parse(WHOLE))
                .isEqualTo(new AgreementView(
                        "agr_1",
                        Optional.of("3e11c0b6-0f61-4e6b-9a8d-2f6c1c2b3a4d"),
                        "ACTIVE",
                        Optional.of(AgreementStatus.ACTIVE),
                        Optional.of("2026-10-01T10:00:00Z"),
                        Optional.of("2026-10-01T10:01:00Z"),
                        Optional.empty(),
                        Optional.of("Strøm"),
                        Optional.of("Spot"),
                        new Price(
                                "VARIABLE",
                                Optional.of(PricingType.VARIABLE),
                                OptionalLong.empty(),
                                OptionalLong.of(200000),
                                OptionalLong.of(150000),
                                Optional.of("NOK")),
                        Optional.of(new Interval("MONTH", OptionalInt.of(1), Optional.of("hver måned"))),
                        Optional.of(new Offer("PRICE_CAMPAIGN", OptionalLong.of(100), Optional.of("1 kr"))),
                        Optional.of("K-1"),
                        Optional.of("c06c4afe"),
                        Optional.of("https://api.example/userinfo/c06c4afe"),
                        Optional.of("https://api.example/confirm"),
                        List.of(
                                new HistoryEvent("2026-10-01T10:00:00Z", "CREATE", "MERCHANT"),
                                new HistoryEvent("2026-10-01T10:01:00Z", "ACTIVATE", "USER")),
                        Map.of(
                                "merchantAgreementUrl", "\"https://shop.example/a\"",
                                "countryCode", "\"NO\"",
                                "new", "{\"a\":[1]}")));
    }

    @Test
    void wordsOfALaterVersionAreKeptAsTheyAre() throws UnreadableAnswer {
        AgreementView view = parse("{\"id\":\"agr_1\",\"status\":\"PAUSED\",\"pricing\":{\"type\":\"AUCTION\"},"
                + "\"interval\":{\"unit\":\"FORTNIGHT\"},\"campaign\":{\"type\":\"LEGACY_CAMPAIGN\"}}");
        assertThat(view.statusWord()).isEqualTo("PAUSED");
        assertThat(view.status()).isEmpty();
        assertThat(view.pricing().typeWord()).isEqualTo("AUCTION");
        assertThat(view.pricing().type()).isEmpty();
        assertThat(view.interval()).contains(new Interval("FORTNIGHT", OptionalInt.empty(), Optional.empty()));
        assertThat(view.campaign()).contains(new Offer("LEGACY_CAMPAIGN", OptionalLong.empty(), Optional.empty()));
        assertThat(view.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LEGACY,LEGACY", "VARIABLE,VARIABLE", "FLEXIBLE,FLEXIBLE"})
    void everyPricingTypeIsKnown(String word, PricingType type) throws UnreadableAnswer {
        assertThat(parse("{\"id\":\"a\",\"status\":\"PENDING\",\"pricing\":{\"type\":\"" + word + "\"}}")
                        .pricing()
                        .type())
                .contains(type);
    }

    @Test
    void aPriceWithoutTypeIsAFixedOne() throws UnreadableAnswer {
        assertThat(parse("{\"id\":\"a\",\"status\":\"STOPPED\",\"pricing\":{\"amount\":100}}")
                        .pricing()
                        .type())
                .contains(PricingType.LEGACY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"id\":\"a\"}", "{\"status\":\"ACTIVE\"}", "{\"id\":\"a\",\"status\":\"ACT"})
    void whatIsNoWholeAgreementIsNoAgreement(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void aPageIsReadWholeOrNotAtAll() throws UnreadableAnswer {
        String one = "{\"id\":\"agr_1\",\"status\":\"ACTIVE\"}";
        assertThat(AgreementView.parsePage(("[" + one + "," + one + "]").getBytes(UTF_8)))
                .hasSize(2);
        assertThat(AgreementView.parsePage("[]".getBytes(UTF_8))).isEmpty();
        assertThatThrownBy(() -> AgreementView.parsePage(("[" + one + ",{\"id\":\"agr_2\"}]").getBytes(UTF_8)))
                .isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> AgreementView.parsePage(one.getBytes(UTF_8))).isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> ChargeView.parsePage(one.getBytes(UTF_8))).isInstanceOf(UnreadableAnswer.class);
        assertThat(ChargeView.parsePage(
                        "[{\"id\":\"c\",\"agreementId\":\"a\",\"amount\":100,\"status\":\"DUE\"}]".getBytes(UTF_8)))
                .hasSize(1);
    }

    @Test
    void theAnswerToADraftIsRead() throws UnreadableAnswer {
        assertThat(DraftAnswer.parse(
                        ("{\"agreementId\":\"agr_1\",\"uuid\":\"u\",\"vippsConfirmationUrl\":\"https://c\","
                                        + "\"chargeId\":null}")
                                .getBytes(UTF_8)))
                .isEqualTo(new DraftAnswer("agr_1", Optional.of("u"), Optional.of("https://c"), Optional.empty()));
        assertThatThrownBy(() -> DraftAnswer.parse("{}".getBytes(UTF_8))).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void wordsOfTheApiAreKnownInLettersOfAnyCase() throws UnreadableAnswer {
        AgreementView view = parse(WHOLE.replace("ACTIVE", "Active")
                .replace("VARIABLE", "variable")
                .replace("MONTH", "month"));
        assertThat(view.status()).contains(AgreementStatus.ACTIVE);
        assertThat(view.statusWord()).isEqualTo("ACTIVE");
        assertThat(view.pricing().type()).contains(PricingType.VARIABLE);
        assertThat(view.pricing().typeWord()).isEqualTo("VARIABLE");
        assertThat(view.interval()).map(Interval::unitWord).contains("MONTH");
    }

    @Test
    void theAnswerToSomebodyElsesQuestionIsNoAnswer() throws UnreadableAnswer {
        assertThat(AgreementView.parse(WHOLE.getBytes(UTF_8), "agr_1").id()).isEqualTo("agr_1");
        assertThatThrownBy(() -> AgreementView.parse(WHOLE.getBytes(UTF_8), "agr_2"))
                .isInstanceOf(UnreadableAnswer.class);
    }
}
