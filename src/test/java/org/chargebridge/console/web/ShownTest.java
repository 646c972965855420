package org.chargebridge.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;

class ShownTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");

    private final Channels channels = new Channels(
            List.of(
                    ChannelBuilder.channel()
                            .name("finland")
                            .currency(Currency.EUR)
                            .build(),
                    ChannelBuilder.channel().name("bergen").build()),
            List.of());
    private final Shown shown = new Shown(channels, new StaticMessageSource());

    @Test
    void aTimeOfAnotherZoneThanThePageSaysNamesIt() {
        assertThat(shown.zone()).isEqualTo("Europe/Oslo");
        assertThat(shown.time(AT)).isEqualTo("2026-11-30 13:00:00");
        assertThat(shown.time(AT, "bergen")).isEqualTo("2026-11-30 13:00:00");
        assertThat(shown.time(AT, "finland")).isEqualTo("2026-11-30 14:00:00 Europe/Helsinki");
        assertThat(shown.time(AT, "a-channel-that-was-taken-out")).isEqualTo("2026-11-30 13:00:00");
    }
}
