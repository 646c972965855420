package org.chargebridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.ChannelsReader;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.security.OperatorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

class KnownSettingsTest {

    private final KnownSettings known = new KnownSettings();

    KnownSettingsTest() {
        ChannelsReader.settings().forEach(known::add);
        known.add("chargebridge", GatewaySettings.class);
        known.add("chargebridge.operator", OperatorSettings.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chargebridge.node",
                "chargebridge.clock.follow",
                "chargebridge.channels.demo.sftp.host-key",
                "chargebridge.channels.demo.sftp.hostkey",
                "chargebridge.channels.demo.csv.columns[Faktura nr.]",
                "chargebridge.channels.demo.status-report.schedule[1]",
                "chargebridge.sales-units[123456].client-id",
                "chargebridge.operator.password"
            })
    void settingsThatExistAreKnown(String name) {
        assertThat(known.unknown(ConfigurationPropertyName.of(name))).isEmpty();
    }

    @Test
    void misspeltNameIsAnsweredWithTheNearest() {
        assertThat(known.unknown(ConfigurationPropertyName.of("chargebridge.channels.demo.sftp.hots")))
                .hasValue("Did you mean chargebridge.channels.demo.sftp.host?");
        assertThat(known.unknown(ConfigurationPropertyName.of("chargebridge.chanels.demo.sftp.host")))
                .hasValue("Did you mean chargebridge.channels?");
    }

    @Test
    void nameLikeNoOtherIsAnsweredWithAllThereAre() {
        assertThat(known.unknown(ConfigurationPropertyName.of("chargebridge.operator.telephone")))
                .hasValue("Known below chargebridge.operator: password, user.");
    }
}
