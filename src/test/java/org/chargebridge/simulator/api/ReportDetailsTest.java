package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is the Report API's own: its cursors, its refusal, what it tells of persons, who settles together. */
class ReportDetailsTest extends SettlementFixture {

    private static final Map<String, String> TWO_BY_TWO = Map.of("vipps-feed-page-size", "2");

    private JsonNode page(String path) {
        return read(path, TWO_BY_TWO).json();
    }

    @Test
    void theFeedGoesOnAfterARestartWhereItsCursorStood() {
        add("funds", "correction", 100);
        add("funds", "correction", 200);
        JsonNode end = page(feed("funds"));
        restart();
        simulator.moveTo(MIDNIGHT);
        assertThat(brief(items(read(feed("funds") + after(end))))).containsExactly("payout-scheduled -300");
    }

    @Test
    void aCursorFitsOnlyWhereItWasGivenAndOnlyEncoded() {
        add("funds", "correction", 100);
        add("funds", "correction", 200);
        add("funds", "correction", 300);
        JsonNode first = page(feed("funds"));
        assertThat(brief(items(read(feed("funds") + after(first))))).containsExactly("correction 300");
        assertThat(List.of(feed("fees"), date("2026-11-02"), "/settlement/v1/ledgers"))
                .allSatisfy(
                        path -> assertThat(read(path + after(first)).status()).isEqualTo(400));
        String bare = "?cursor=" + first.get("cursor").asText();
        assertThat(read(feed("funds") + bare).status()).isEqualTo(400);
        assertThat(read(feed("funds") + "?cursor=2").status()).isEqualTo(400);
    }

    @Test
    void aWrongTokenIsRefusedInTheReportApisOwnWords() {
        ApiClient.Answer refused = read(feed("funds"), Map.of("authorization", "Bearer wrong"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("code").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void aPersonIsNamedOnlyWhereThatIsAskedForAlsoAfterARestart() {
        client.control(
                "POST",
                "/settlements/" + LEDGER + "/payments",
                """
                {"amount":5000,"reference":"123","msn":"123456","name":"Ada","message":"Hello","maskedPhoneNo":"xxxx 7"}""");
        restart();
        assertThat(funds()).containsExactly("capture 5000");
        assertThat(fees()).containsExactly("capture-fee -138");
        assertThat(entries("funds").get(0).has("name")).isFalse();
        JsonNode named =
                items(read(feed("funds") + "?includeGDPRSensitiveData=true")).get(0);
        assertThat(named.get("name").asText()).isEqualTo("Ada");
        assertThat(named.get("message").asText()).isEqualTo("Hello");
        assertThat(named.get("maskedPhoneNo").asText()).isEqualTo("xxxx 7");
        assertThat(named.get("pspReference").asText())
                .isEqualTo(entries("fees").get(0).get("pspReference").asText());
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
