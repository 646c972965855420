package org.chargebridge.settings;

import org.chargebridge.channel.Channels;
import org.chargebridge.channel.ChannelsReader;
import org.chargebridge.channel.InvalidSettingsException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the settings first, then hands the channels to every room. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    static StartChecks startChecks(ConfigurableEnvironment environment) {
        return new StartChecks(environment);
    }

    @Bean
    Channels channels(ConfigurableEnvironment environment) {
        ChannelsReader reader = ChannelsReader.read(environment, false);
        if (!reader.problems().isEmpty()) {
            throw new InvalidSettingsException(reader.problems());
        }
        return reader.channels();
    }
}
