package org.chargebridge.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.intake.ChannelPolls;
import org.chargebridge.intake.PollState;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The SFTP server of each channel, as the polls of this node find it, and what lies there and is passed over. */
@Configuration(proxyBeanMethods = false)
class ChannelsHealth {

    private static final int POLLS_MISSED = 3;
    private static final int NOT_TAKEN_MAX = 20;
    private static final int LONGEST_POLL_SECONDS = 120;

    @Bean
    CompositeHealthContributor sftp(Channels channels, ChannelPolls polls) {
        Map<String, HealthIndicator> indicators = channels.all().stream()
                .collect(Collectors.toMap(
                        Channel::name,
                        channel ->
                                () -> health(channel, polls.of(channel.name()).state())));
        return CompositeHealthContributor.fromMap(indicators, Function.identity());
    }

    /** Never UP on old news: where another node polls, or no poll ends, this node does not know. */
    static Health health(Channel channel, PollState state) {
        long fresh = (long) POLLS_MISSED * channel.sftp().pollIntervalSeconds() + LONGEST_POLL_SECONDS;
        boolean known = state.secondsAgo().filter(ago -> ago <= fresh).isPresent();
        Health.Builder health =
                switch (state.outcome()) {
                    case FAILS ->
                        Health.down().withDetail("failure", state.failure().orElse(""));
                    case WORKS ->
                        known ? Health.up() : Health.unknown().withDetail("note", "not polled by this node lately");
                    case NONE -> Health.unknown().withDetail("note", "not polled by this node yet");
                };
        if (!state.notTaken().isEmpty()) {
            Map<String, String> shown = new LinkedHashMap<>();
            state.notTaken().entrySet().stream()
                    .limit(NOT_TAKEN_MAX)
                    .forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
            health.withDetail("notTaken", shown);
            health.withDetail("notTakenCount", state.notTaken().size());
        }
        state.secondsAgo().ifPresent(ago -> health.withDetail("lastPollSecondsAgo", ago));
        return health.build();
    }
}
