package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadEndpointsTest extends SimulatorFixture {

    @Test
    void anAgreementIsShownWithItsPricing() {
        simulator.seed(List.of(new Agreement(
                "agr_variable1",
                Agreement.Status.ACTIVE,
                "NOK",
                null,
                "customer-7",
                Agreement.Pricing.VARIABLE,
                50000,
                20000)));
        JsonNode agreement = client.get("/agreements/agr_variable1").json();
        assertThat(agreement.get("status").asText()).isEqualTo("ACTIVE");
        assertThat(agreement.get("externalId").asText()).isEqualTo("customer-7");
        assertThat(agreement.at("/pricing/type").asText()).isEqualTo("VARIABLE");
        assertThat(agreement.at("/pricing/maxAmount").intValue()).isEqualTo(20000);
        ApiClient.Answer missing = client.get("/agreements/agr_nobody");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().get("type").asText()).isEqualTo("about:blank");
    }

    @Test
    void agreementsAreListedByStatusInPages() {
        simulator.seed(List.of(Agreement.active("agr_stopped1", "NOK").with(Agreement.Status.STOPPED)));
        assertThat(client.get("/agreements").json()).hasSize(5);
        assertThat(client.get("/agreements?status=STOPPED").json()).hasSize(1);
        assertThat(client.get("/agreements?pageNumber=2&pageSize=3").json()).hasSize(2);
        assertThat(client.get("/agreements?pageNumber=0").status()).isEqualTo(400);
        assertThat(client.get("/agreements?pageSize=2001").status()).isEqualTo(400);
        assertThat(client.get("/agreements?status=ALL").status()).isEqualTo(400);
    }

    @Test
    void chargesOfAnAgreementAreListedPageByPage() {
        create(
                "k",
                IntStream.range(0, 250)
                        .mapToObj(i -> item("inv-%05d".formatted(i), 10000))
                        .toArray(String[]::new));
        Set<String> seen = new HashSet<>();
        Map<String, String> headers = client.headers();
        String path = "/recurring/v3/agreements/" + AGREEMENT + "/charges?status=DUE";
        int pages = 0;
        while (true) {
            ApiClient.Answer page = client.call("GET", path, headers, "");
            page.json().forEach(charge -> seen.add(charge.get("id").asText()));
            pages++;
            if (page.header("continuation-token").isEmpty()) {
                break;
            }
            headers.put("continuation-token", page.header("continuation-token").get());
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(250);
        simulator.advance(Duration.ofMinutes(10));
        assertThat(client.call("GET", path, headers, "").status()).isEqualTo(400);
        assertThat(client.get("/agreements/" + AGREEMENT + "/charges?status=CHARGED")
                        .json())
                .isEmpty();
        assertThat(client.get("/agreements/" + AGREEMENT + "/charges?status=PAID")
                        .status())
                .isEqualTo(400);
        assertThat(client.get("/agreements/agr_nobody/charges").status()).isEqualTo(404);
    }

    @Test
    void aChargeIsFoundByItsIdAloneButOnlyOnItsOwnAgreement() {
        create("k", item("inv-0001", 49900));
        assertThat(client.get("/charges/inv-0001").json().get("agreementId").asText())
                .isEqualTo(AGREEMENT);
        ApiClient.Answer elsewhere = client.get("/agreements/agr_demo0002/charges/inv-0001");
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(elsewhere.problem()).isEqualTo("resource-not-found");
    }

    @Test
    void aSalesUnitSeesItsOwnChargesOnly() {
        Merchant other = new Merchant("234567", "other-id", "other-secret", "other-key", "NOK");
        restart(settings -> settings.withMerchants(Merchant.DEMO, other));
        create("k", item("inv-0001", 49900));
        ApiClient second = new ApiClient(simulator, other);
        String path = "/agreements/" + AGREEMENT + "/charges";
        assertThat(second.get(path + "/inv-0001").status()).isEqualTo(404);
        assertThat(second.get(path).json()).isEmpty();
        second.post("/agreements/charges", "k", batch(item("inv-0001", 10000)));
        assertThat(second.get(path + "/inv-0001").json().get("amount").intValue())
                .isEqualTo(10000);
        assertThat(charge("inv-0001").json().get("amount").intValue()).isEqualTo(49900);
    }

    @Test
    void theSummaryCountsWhatHappenedAndWhatNobodyHasLookedAt() {
        create("k", item("inv-0001", 49900), item("inv-0002", 99), item("inv-0003", 10000));
        create("k2", ApiClient.item("inv-0004", "agr_nobody1", 10000, DUE, 0));
        assertThat(simulator.summary().unseen()).isEqualTo(3);
        charge("inv-0001");
        client.get("/agreements/" + AGREEMENT + "/charges");
        client.get("/agreements/agr_nobody1/charges/inv-0004");
        JsonNode summary = client.control("GET", "/summary", "").json();
        assertThat(summary.get("unseen").intValue()).isZero();
        assertThat(summary.at("/charges/DUE").intValue()).isEqualTo(2);
        assertThat(summary.get("invalid").intValue()).isEqualTo(1);
        assertThat(summary.at("/calls/create-charges 202").intValue()).isEqualTo(2);
        simulator.advance(Duration.ofDays(4));
        assertThat(simulator.summary().unseen()).isEqualTo(2);
        JsonNode charges = client.control("GET", "/charges?status=CHARGED&orderId=inv-0001", "")
                .json();
        assertThat(charges).hasSize(1);
        assertThat(charges.at("/0/seen").booleanValue()).isFalse();
    }
}
