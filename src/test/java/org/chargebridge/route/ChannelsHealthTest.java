package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.intake.PollState;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class ChannelsHealthTest {

    private final Channel channel = ChannelBuilder.channel().build();

    private Status status(PollState.Outcome outcome, Optional<Long> secondsAgo) {
        return ChannelsHealth.health(
                        channel, new PollState(outcome, Optional.of("why"), secondsAgo, Map.of("notes.doc", "no")))
                .getStatus();
    }

    @Test
    void oldNewsIsNotUp() {
        assertThat(status(PollState.Outcome.WORKS, Optional.of(1L))).isEqualTo(Status.UP);
        assertThat(status(PollState.Outcome.WORKS, Optional.of(1_000L))).isEqualTo(Status.UNKNOWN);
        assertThat(status(PollState.Outcome.NONE, Optional.empty())).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void failureIsDownHoweverOld() {
        assertThat(status(PollState.Outcome.FAILS, Optional.of(1_000L))).isEqualTo(Status.DOWN);
        assertThat(status(PollState.Outcome.FAILS, Optional.empty())).isEqualTo(Status.DOWN);
    }
}
