package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held and returned payouts, entries that come of no charge, gaps and dates that do not close. */
class SettlementControlTest extends SettlementFixture {

    private static final Instant NEXT_MIDNIGHT = Instant.parse("2026-11-06T23:00:00Z");

    private void control(String deed, String body) {
        ApiClient.Answer answer = client.control("POST", "/settlements/" + LEDGER + '/' + deed, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    private boolean open(String day) {
        return read(date(day)).json().get("tryLater").booleanValue();
    }

    @Test
    void whatIsHeldIsPaidOutOfTheDayOnWhichItIsReleased() {
        captured("inv-0001", 49900);
        control("hold", "");
        simulator.moveTo(MIDNIGHT);
        assertThat(funds()).containsExactly("capture 49900", "fees-retained -1372");
        simulator.moveTo(NEXT_MIDNIGHT);
        assertThat(funds()).hasSize(2);
        control("release", "");
        simulator.moveTo(Instant.parse("2026-11-07T23:00:00Z"));
        JsonNode payout = entries("funds").get(2);
        assertThat(payout.get("amount").asInt()).isEqualTo(-48528);
        assertThat(payout.get("ledgerDate").asText()).isEqualTo("2026-11-07");
    }

    @Test
    void aPayoutThatComesBackIsPaidAgainUnderANumberOfItsOwn() {
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT);
        control("abort", "");
        assertThat(funds()).endsWith("payout-scheduled -48528", "payout-aborted 48528");
        simulator.moveTo(NEXT_MIDNIGHT);
        List<JsonNode> all = entries("funds");
        assertThat(brief(all)).endsWith("payout-aborted 48528", "payout-scheduled -48528");
        assertThat(all.subList(2, 5))
                .extracting(entry -> entry.get("pspReference").asText())
                .containsExactly(LEDGER + "-1", LEDGER + "-1", LEDGER + "-2");
        assertThat(all.get(4).get("ledgerDate").asText()).isEqualTo("2026-11-06");
    }

    @Test
    void aPayoutComesBackOnce() {
        assertThat(client.control("POST", "/settlements/" + LEDGER + "/abort", "")
                        .status())
                .isEqualTo(400);
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT);
        control("abort", "");
        assertThat(client.control("POST", "/settlements/" + LEDGER + "/abort", "")
                        .status())
                .isEqualTo(400);
        assertThat(funds()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "funds, correction, -500",
        "funds, top-up, 500",
        "funds, retained-disputed-capture, -49900",
        "funds, returned-disputed-capture, 49900",
        "funds, something-new, 7",
        "fees, service-fee, -900",
        "fees, credit-note, 300"
    })
    void anEntryOfAnyTypeIsTold(String topic, String type, long amount) {
        control(
                "entries",
                """
                {"topic":"%s","type":"%s","amount":%d,"reference":"r-1","msn":"123456"}"""
                        .formatted(topic, type, amount));
        assertThat(entries(topic)).singleElement().satisfies(entry -> {
            assertThat(entry.get("entryType").asText()).isEqualTo(type);
            assertThat(entry.get("amount").asLong()).isEqualTo(amount);
            assertThat(entry.get("ledgerDate").asText()).isEqualTo("2026-11-02");
            assertThat(entry.get("reference").asText()).isEqualTo("r-1");
            assertThat(entry.get("recipientHandle").asText()).isEqualTo("api:123456");
            assertThat(entry.get("pspReference").asText()).isNotEmpty();
        });
    }

    @Test
    void feesOfOtherKindsAreTakenFromThePayoutToo() {
        captured("inv-0001", 49900);
        add("fees", "service-fee", -1000);
        add("fees", "credit-note", 300);
        simulator.moveTo(MIDNIGHT);
        assertThat(funds()).endsWith("fees-retained -2072", "payout-scheduled -47828");
        assertThat(fees()).endsWith("fees-retained 2072");
    }

    @Test
    void aLateEntryIsOfItsOldDateAndPaidWithTheNextPayout() {
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT.plusSeconds(3_600));
        control("entries", """
                {"type":"correction","amount":250,"ledgerDate":"2026-11-05"}""");
        assertThat(brief(items(read(date(DUE))))).endsWith("payout-scheduled -48528", "correction 250");
        simulator.moveTo(NEXT_MIDNIGHT);
        assertThat(brief(items(read(date("2026-11-06"))))).containsExactly("payout-scheduled -250");
    }

    @Test
    void aGapIsABalanceThatDoesNotFollow() {
        captured("inv-0001", 49900);
        control("gap", "{\"amount\":100}");
        add("funds", "correction", 5);
        List<JsonNode> all = entries("funds");
        assertThat(all.get(0).get("balanceAfter").asLong()).isEqualTo(49900);
        assertThat(all.get(1).get("balanceBefore").asLong()).isEqualTo(50000);
    }

    @Test
    void aDateIsKeptOpenUntilItIsClosed() {
        captured("inv-0001", 49900);
        control("dates/" + DUE + "/open", "");
        simulator.moveTo(MIDNIGHT.plusSeconds(3 * 86_400));
        assertThat(open(DUE)).isTrue();
        assertThat(open("2026-11-06")).isFalse();
        control("dates/" + DUE + "/close", "");
        assertThat(open(DUE)).isFalse();
    }

    @Test
    void theLedgersAreShownWithBalanceAndPayouts() {
        captured("inv-0001", 49900);
        simulator.moveTo(MIDNIGHT);
        add("funds", "correction", 5);
        assertThat(client.control("GET", "/settlements", "").body())
                .isEqualTo(
                        """
                        [{"ledgerId":"3123456","msns":["123456"],"currency":"NOK","balanceMinor":5,"payouts":1}]""");
        assertThat(client.control("GET", "/summary", "").json().get("payouts").asInt())
                .isEqualTo(1);
    }

    @Test
    void itsOwnBooksSayTheSameAsTheFeed() {
        captured("inv-0001", 49900);
        simulator.settlements().add(LEDGER, "funds", "top-up", 9, Optional.of(LocalDate.parse("2026-11-04")), "r", "");
        assertThat(simulator.settlements().entries(LEDGER, "funds"))
                .extracting(entry -> entry.type() + ' ' + entry.amountMinor() + ' ' + entry.ledgerDate())
                .containsExactly("capture 49900 2026-11-05", "top-up 9 2026-11-04");
        assertThat(simulator.settlements().entries(LEDGER, "fees")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3999999/hold|",
                "3123456/gap|{}",
                "3123456/gap|{\"amount\":1.5}",
                "3123456/entries|{\"amount\":1}",
                "3123456/entries|{\"type\":\"correction\"}",
                "3123456/entries|{\"topic\":\"tips\",\"type\":\"correction\",\"amount\":1}",
                "3123456/entries|{\"type\":\"correction\",\"amount\":1,\"ledgerDate\":\"yesterday\"}",
                "3123456/dates/2026-02-30/open|"
            })
    void whatMakesNoSenseIsRefusedAndChangesNothing(String path, String body) {
        ApiClient.Answer answer = client.control("POST", "/settlements/" + path, body == null ? "" : body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asText()).isNotEmpty();
        assertThat(simulator.settlements().entries(LEDGER, "funds")).isEmpty();
    }
}
