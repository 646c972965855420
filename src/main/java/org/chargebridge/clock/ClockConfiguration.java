package org.chargebridge.clock;

import java.net.URI;
import java.time.Clock;
import org.quartz.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock of the business: this machine's unless {@code chargebridge.clock.follow} names a simulator's. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

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
            return new FollowedClock(address);
        }

        @Bean
        ClockFollower clockFollower(FollowedClock clock, ObjectProvider<Scheduler> scheduler) {
            return new ClockFollower(clock, scheduler);
        }
    }
}
