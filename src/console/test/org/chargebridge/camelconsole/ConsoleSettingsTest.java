package org.chargebridge.camelconsole;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.chargebridge.camelconsole.CamelConsole.OnThisMachineOnly;
import org.chargebridge.channel.InvalidSettingsException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.mock.env.MockEnvironment;

/** With the profile {@code console} the gateway starts where its tools are switched on, for this machine alone. */
class ConsoleSettingsTest {

    private final MockEnvironment environment =
            new MockEnvironment().withProperty("camel.main.dev-console-enabled", "true");
    private final ManagementServerProperties management = new ManagementServerProperties();

    ConsoleSettingsTest() {
        management.setAddress(InetAddress.getLoopbackAddress());
    }

    @Test
    void onThisMachineTheyAreShown() {
        assertThatCode(() -> new OnThisMachineOnly(management, environment)).doesNotThrowAnyException();
    }

    @Test
    void whereNothingSwitchesThemOnTheMissingFileIsNamed() {
        assertThatThrownBy(() -> new OnThisMachineOnly(management, new MockEnvironment()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("config/application-console.yaml");
    }
}
