package org.chargebridge.camelconsole;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.spi.BacklogTracer;
import org.apache.camel.spi.CliConnectorFactory;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.jolokia.support.spring.actuator.JolokiaProperties;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Puts the cut-down tools in the place of Camel's and Hawtio's own. */
@Configuration(proxyBeanMethods = false)
class CamelConsole {

    static final String PROFILE = "console";

    /** Without the profile there is no connector either, though its jar is there. */
    @Bean
    CliConnectorFactory cliConnectors(Environment environment) {
        return new RouteCliConnectors(
                Path.of(System.getProperty("user.home")),
                environment.acceptsProfiles(Profiles.of(PROFILE)),
                SpringBootVersion.getVersion());
    }

    @Bean
    DevConsoleRegistry consoles() {
        return new ReadingConsoles();
    }

    /** Not by a setting, which could be left out. */
    @Bean
    static BeanPostProcessor fixedSettings() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                return bean;
            }

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof JolokiaProperties properties) {
                    properties
                            .getConfig()
                            .putAll(Map.of(
                                    "restrictorClass", RoutesOnly.class.getName(),
                                    "allowErrorDetails", "false",
                                    "includeStackTrace", "false",
                                    "discoveryEnabled", "false"));
                }
                if (bean instanceof BacklogTracer tracer) {
                    // To show a body it would be read, and a file that is read from its server only once would be gone.
                    tracer.setBodyIncludeFiles(false);
                    tracer.setBodyIncludeStreams(false);
                    tracer.setBodyMaxChars(1);
                    tracer.setIncludeExchangeProperties(false);
                    tracer.setIncludeExchangeVariables(false);
                }
                return bean;
            }
        };
    }

    /**
     * Refuses to show the tools to other machines, for what they do is neither recorded nor asked about, and to start with
     * the profile where nothing switches them on: the Camel CLI would find nothing, and nobody would be told why.
     */
    @Configuration(proxyBeanMethods = false)
    @Profile(PROFILE)
    static class OnThisMachineOnly {

        private static final String SWITCH = "camel.main.dev-console-enabled";

        OnThisMachineOnly(ManagementServerProperties management, Environment environment) {
            if (!environment.getProperty(SWITCH, Boolean.class, false)) {
                throw new InvalidSettingsException(List.of(SettingProblem.missing(
                        SWITCH,
                        "Put config/application-console.yaml, which sets it, beside config/application.yaml, or start"
                                + " without the profile console.")));
            }
            InetAddress address = management.getAddress();
            if (address == null || !address.isLoopbackAddress()) {
                throw new InvalidSettingsException(List.of(SettingProblem.wrong(
                        "management.server.address",
                        address == null ? "" : address.getHostAddress(),
                        "shows Camel's own tools to other machines, where the profile console is on",
                        "Leave it out, or start without the profile.")));
            }
        }
    }
}
