package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.springboot.HttpComponentAutoConfiguration;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RecurringHttpConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(CamelAutoConfiguration.class, HttpComponentAutoConfiguration.class))
            .withUserConfiguration(Surroundings.class, RecurringHttpConfiguration.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ApiSettings.class)
    static class Surroundings {

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Clock clock() {
            return ApiRig.CLOCK;
        }

        @Bean
        org.chargebridge.channel.Channels channels() {
            return ApiRig.channels();
        }
    }

    @Test
    void bothSchemesOfCamelGoThroughTheGuard() {
        runner.withPropertyValues("chargebridge.api.base-url=http://localhost:8090")
                .run(context -> {
                    CamelContext camel = context.getBean(CamelContext.class);
                    for (String scheme : List.of("http", "https")) {
                        assertThat(camel.getComponent(scheme, HttpComponent.class)
                                        .getHttpClientConfigurer())
                                .isInstanceOf(ApiCalls.class);
                    }
                    assertThat(context).hasBean("recurringApi");
                });
    }

    @Test
    void everySettingIsReadAndHasItsDefault() {
        runner.withPropertyValues("chargebridge.api.base-url=https://api.vipps.no/")
                .run(context -> {
                    assertThat(context.getBean(ApiSettings.class))
                            .isEqualTo(ApiSettings.of(URI.create("https://api.vipps.no/")));
                    assertThat(context.getBean(ApiSettings.class).address())
                            .isEqualTo(URI.create("https://api.vipps.no"));
                });
        runner.withPropertyValues(
                        "chargebridge.api.base-url=https://apitest.vipps.no",
                        "chargebridge.api.call-timeout=2s",
                        "chargebridge.api.lease=7s",
                        "chargebridge.api.retry-after-cap=5m",
                        "chargebridge.api.system-name=A name of more than thirty characters",
                        "chargebridge.api.system-version=1.2",
                        "chargebridge.api.system-plugin-name=plugin",
                        "chargebridge.api.system-plugin-version=3.4")
                .run(context -> {
                    ApiSettings settings = context.getBean(ApiSettings.class);
                    assertThat(settings.effectiveConnectTimeout()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(settings.retryAfterCap()).isEqualTo(Duration.ofMinutes(5));
                    assertThat(SystemHeaders.of(settings))
                            .containsEntry("Vipps-System-Name", "A name of more than thirty cha")
                            .containsEntry("Vipps-System-Version", "1.2")
                            .containsEntry("Vipps-System-Plugin-Name", "plugin")
                            .containsEntry("Vipps-System-Plugin-Version", "3.4");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chargebridge.api.lease | 19s | Set 20s or more.",
                "chargebridge.api.call-timeout | 0s | Set a duration such as 15s.",
                "chargebridge.api.call-timeout | 30s | Set 35s or more.",
                "chargebridge.api.connect-timeout | -1s | Set a duration such as 15s.",
                "chargebridge.api.retry-after-cap | 0 | Set a duration such as 15s.",
                "chargebridge.api.base-url | http://api.vipps.no | Set https://api.vipps.no for production",
                "chargebridge.api.base-url | ftp://localhost | Set https://api.vipps.no for production",
                "chargebridge.api.base-url | https://api.vipps.no/recurring | Leave the rest out.",
                "chargebridge.api.base-url | https://user:pw@api.vipps.no | Leave the rest out.",
                "chargebridge.api.base-url | api.vipps.no | Set https://api.vipps.no for production",
                "chargebridge.api.base-url | '' | Set https://api.vipps.no for production",
            })
    void aWrongSettingStopsTheStartWithPropertyValueAndRemedy(String property, String value, String remedy) {
        runner.withPropertyValues("chargebridge.api.base-url=https://api.vipps.no", property + "=" + value)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure())
                            .rootCause()
                            .isInstanceOf(InvalidSettingsException.class)
                            .hasMessageContaining("chargebridge.api.")
                            .hasMessageContaining(remedy)
                            .hasMessageNotContaining("pw");
                });
    }

    @Test
    void allProblemsAreToldAtOnce() {
        ApiSettings settings = ApiSettings.of(URI.create("http://api.vipps.no"))
                .withTimeouts(Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(1));
        assertThat(settings.problems())
                .extracting(SettingProblem::property)
                .containsExactly(
                        "chargebridge.api.base-url", "chargebridge.api.connect-timeout", "chargebridge.api.lease");
    }
}
