package org.chargebridge.clock;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.quartz.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock of the business: this machine's unless {@code chargebridge.clock.follow} names a simulator's. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    /** As long as a simulator takes that is started together with the gateway. */
    private static final Duration FIRST_ANSWER_MAX = Duration.ofSeconds(30);

    @Bean
    @ConditionalOnProperty(name = "chargebridge.clock.follow", matchIfMissing = true, havingValue = "none")
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Only the demo, drivers and tests may move time: channel configuration refuses it beside a real API address. */
    @Configuration(proxyBeanMethods = false)
    @org.springframework.boot.autoconfigure.condition.ConditionalOnExpression(
            "!'${chargebridge.clock.follow:none}'.equals('none')")
    static class Following {

        @Bean
        FollowedClock clock(@Value("${chargebridge.clock.follow}") URI address) {
            FollowedClock clock = new FollowedClock(address);
            clock.awaitAnswer(FIRST_ANSWER_MAX);
            return clock;
        }

        @Bean
        ClockFollower clockFollower(FollowedClock clock, ObjectProvider<Scheduler> scheduler) {
            return new ClockFollower(clock, scheduler);
        }
    }
}
