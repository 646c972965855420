package org.chargebridge.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chargebridge.channel.ChannelsReader;
import org.chargebridge.channel.SettingProblem;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** Finds settings below {@code chargebridge} that nothing reads: a misspelt name would silently leave a default. */
final class UnknownSettings {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("chargebridge");

    private final Environment environment;
    private final KnownSettings known = new KnownSettings();

    UnknownSettings(Environment environment, ConfigurableListableBeanFactory beans) {
        this.environment = environment;
        ChannelsReader.settings().forEach(known::add);
        for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = beans.getType(name, false);
            ConfigurationProperties annotation = beans.findAnnotationOnBean(name, ConfigurationProperties.class);
            if (type != null && annotation != null && annotation.prefix().startsWith("chargebridge")) {
                known.add(annotation.prefix(), type);
            }
        }
    }

    List<SettingProblem> find() {
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(ROOT::isAncestorOf).forEach(names::add);
            }
        }
        List<SettingProblem> problems = new ArrayList<>();
        names.forEach(name -> known.unknown(name)
                .ifPresent(remedy -> problems.add(
                        new SettingProblem(name.toString(), java.util.Optional.empty(), "is not a setting", remedy))));
        return problems;
    }
}
