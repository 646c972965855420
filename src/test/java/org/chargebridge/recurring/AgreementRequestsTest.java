package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.OrderId;
import org.chargebridge.recurring.DraftRequest.InitialCharge;
import org.chargebridge.recurring.PatchRequest.Interval;
import org.chargebridge.recurring.PatchRequest.Update;
import org.chargebridge.recurring.TimePeriod.Unit;
import org.junit.jupiter.api.Test;

class AgreementRequestsTest {

    private static final TimePeriod MONTHLY = new TimePeriod(Unit.MONTH, 1);
    private static final Update NOTHING = new Update(
            Optional.of("x"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty());

    private static DraftRequest draft(Pricing pricing, Optional<TimePeriod> interval, Optional<Campaign> campaign) {
        return new DraftRequest(
                pricing,
                interval,
                "https://shop.example/done",
                "https://shop.example/agreements",
                "Strøm",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                campaign,
                List.of(),
                "K-1");
    }

    private static String text(byte[] body) {
        return new String(body, UTF_8);
    }

    @Test
    void aCharacterOutsideTheBasicPlaneCountsAsOne() {
        String name = "Sähkö".repeat(8) + "1234" + "\uD83D\uDE00";

        assertThatCode(() -> new Update(
                        Optional.of(name),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void anAgreementOfAFixedPriceHasTheseVeryBytes() {
        DraftRequest draft = new DraftRequest(
                new Pricing.Legacy(49900, Currency.NOK),
                Optional.of(MONTHLY),
                "https://shop.example/done",
                "https://shop.example/agreements",
                "Strøm",
                Optional.of("Til fastpris"),
                Optional.of("4712345678"),
                Optional.of(new InitialCharge(
                        100, "Start", true, Optional.of(new OrderId("demo-A-1-000000000001")), Optional.of("A-1"))),
                Optional.of(new Campaign.Price(100, Instant.parse("2027-01-01T00:00:00Z"))),
                List.of("name", "email"),
                "K-1");
        assertThat(text(AgreementRequests.draft(draft)))
                .isEqualTo("{\"pricing\":{\"type\":\"LEGACY\",\"amount\":49900,\"currency\":\"NOK\"},"
                        + "\"merchantRedirectUrl\":\"https://shop.example/done\","
                        + "\"merchantAgreementUrl\":\"https://shop.example/agreements\","
                        + "\"productName\":\"Strøm\",\"productDescription\":\"Til fastpris\","
                        + "\"interval\":{\"unit\":\"MONTH\",\"count\":1},\"phoneNumber\":\"4712345678\","
                        + "\"initialCharge\":{\"amount\":100,\"description\":\"Start\","
                        + "\"transactionType\":\"RESERVE_CAPTURE\",\"orderId\":\"demo-A-1-000000000001\","
                        + "\"externalId\":\"A-1\"},"
                        + "\"campaign\":{\"type\":\"PRICE_CAMPAIGN\",\"price\":100,\"end\":\"2027-01-01T00:00:00Z\"},"
                        + "\"scope\":\"name email\",\"externalId\":\"K-1\"}");
    }

    @Test
    void whatIsNotGivenIsNotWritten() {
        assertThat(text(AgreementRequests.draft(
                        draft(new Pricing.Flexible(Currency.EUR), Optional.empty(), Optional.empty()))))
                .isEqualTo("{\"pricing\":{\"type\":\"FLEXIBLE\",\"currency\":\"EUR\"},"
                        + "\"merchantRedirectUrl\":\"https://shop.example/done\","
                        + "\"merchantAgreementUrl\":\"https://shop.example/agreements\","
                        + "\"productName\":\"Strøm\",\"externalId\":\"K-1\"}");
        assertThat(text(AgreementRequests.draft(
                        draft(new Pricing.Variable(200_000, Currency.EUR), Optional.empty(), Optional.empty()))))
                .startsWith("{\"pricing\":{\"type\":\"VARIABLE\",\"suggestedMaxAmount\":200000,\"currency\":\"EUR\"},");
    }

    @Test
    void everyCampaignIsWritten() {
        Pricing price = new Pricing.Legacy(100, Currency.DKK);
        Instant date = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(text(AgreementRequests.draft(
                        draft(price, Optional.empty(), Optional.of(new Campaign.Period(0, MONTHLY))))))
                .contains("\"campaign\":{\"type\":\"PERIOD_CAMPAIGN\",\"price\":0,"
                        + "\"period\":{\"unit\":\"MONTH\",\"count\":1}}");
        assertThat(text(AgreementRequests.draft(
                        draft(price, Optional.empty(), Optional.of(new Campaign.Event(5, date, "Jul"))))))
                .contains("\"campaign\":{\"type\":\"EVENT_CAMPAIGN\",\"price\":5,"
                        + "\"eventDate\":\"2027-01-01T00:00:00Z\",\"eventText\":\"Jul\"}");
    }

    @Test
    void aStopStandsAlone() {
        assertThat(text(AgreementRequests.patch(new PatchRequest.Stop()))).isEqualTo("{\"status\":\"STOPPED\"}");
    }

    @Test
    void anUpdateHoldsWhatChangesOnly() {
        assertThat(text(AgreementRequests.patch(NOTHING))).isEqualTo("{\"productName\":\"x\"}");
        Update update = new Update(
                Optional.of("Strøm"),
                Optional.of("Spot"),
                Optional.of("https://shop.example/a"),
                Optional.of("K-2"),
                OptionalLong.of(59900),
                OptionalLong.empty(),
                Optional.of(new Interval(Optional.of(new TimePeriod(Unit.WEEK, 2)))));
        assertThat(text(AgreementRequests.patch(update)))
                .isEqualTo("{\"productName\":\"Strøm\",\"productDescription\":\"Spot\","
                        + "\"merchantAgreementUrl\":\"https://shop.example/a\",\"externalId\":\"K-2\","
                        + "\"pricing\":{\"amount\":59900},"
                        + "\"interval\":{\"type\":\"RECURRING\",\"period\":{\"unit\":\"WEEK\",\"count\":2}}}");
        Update flexible = new Update(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.of(1000),
                Optional.of(new Interval(Optional.empty())));
        assertThat(text(AgreementRequests.patch(flexible)))
                .isEqualTo("{\"pricing\":{\"suggestedMaxAmount\":1000},\"interval\":{\"type\":\"FLEXIBLE\"}}");
    }

    @Test
    void whatTheApiDoesNotTakeCannotBeAsked() {
        assertThatThrownBy(() -> new Update(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()))
                .hasMessageContaining("changes something");
        assertThatThrownBy(() -> new Pricing.Legacy(99, Currency.NOK)).hasMessageContaining("100 to 2147483647");
        assertThatThrownBy(() -> new Pricing.Variable(2_000_001, Currency.NOK)).hasMessageContaining("2000000");
        assertThatThrownBy(() -> new TimePeriod(Unit.DAY, 32)).hasMessageContaining("1 to 31");
        assertThatThrownBy(() -> draft(
                        new Pricing.Flexible(Currency.NOK),
                        Optional.empty(),
                        Optional.of(new Campaign.Period(0, MONTHLY))))
                .hasMessageContaining("fixed price");
    }

    @Test
    void theListIsAskedForOneStatusAndPage() {
        assertThat(AgreementRequests.listQuery(AgreementStatus.ACTIVE, 3, Optional.empty()))
                .isEqualTo("status=ACTIVE&pageNumber=3&pageSize=2000");
        assertThat(AgreementRequests.listQuery(AgreementStatus.PENDING, 1, Optional.of(Instant.ofEpochMilli(17))))
                .isEqualTo("status=PENDING&createdAfter=17&pageNumber=1&pageSize=2000");
    }

    @Test
    void noAgreementIdReachesAnotherResource() {
        assertThat(AgreementRequests.agreementPath("agr_1")).isEqualTo("/recurring/v3/agreements/agr_1");
        assertThat(AgreementRequests.agreementPath("../x?y#z")).isEqualTo("/recurring/v3/agreements/..%2Fx%3Fy%23z");
    }

    @Test
    void anAmountIsCapturedOrPaidBackWithAndWithoutText() {
        assertThat(text(ChargeRequests.amount(100, Optional.empty()))).isEqualTo("{\"amount\":100}");
        assertThat(text(ChargeRequests.amount(100, Optional.of("Retur"))))
                .isEqualTo("{\"amount\":100,\"description\":\"Retur\"}");
        assertThatThrownBy(() -> ChargeRequests.amount(99, Optional.empty())).hasMessageContaining("100");
    }
}
