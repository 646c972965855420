package org.chargebridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theWaitDoublesUpToItsLimit() {
        DeliverySettings settings = new DeliverySettings(
                SECOND, SECOND, Duration.ofSeconds(5), Duration.ofMinutes(10), DeliverySettings.ARCHIVE_SCHEDULE);

        assertThat(settings.backOff(1)).hasSeconds(5);
        assertThat(settings.backOff(2)).hasSeconds(10);
        assertThat(settings.backOff(7)).hasSeconds(320);
        assertThat(settings.backOff(8)).hasMinutes(10);
        assertThat(settings.backOff(1_000_000)).hasMinutes(10);
    }

    @Test
    void aSettingThatCannotBeIsNamedWithItsDefault() {
        assertThatThrownBy(() ->
                        new DeliverySettings(SECOND, Duration.ZERO, SECOND, SECOND, DeliverySettings.ARCHIVE_SCHEDULE))
                .hasMessageContaining("chargebridge.delivery.lease")
                .hasMessageContaining("60s");
        assertThatThrownBy(() ->
                        new DeliverySettings(SECOND, SECOND, SECOND, Duration.ZERO, DeliverySettings.ARCHIVE_SCHEDULE))
                .hasMessageContaining("chargebridge.delivery.retry-min");
    }
}
