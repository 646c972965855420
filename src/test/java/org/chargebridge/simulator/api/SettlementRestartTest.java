package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The feed of a ledger is the same after a restart, whatever is configured then. */
class SettlementRestartTest extends SettlementFixture {

    private static final SettlementTerms.Rhythm MONTHLY = SettlementTerms.Rhythm.MONTHLY;

    private String feeds() {
        return read(feed("funds")).body() + read(feed("fees")).body();
    }

    private void eventfulDays() {
        due("inv-0001", 49900, DUE);
        due("inv-0002", 20000, "2026-11-06");
        due("inv-0003", 30000, "2026-11-09");
        simulator.moveTo(Instant.parse("2026-11-06T12:00:00Z"));
        simulator.portal().refund("inv-0001", 9900);
        simulator.moveTo(Instant.parse("2026-11-09T12:00:00Z"));
    }

    @Test
    void itIsRebuiltFromTheLog() {
        Settlements settlements = simulator.settlements();
        eventfulDays();
        settlements.abortPayout(LEDGER);
        settlements.hold(LEDGER);
        settlements.breakBalance(LEDGER, 100);
        settlements.keepOpen(LEDGER, DAY, true);
        settlements.add(LEDGER, "funds", "something-new", -7, Optional.of(DAY), "r", "123456");
        simulator.moveTo(Instant.parse("2026-11-10T12:00:00Z"));
        String before = feeds();
        List<Settlements.LedgerView> ledgers = settlements.ledgers();

        restart();

        assertThat(feeds()).isEqualTo(before).contains("something-new", "payout-aborted");
        assertThat(simulator.settlements().ledgers()).isEqualTo(ledgers);
        assertThat(read(date(DUE)).json().get("tryLater").booleanValue()).isTrue();
        simulator.settlements().release(LEDGER);
        simulator.moveTo(Instant.parse("2026-11-10T23:00:00Z"));
        assertThat(simulator.settlements().ledgers().get(0).balanceMinor()).isZero();
        assertThat(simulator.settlements().ledgers().get(0).payouts())
                .isEqualTo(ledgers.get(0).payouts() + 1);
    }

    @Test
    void aLogFromBeforeThereWereSettlementsIsSettledAsIfThereHadBeen() throws IOException {
        eventfulDays();
        simulator.moveTo(Instant.parse("2026-11-12T12:00:00Z"));
        String before = feeds();
        simulator.close();
        Path log = directory.resolve(EventLog.NAME);
        List<String> lines = Files.readAllLines(log);
        List<String> old =
                lines.stream().filter(line -> !line.contains("settlement-")).toList();
        assertThat(old).hasSizeLessThan(lines.size());
        Files.write(log, old);
        start(settings -> settings);
        assertThat(feeds()).isEqualTo(before).contains("payout-scheduled");
    }

    @Test
    void otherTermsCountForWhatIsNotClosedYet() {
        eventfulDays();
        String before = feeds();
        int entries = entries("funds").size();
        restart(settings ->
                settings.withSettlement(SettlementTerms.usual().withGross().with(MONTHLY)));
        assertThat(feeds()).isEqualTo(before);
        simulator.moveTo(Instant.parse("2026-11-30T22:59:00Z"));
        assertThat(feeds()).isEqualTo(before);
        simulator.moveTo(Instant.parse("2026-11-30T23:00:00Z"));
        assertThat(funds().subList(entries, entries + 1)).containsExactly("payout-scheduled -30000");
        assertThat(fees()).endsWith("fees-invoiced 825");
        String settled = feeds();
        restart();
        assertThat(feeds()).isEqualTo(settled);
    }

    @Test
    void aMonthThatWasNotOverIsPaidAtTheEndOfItsLastDayOnceItIsDaily() {
        restart(settings -> settings.withSettlement(SettlementTerms.usual().with(MONTHLY)));
        eventfulDays();
        List<String> before = funds();
        assertThat(before).containsExactly("capture 49900", "capture 20000", "refund -9900", "capture 30000");
        restart();
        assertThat(funds()).isEqualTo(before);
        simulator.moveTo(Instant.parse("2026-11-09T23:00:00Z"));
        assertThat(funds()).endsWith("capture 30000", "fees-retained -2747", "payout-scheduled -87253");
    }

    @Test
    void aSalesUnitThatIsNoLongerConfiguredKeepsItsLedger() {
        eventfulDays();
        add("funds", "top-up", 9);
        List<Settlements.EntryView> before = simulator.settlements().entries(LEDGER, "funds");
        restart(settings -> settings.withMerchants(new Merchant("654321", "id", "secret", "key", "NOK")));
        assertThat(simulator.settlements().entries(LEDGER, "funds")).isEqualTo(before);
    }
}
