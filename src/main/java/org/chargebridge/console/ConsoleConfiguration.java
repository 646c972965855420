package org.chargebridge.console;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** What an operator may set about what they do here. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DryRunSettings.class)
class ConsoleConfiguration {}
