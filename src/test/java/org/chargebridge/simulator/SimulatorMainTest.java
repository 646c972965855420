package org.chargebridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RateLimits;
import org.chargebridge.simulator.api.SettlementTerms;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {

    @Test
    void withoutArgumentsItIsTheDemosSalesUnit() {
        SimulatorSettings settings = SimulatorMain.settings("--spring.profiles.active=demo");
        assertThat(settings.port()).isEqualTo(8090);
        assertThat(settings.merchants()).containsExactly(Merchant.DEMO);
        assertThat(settings.limits()).isEqualTo(RateLimits.documented());
        assertThat(settings.behaviour().repeatableDrafts()).isFalse();
        assertThat(settings.settlement()).isEqualTo(SettlementTerms.usual());
    }

    @Test
    void everyArgumentIsRead() {
        SimulatorSettings settings = SimulatorMain.settings(
                "--port=0",
                "--data=somewhere",
                "--agreements=7",
                "--clock-start=2026-11-02T07:00:00Z",
                "--limits=lifted",
                "--currency=EUR",
                "--features=unscheduled,late-capture",
                "--modification-delay=PT10S",
                "--repeatable-drafts",
                "--settlement=gross",
                "--payouts=monthly",
                "--accounting-keys=partner:s3cret:x");
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("somewhere"));
        assertThat(settings.agreements()).isEqualTo(7);
        assertThat(settings.clockStart()).contains(Instant.parse("2026-11-02T07:00:00Z"));
        assertThat(settings.limits()).isEqualTo(RateLimits.lifted());
        assertThat(settings.merchants().get(0).currency()).isEqualTo("EUR");
        assertThat(settings.merchants().get(0).features())
                .containsExactlyInAnyOrder(Merchant.Feature.UNSCHEDULED, Merchant.Feature.LATE_CAPTURE);
        assertThat(settings.behaviour().modificationDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.behaviour().repeatableDrafts()).isTrue();
        assertThat(settings.settlement())
                .isEqualTo(SettlementTerms.usual()
                        .withGross()
                        .with(SettlementTerms.Rhythm.MONTHLY)
                        .with(new SettlementTerms.AccountingKeys("partner", "s3cret:x")));
    }

    @Test
    void anArgumentThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> SimulatorMain.settings("--prot=1"))
                .hasMessageContaining("known are [accounting-keys, agreements");
        assertThatThrownBy(() -> SimulatorMain.settings("--limits=none")).hasMessageContaining("documented or lifted");
        assertThatThrownBy(() -> SimulatorMain.settings("--settlement=some")).hasMessageContaining("net or gross");
        assertThatThrownBy(() -> SimulatorMain.settings("--payouts=hourly")).hasMessageContaining("daily, weekly or");
        assertThatThrownBy(() -> SimulatorMain.settings("--accounting-keys=id")).hasMessageContaining("<id>:<secret>");
    }

    @Test
    void theirPageNamesEachOfThem() throws IOException {
        String page = Files.readString(Path.of("docs/simulator.md"));
        assertThat(Pattern.compile("\\| `--([a-z-]+)").matcher(page).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrder(
                        "port",
                        "data",
                        "agreements",
                        "clock-start",
                        "limits",
                        "currency",
                        "features",
                        "modification-delay",
                        "repeatable-drafts",
                        "settlement",
                        "payouts",
                        "accounting-keys");
    }
}
