package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.charge.Currency;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SettlementTerms;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Report API as the simulator serves it, read with both kinds of keys. */
class ReportApiTest {

    private static final Merchant UNIT = Merchant.DEMO;
    private static final SalesUnit OWN_KEYS =
            new SalesUnit(UNIT.msn(), Currency.NOK, UNIT.clientId(), UNIT.clientSecret(), UNIT.subscriptionKey());

    @TempDir
    Path home;

    private RecurringApiSimulator simulator;

    @BeforeEach
    void start() {
        simulator = RecurringApiSimulator.start(SimulatorSettings.inDirectory(home)
                .withLimits(RateLimits.lifted())
                .withSettlement(
                        SettlementTerms.usual().with(new SettlementTerms.AccountingKeys("bookkeeper", "its secret"))));
        simulator.settlements().add("3" + UNIT.msn(), "funds", "correction", 12_345, Optional.empty(), "by hand", "");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static SalesUnit withAccountingKeys(String secret) {
        return new SalesUnit(
                UNIT.msn(),
                Currency.NOK,
                "not these",
                "nor these",
                "nor this",
                Optional.of(new SalesUnit.AccountingKeys("bookkeeper", secret)));
    }

    private ApiRig rig(SalesUnit unit) {
        return new ApiRig(simulator.baseUri(), new Channels(List.of(), List.of(unit)));
    }

    private static LedgerPage ledgers(ApiRig rig) throws UnreadableAnswer {
        Exchange answer = rig.call(
                ReportRequests.LEDGERS_PATH,
                null,
                Map.of("CamelHttpQuery", ReportRequests.ledgersQuery(UNIT.msn(), "")));
        assertThat(ApiRig.status(answer)).isEqualTo(200);
        return LedgerPage.parse(ApiRig.body(answer));
    }

    @Test
    void aSalesUnitsOwnKeysShowItsLedgerAndWhatIsOnIt() throws Exception {
        try (ApiRig rig = rig(OWN_KEYS)) {
            LedgerPage.Ledger ledger = ledgers(rig).ledgers().get(0);
            assertThat(ledger.ledgerId()).isEqualTo("3" + UNIT.msn());
            assertThat(ledger.currency()).isEqualTo("NOK");
            assertThat(ledger.handles()).containsExactly("api:" + UNIT.msn());
            Exchange feed =
                    rig.call(ReportRequests.feedPath(ledger.ledgerId(), ReportRequests.Topic.FUNDS), null, Map.of());
            EntryPage page = EntryPage.parse(ApiRig.body(feed));
            assertThat(page.tryLater()).isTrue();
            assertThat(page.entries())
                    .extracting(EntryPage.Entry::entryType, EntryPage.Entry::amountMinor, EntryPage.Entry::reference)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("correction", 12_345L, "by hand"));
            assertThat(page.cursor()).isNotEmpty();
            Exchange rest = rig.call(
                    ReportRequests.feedPath(ledger.ledgerId(), ReportRequests.Topic.FUNDS),
                    null,
                    Map.of("CamelHttpQuery", ReportRequests.pageQuery(page.cursor())));
            assertThat(EntryPage.parse(ApiRig.body(rest)).entries()).isEmpty();
        }
    }

    @Test
    void accountingKeysReadSettlementsWithoutTheSalesUnitsOwnKeys() throws Exception {
        try (ApiRig rig = rig(withAccountingKeys("its secret"))) {
            assertThat(ledgers(rig).ledgers()).hasSize(1);
        }
    }

    @Test
    void wrongAccountingKeysAreToldByNameAndSayNothingOfTheSalesUnitsHealth() {
        try (ApiRig rig = rig(withAccountingKeys("another secret"))) {
            Exchange answer = rig.call(ReportRequests.LEDGERS_PATH, null, Map.of());
            assertThat(answer.getException())
                    .isInstanceOf(TokenUnavailable.class)
                    .hasMessageContaining("the accounting keys of sales unit " + UNIT.msn())
                    .hasMessageContaining("accounting-client-secret")
                    .hasMessageNotContaining("another secret");
            assertThat(rig.health.health().getDetails()).doesNotContainKey("sales unit " + UNIT.msn());
        }
    }

    @Test
    void aLedgerThatTheKeysMayNotReadIsNotFound() {
        try (ApiRig rig = rig(OWN_KEYS)) {
            Exchange answer = rig.call(ReportRequests.feedPath("999", ReportRequests.Topic.FUNDS), null, Map.of());
            assertThat(ApiRig.status(answer)).isEqualTo(404);
        }
    }
}
