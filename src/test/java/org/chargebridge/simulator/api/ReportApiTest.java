package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How settlements are read: pages, dates, what is missing. */
class ReportApiTest extends SettlementFixture {

    private static final Map<String, String> ONE_BY_ONE = Map.of("vipps-feed-page-size", "1");

    private void otherSalesUnits(int count) {
        Merchant demo = Merchant.DEMO;
        Merchant[] all = Stream.concat(
                        Stream.of(demo),
                        IntStream.range(0, count)
                                .mapToObj(i -> new Merchant(
                                        Integer.toString(200_000 + i),
                                        demo.clientId(),
                                        demo.clientSecret(),
                                        demo.subscriptionKey(),
                                        "NOK")))
                .toArray(Merchant[]::new);
        restart(settings -> settings.withMerchants(all)
                .withSettlement(SettlementTerms.usual().with(new SettlementTerms.AccountingKeys("partner", "secret"))));
    }

    @Test
    void aLedgerSaysWhoIsPaidAndWhere() {
        JsonNode answer = read("/settlement/v1/ledgers").json();
        assertThat(answer.get("cursor").asText()).isEmpty();
        assertThat(answer.get("items")).singleElement().satisfies(ledger -> {
            assertThat(ledger.get("ledgerId").asText()).isEqualTo(LEDGER);
            assertThat(ledger.get("currency").asText()).isEqualTo("NOK");
            assertThat(ledger.at("/payoutBankAccount/scheme").asText()).isEqualTo("BBAN:NO");
            assertThat(ledger.at("/owner/scheme").asText()).isEqualTo("business:NO:ORG");
            assertThat(ledger.at("/settlesForRecipientHandles/0").asText()).isEqualTo("api:123456");
            assertThat(ledger.at("/salesUnits/0/recipientHandle").asText()).isEqualTo("api:123456");
        });
    }

    @Test
    void aSalesUnitFindsItsOwnLedgerOnly() {
        otherSalesUnits(1);
        assertThat(items(read("/settlement/v1/ledgers"))).hasSize(1);
        assertThat(items(read("/settlement/v1/ledgers?settlesForRecipientHandles=api:123456")))
                .hasSize(1);
        assertThat(items(read("/settlement/v1/ledgers?settlesForRecipientHandles=api:200000")))
                .isEmpty();
        assertThat(read("/report/v2/ledgers/3200000/funds/feed").status()).isEqualTo(404);
        assertThat(read("/report/v2/ledgers/3200000/funds/dates/" + DUE).status())
                .isEqualTo(404);
    }

    @Test
    void manyLedgersComePageByPage() {
        otherSalesUnits(50);
        Map<String, String> headers = AccountingKeysTest.headers(client, "partner:secret");
        JsonNode first =
                client.call("GET", "/settlement/v1/ledgers", headers, "").json();
        assertThat(first.get("items")).hasSize(50);
        JsonNode second = client.call("GET", "/settlement/v1/ledgers" + after(first), headers, "")
                .json();
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("cursor").asText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/report/v2/ledgers/399/funds/feed", "/report/v2/ledgers/399/fees/dates/2026-11-05"})
    void aLedgerThatIsNotThereIsNotFound(String path) {
        assertThat(read(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/report/v2/ledgers/3123456/funds/dates/2026-02-30",
                "/report/v2/ledgers/3123456/funds/dates/today",
                "/report/v2/ledgers/3123456/tips/feed"
            })
    void aDateOrTopicThatDoesNotExistIsRefused(String path) {
        assertThat(read(path).status()).isEqualTo(400);
    }

    @Test
    void theFeedGoesOnFromItsCursorAndSaysWhereItEnds() {
        due("inv-0001", 10000, DUE);
        due("inv-0002", 20000, DUE);
        due("inv-0003", 30000, "2026-11-06");
        simulator.moveTo(COLLECTED);
        JsonNode first = read(feed("funds"), ONE_BY_ONE).json();
        assertThat(first.get("items")).hasSize(1);
        assertThat(first.get("tryLater").booleanValue()).isFalse();
        String next = feed("funds") + after(first);
        JsonNode second = read(next).json();
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("tryLater").booleanValue()).isTrue();
        String end = second.get("cursor").asText();
        JsonNode nothing = read(feed("funds") + after(second)).json();
        assertThat(nothing.get("items")).isEmpty();
        assertThat(nothing.get("cursor").asText()).isEqualTo(end);
        assertThat(nothing.get("tryLater").booleanValue()).isTrue();
        simulator.moveTo(Instant.parse("2026-11-06T08:30:00Z"));
        assertThat(brief(items(read(feed("funds") + after(second)))))
                .containsExactly("fees-retained -825", "payout-scheduled -29175", "capture 30000");
    }

    @Test
    void anEmptyFeedHasACursorToGoOnFrom() {
        JsonNode page = read(feed("fees")).json();
        assertThat(page.get("items")).isEmpty();
        assertThat(page.get("tryLater").booleanValue()).isTrue();
        captured("inv-0001", 49900);
        assertThat(brief(items(read(feed("fees") + after(page))))).containsExactly("capture-fee -1372");
    }

    @Test
    void aPageHoldsAThousandUnlessAskedOtherwise() {
        IntStream.range(0, 1_001).forEach(i -> add("funds", "correction", 1));
        assertThat(items(read(feed("funds")))).hasSize(1_000);
        assertThat(items(read(feed("funds"), Map.of("vipps-feed-page-size", "2000"))))
                .hasSize(1_001);
    }

    private void assertDate(JsonNode page, int items, boolean hasMore, boolean tryLater) {
        assertThat(page.get("items")).hasSize(items);
        assertThat(page.get("hasMore").booleanValue()).isEqualTo(hasMore);
        assertThat(page.get("tryLater").booleanValue()).isEqualTo(tryLater);
    }

    @Test
    void aDateIsReadPageByPageAndIsOpenUntilTwoHoursAfterItsMidnight() {
        due("inv-0001", 10000, DUE);
        due("inv-0002", 20000, DUE);
        simulator.moveTo(COLLECTED);
        JsonNode first = read(date(DUE), ONE_BY_ONE).json();
        assertDate(first, 1, true, true);
        assertDate(read(date(DUE) + after(first), ONE_BY_ONE).json(), 1, false, true);
        simulator.moveTo(MIDNIGHT);
        assertDate(read(date(DUE)).json(), 4, false, true);
        simulator.moveTo(MIDNIGHT.plusSeconds(7_200));
        assertDate(read(date(DUE)).json(), 4, false, false);
        assertDate(read(date(DUE), ONE_BY_ONE).json(), 1, true, false);
        assertDate(read(date("2026-11-04")).json(), 0, false, false);
        assertDate(read(date("2026-11-06")).json(), 0, false, true);
    }

    @ParameterizedTest
    @CsvSource({"WEEKLY, 2026-11-09T01:00:00Z", "MONTHLY, 2026-12-01T01:00:00Z"})
    void aDateStaysOpenUntilItIsPaid(SettlementTerms.Rhythm rhythm, Instant closed) {
        restart(settings -> settings.withSettlement(SettlementTerms.usual().with(rhythm)));
        captured("inv-0001", 49900);
        simulator.moveTo(closed.minusSeconds(3 * 3_600));
        assertDate(read(date(DUE)).json(), 1, false, true);
        assertDate(read(date("2026-11-03")).json(), 0, false, false);
        simulator.moveTo(closed);
        assertDate(read(date(DUE)).json(), 1, false, false);
        String lastDay = closed.toString().startsWith("2026-12") ? "2026-11-30" : "2026-11-08";
        assertThat(brief(items(read(date(lastDay))))).containsExactly("fees-retained -1372", "payout-scheduled -48528");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-ledgers", "read-feed", "read-date"})
    void faultsReachWhatIsReadOfSettlements(String operation) {
        String path =
                switch (operation) {
                    case "list-ledgers" -> "/settlement/v1/ledgers";
                    case "read-feed" -> feed("funds");
                    default -> date(DUE);
                };
        simulator.addFaults(List.of(FaultRule.status(operation, 503)));
        assertThat(read(path).status()).isEqualTo(503);
        assertThat(read(path).status()).isEqualTo(200);
    }
}
