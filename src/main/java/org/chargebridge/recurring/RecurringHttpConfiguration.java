package org.chargebridge.recurring;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How routes reach the API: through Camel's {@code http} and {@code https}, guarded by {@link ApiCalls}. */
@Configuration(proxyBeanMethods = false)
class RecurringHttpConfiguration {

    @Bean
    ApiClient apiClient(ApiSettings settings) {
        List<SettingProblem> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new ApiClient(settings);
    }

    /** The name is that of the health component: {@code recurringApi}. */
    @Bean
    ApiHealth recurringApi(MeterRegistry meters, Clock clock, ApiSettings settings) {
        return new ApiHealth(meters, clock, settings.clockSkewMax());
    }

    @Bean
    TokenEndpoint tokenEndpoint(ApiClient client, Channels channels, Clock clock, ApiHealth health) {
        return new TokenEndpoint(client, channels, clock, health);
    }

    @Bean
    AccessTokens accessTokens(TokenEndpoint endpoint, ApiSettings settings) {
        return new AccessTokens(endpoint, System::nanoTime, settings.tokenTimeout());
    }

    @Bean
    ApiCalls apiCalls(ApiClient client, Channels channels, AccessTokens tokens, ApiHealth health) {
        return new ApiCalls(client, channels, tokens, health);
    }

    @Bean
    ComponentCustomizer apiCallsOnHttp(HttpClientConfigurer calls) {
        return ComponentCustomizer.forType(HttpComponent.class, component -> component.setHttpClientConfigurer(calls));
    }
}
