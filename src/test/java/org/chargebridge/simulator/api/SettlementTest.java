package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of captured money. */
class SettlementTest extends SettlementFixture {

    private ApiClient.Answer move(String orderId, String move, int amount) {
        return client.post(
                "/agreements/" + AGREEMENT + "/charges/" + orderId + '/' + move,
                orderId + move + amount,
                "{\"amount\":" + amount + (move.equals("refund") ? ",\"description\":\"Returned\"}" : "}"));
    }

    @Test
    void aCaptureIsAnEntryUnderTheTransactionOfItsCharge() {
        captured("inv-0001", 49900);
        assertThat(entries("funds")).singleElement().satisfies(entry -> {
            assertThat(entry.get("entryType").asText()).isEqualTo("capture");
            assertThat(entry.get("pspReference"))
                    .isEqualTo(charge("inv-0001").json().get("transactionId"));
            assertThat(entry.get("reference").asText()).isEqualTo("inv-0001");
            assertThat(entry.get("amount").asLong()).isEqualTo(49900);
            assertThat(entry.get("balanceBefore").asLong()).isZero();
            assertThat(entry.get("balanceAfter").asLong()).isEqualTo(49900);
            assertThat(entry.get("currency").asText()).isEqualTo("NOK");
            assertThat(entry.get("recipientHandle").asText()).isEqualTo("api:123456");
            assertThat(entry.get("ledgerDate").asText()).isEqualTo(DUE);
            assertThat(entry.get("time").asText()).isEqualTo("2026-11-05T08:20:00Z");
        });
    }

    @Test
    void anExternalIdIsTheReference() {
        create("k", item("inv-0001", 49900).replace("}", ",\"externalId\":\"KID-17\"}"));
        simulator.moveTo(COLLECTED);
        assertThat(entries("funds").get(0).get("reference").asText()).isEqualTo("KID-17");
        assertThat(entries("fees").get(0).get("reference").asText()).isEqualTo("KID-17");
    }

    @Test
    void whatFailsOrIsOnlyReservedSettlesNothing() {
        create("k", item("inv-0001", 151), item("inv-0002", 49900).replace("DIRECT", "RESERVE"));
        simulator.moveTo(COLLECTED);
        assertThat(funds()).isEmpty();
        assertThat(fees()).isEmpty();
    }

    @Test
    void everyPartialCaptureIsAnEntryOfItsOwnUnderOneReference() {
        reserved("inv-0001", 50000);
        move("inv-0001", "capture", 20000);
        move("inv-0001", "capture", 30000);
        assertThat(funds()).containsExactly("capture 20000", "capture 30000");
        assertThat(fees()).containsExactly("capture-fee -550", "capture-fee -825");
        assertThat(entries("funds"))
                .extracting(entry -> entry.get("reference").asText())
                .containsOnly("inv-0001");
        assertThat(entries("funds"))
                .extracting(entry -> entry.get("pspReference").asText())
                .doesNotHaveDuplicates()
                .contains(charge("inv-0001").json().get("transactionId").asText());
    }

    @Test
    void aRefundIsAnEntryOfItsOwnDayUnderAnIdOfItsOwn() {
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT);
        move("inv-0001", "refund", 9900);
        simulator.portal().refund("inv-0001", 40000);
        List<JsonNode> all = entries("funds");
        assertThat(brief(all)).endsWith("refund -9900", "refund -40000");
        assertThat(all.subList(3, 5)).allSatisfy(refund -> {
            assertThat(refund.get("ledgerDate").asText()).isEqualTo("2026-11-06");
            assertThat(refund.get("reference").asText()).isEqualTo("inv-0001");
        });
        assertThat(all).extracting(entry -> entry.get("pspReference").asText()).doesNotHaveDuplicates();
    }

    @Test
    void netOfFeesTheRestGoesToTheBankWhenTheDayIsOver() {
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT);
        List<JsonNode> all = entries("funds");
        assertThat(brief(all)).containsExactly("capture 49900", "fees-retained -1372", "payout-scheduled -48528");
        assertThat(fees()).containsExactly("capture-fee -1372", "fees-retained 1372");
        assertThat(all.get(2).get("pspReference").asText()).isEqualTo(LEDGER + "-1");
        assertThat(all.get(2).get("reference").asText()).isEqualTo("Utb. Demo Vippsnr 1");
        assertThat(all.get(2).get("balanceAfter").asLong()).isZero();
        assertThat(all.get(2).get("recipientHandle").isNull()).isTrue();
        assertThat(all).extracting(entry -> entry.get("ledgerDate").asText()).containsOnly(DUE);
        assertThat(simulator.summary().payouts()).isEqualTo(1);
    }

    @Test
    void grossPaysEverythingAndPutsFeesOnAnInvoice() {
        restart(settings -> settings.withSettlement(SettlementTerms.usual().withGross()));
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT);
        assertThat(funds()).containsExactly("capture 49900", "payout-scheduled -49900");
        assertThat(fees()).containsExactly("capture-fee -1372", "fees-invoiced 1372");
    }

    @ParameterizedTest
    @CsvSource({
        "NOK, 1372, 2026-11-05T23:00:00Z, Utb. Demo Vippsnr 1",
        "DKK, 749, 2026-11-05T23:00:00Z, 0200123456001051126M",
        "EUR, 749, 2026-11-05T22:00:00Z, 0200123456001051126M"
    })
    void aDayEndsAtMidnightOfItsMarket(String currency, int fee, Instant midnight, String bankText) {
        simulator.close();
        Merchant demo = Merchant.DEMO;
        directory = directory.resolve(currency);
        start(settings -> settings.withMerchants(
                new Merchant(demo.msn(), demo.clientId(), demo.clientSecret(), demo.subscriptionKey(), currency)));
        create("k", item("inv-0001", 49900));
        simulator.moveTo(midnight.minus(Duration.ofMinutes(5)));
        assertThat(funds()).containsExactly("capture 49900");
        simulator.moveTo(midnight);
        JsonNode payout = entries("funds").get(2);
        assertThat(payout.get("amount").asInt()).isEqualTo(fee - 49900);
        assertThat(payout.get("time").asText()).isEqualTo(midnight.toString());
        assertThat(payout.get("ledgerDate").asText()).isEqualTo(DUE);
        assertThat(payout.get("currency").asText()).isEqualTo(currency);
        assertThat(payout.get("reference").asText()).isEqualTo(bankText);
    }

    /** In Norway the clock goes forward on 28 March and back on 31 October 2027. */
    @ParameterizedTest
    @CsvSource({
        "2027-03-27, 2027-03-27T23:00:00Z",
        "2027-03-28, 2027-03-28T22:00:00Z",
        "2027-10-30, 2027-10-30T22:00:00Z",
        "2027-10-31, 2027-10-31T23:00:00Z"
    })
    void aDayOfTwentyThreeOrTwentyFiveHoursEndsAtItsMidnightToo(String day, Instant midnight) {
        due("inv-0001", 49900, day);
        simulator.moveTo(midnight);
        assertThat(entries("funds")).hasSize(3).allSatisfy(entry -> assertThat(
                        entry.get("ledgerDate").asText())
                .isEqualTo(day));
        assertThat(entries("funds").get(2).get("time").asText()).isEqualTo(midnight.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "DAILY, 2026-11-05T23:00:00Z, 2026-11-05, 2",
        "WEEKLY, 2026-11-08T23:00:00Z, 2026-11-08, 1",
        "MONTHLY, 2026-11-30T23:00:00Z, 2026-11-30, 1"
    })
    void aPayoutClosesTheLastOfItsDays(SettlementTerms.Rhythm rhythm, Instant paid, String lastDay, int payouts) {
        restart(settings -> settings.withSettlement(SettlementTerms.usual().with(rhythm)));
        due("inv-0001", 49900, DUE);
        due("inv-0002", 10000, "2026-11-07");
        simulator.moveTo(Instant.parse("2026-11-30T23:00:00Z"));
        List<JsonNode> all = entries("funds").stream()
                .filter(entry -> entry.get("entryType").asText().equals("payout-scheduled"))
                .toList();
        assertThat(all).hasSize(payouts);
        assertThat(all.get(0).get("time").asText()).isEqualTo(paid.toString());
        assertThat(all.get(0).get("ledgerDate").asText()).isEqualTo(lastDay);
        assertThat(all.stream().mapToLong(entry -> entry.get("amount").asLong()).sum())
                .isEqualTo(-(49900 - 1372 + 10000 - 275));
    }

    @Test
    void nothingIsPaidOfNothing() {
        restart(settings -> settings.withSettlement(SettlementTerms.usual().withGross()));
        captured("inv-0001", 49900);
        move("inv-0001", "refund", 49900);
        simulator.moveTo(MIDNIGHT);
        assertThat(funds()).containsExactly("capture 49900", "refund -49900");
        assertThat(simulator.summary().payouts()).isZero();
    }

    @Test
    void aNegativeBalanceIsCarriedOnAndTakenFromTheNextPayout() {
        captured("inv-0001", 49900);
        due("inv-0002", 10000, "2026-11-08");
        move("inv-0001", "refund", 49900);
        simulator.moveTo(MIDNIGHT);
        assertThat(funds()).containsExactly("capture 49900", "refund -49900", "fees-retained -1372");
        simulator.moveTo(Instant.parse("2026-11-08T23:00:00Z"));
        assertThat(funds()).endsWith("capture 10000", "fees-retained -275", "payout-scheduled -8353");
        assertThat(entries("funds").get(5).get("pspReference").asText()).isEqualTo(LEDGER + "-1");
    }

    @Test
    void everyBalanceIsTheOneBeforeAndItsAmount() {
        captured("inv-0001", 49900);
        due("inv-0002", 10000, "2026-11-08");
        move("inv-0001", "refund", 100);
        simulator.moveTo(Instant.parse("2026-11-10T12:00:00Z"));
        long balance = 0;
        for (JsonNode entry : entries("funds")) {
            assertThat(entry.get("balanceBefore").asLong()).isEqualTo(balance);
            balance += entry.get("amount").asLong();
            assertThat(entry.get("balanceAfter").asLong()).isEqualTo(balance);
        }
        assertThat(balance).isZero();
    }

    @Test
    void salesUnitsThatSettleTogetherArePaidInOneTransfer() {
        Merchant demo = Merchant.DEMO;
        Merchant second = new Merchant("654321", demo.clientId(), demo.clientSecret(), demo.subscriptionKey(), "NOK");
        restart(settings -> settings.withMerchants(demo, second)
                .withSettlement(SettlementTerms.usual().withTogether("123456", "654321")));
        due("inv-0001", 49900, DUE);
        new ApiClient(simulator, second)
                .post("/agreements/charges", "k", batch(ApiClient.item("inv-0002", "agr_demo0002", 10000, DUE, 2)));
        simulator.moveTo(MIDNIGHT);
        assertThat(simulator.settlements().ledgers()).singleElement().satisfies(ledger -> assertThat(ledger.msns())
                .containsExactly("123456", "654321"));
        assertThat(funds()).contains("capture 49900", "capture 10000").endsWith("payout-scheduled -58253");
        assertThat(entries("funds").subList(0, 2))
                .extracting(entry -> entry.get("recipientHandle").asText())
                .containsExactlyInAnyOrder("api:123456", "api:654321");
    }
}
