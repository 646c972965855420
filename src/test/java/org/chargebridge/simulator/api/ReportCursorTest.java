package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ledgers are read page by page, under cursors and a refusal that are the Report API's own. */
class ReportCursorTest extends SimulatorFixture {

    private static final String LEDGER = "3123456";
    private static final String FEED = "/report/v2/ledgers/" + LEDGER + "/funds/feed";
    private static final String DAY = "/report/v2/ledgers/" + LEDGER + "/funds/dates/2026-11-02";

    private JsonNode page(String path, String cursor) {
        Map<String, String> headers = client.headers();
        headers.put("vipps-feed-page-size", "2");
        String encoded = URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        return client.call("GET", path + "?cursor=" + encoded, headers, "").json();
    }

    private void entries(int count) {
        IntStream.rangeClosed(1, count).forEach(i -> simulator
                .settlements()
                .add(LEDGER, "funds", "correction", i * 100L, Optional.empty(), "c-" + i, ""));
    }

    private static List<String> references(JsonNode page) {
        return page.get("items").findValuesAsText("reference");
    }

    @Test
    void aDayIsReadPageByPageWhileThereIsMore() {
        entries(5);
        List<String> read = new ArrayList<>();
        JsonNode page = page(DAY, "");
        read.addAll(references(page));
        while (page.get("hasMore").asBoolean()) {
            page = page(DAY, page.get("cursor").asText());
            read.addAll(references(page));
        }
        assertThat(read).containsExactly("c-1", "c-2", "c-3", "c-4", "c-5");
        assertThat(page.get("tryLater").asBoolean()).isTrue();
    }

    @Test
    void theFeedGoesOnAfterARestartWhereItsCursorStood() {
        entries(2);
        JsonNode end = page(FEED, page(FEED, "").get("cursor").asText());
        assertThat(end.get("items")).isEmpty();
        assertThat(end.get("tryLater").asBoolean()).isTrue();
        String cursor = end.get("cursor").asText();
        assertThat(page(FEED, cursor).get("cursor").asText()).isEqualTo(cursor);

        restart();
        simulator.moveTo(Instant.parse("2026-11-03T01:00:00Z"));

        JsonNode later = page(FEED, cursor);
        assertThat(later.get("items").findValuesAsText("entryType")).containsExactly("payout-scheduled");
    }

    @Test
    void aCursorFitsOnlyWhereItWasGivenAndOnlyEncoded() {
        entries(3);
        String cursor = page(FEED, "").get("cursor").asText();
        assertThat(cursor).matches(".*[+/=].*");
        assertThat(references(page(FEED, cursor))).containsExactly("c-3");
        assertThat(page(FEED.replace("funds", "fees"), cursor).get("status").asInt())
                .isEqualTo(400);
        assertThat(page(DAY, cursor).get("status").asInt()).isEqualTo(400);
        assertThat(page("/settlement/v1/ledgers", cursor).get("status").asInt()).isEqualTo(400);
        assertThat(client.call("GET", FEED + "?cursor=" + cursor, client.headers(), "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aWrongTokenIsRefusedInTheReportApisOwnWords() {
        Map<String, String> headers = client.headers();
        headers.put("authorization", "Bearer wrong");
        ApiClient.Answer refused = client.call("GET", FEED, headers, "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("code").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void severalGroupsOfSalesUnitsSettleTogether() {
        restart(settings -> settings.withMerchants(unit("200001"), unit("200002"), unit("300001"), unit("300002"))
                .withSettlement(
                        SettlementTerms.usual().withTogether("200001", "200002").withTogether("300001", "300002")));
        assertThat(simulator.settlements().ledgers().stream().map(Settlements.LedgerView::msns))
                .containsExactly(List.of("200001", "200002"), List.of("300001", "300002"));
    }

    private static Merchant unit(String msn) {
        return new Merchant(msn, "id-" + msn, "secret", "key-" + msn, "NOK");
    }
}
