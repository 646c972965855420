package org.chargebridge.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chargebridge.channel.ChannelsReader;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.publicport.PublicSettings;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.sealing.SealingSettings;
import org.chargebridge.security.ConsoleUsers;
import org.chargebridge.security.OidcSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The settings that rooms bind to records of their own: finds those that cannot be read, and names below {@code
 * chargebridge} that nothing reads, because a misspelt name would silently leave a default.
 */
final class RoomSettings {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("chargebridge");
    /** Settings that a route file reads. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(chargebridge\\.[a-z0-9.-]+)");

    /** Several rooms may have settings below the same prefix. */
    private record Room(String prefix, Class<?> type) {}

    private final Environment environment;
    private final List<Room> rooms = new ArrayList<>();

    RoomSettings(Environment environment, ConfigurableListableBeanFactory beans) {
        this.environment = environment;
        for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = beans.getType(name, false);
            ConfigurationProperties annotation = beans.findAnnotationOnBean(name, ConfigurationProperties.class, false);
            if (type != null && annotation != null && annotation.prefix().startsWith("chargebridge")) {
                rooms.add(new Room(annotation.prefix(), type));
            }
        }
    }

    /**
     * Values that do not fit their setting, for example a duration that is none.
     *
     * @param apiIsHere whether the API address is this machine
     */
    List<SettingProblem> unreadable(boolean apiIsHere) {
        List<SettingProblem> problems = new ArrayList<>();
        UnitlessDurations durations = new UnitlessDurations(Binder.get(environment));
        for (Room room : rooms) {
            List<SettingProblem> unitless = durations.in(room.prefix(), room.type());
            if (!unitless.isEmpty()) {
                // What follows from so short a time needs no line of its own.
                problems.addAll(unitless);
                continue;
            }
            try {
                Object settings = Binder.get(environment).bindOrCreate(room.prefix(), room.type());
                if (settings instanceof ApiSettings api) {
                    problems.addAll(api.problems());
                } else if (settings instanceof PublicSettings outside) {
                    problems.addAll(outside.problems(apiIsHere, ports()));
                } else if (settings instanceof OidcSettings oidc) {
                    problems.addAll(oidc.problems());
                } else if (settings instanceof SealingSettings keys) {
                    problems.addAll(keys.problems(isReachedFromOutside()));
                }
            } catch (BindException e) {
                problems.add(unreadable(e));
            }
        }
        return problems;
    }

    private boolean isReachedFromOutside() {
        return !environment.getProperty("chargebridge.public-url", "").isBlank();
    }

    private Set<Integer> ports() {
        Set<Integer> ports = new LinkedHashSet<>();
        for (String name : List.of("server.port", "management.server.port")) {
            String port = environment.getProperty(name, "").strip();
            if (port.matches("[0-9]{1,5}")) {
                ports.add(Integer.valueOf(port));
            }
        }
        return ports;
    }

    private static SettingProblem unreadable(BindException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String name = e.getName().toString();
        String value =
                e.getProperty() == null ? "" : String.valueOf(e.getProperty().getValue());
        String why =
                String.valueOf(root.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
        return SettingProblem.wrong(
                name,
                value,
                "cannot be read" + (SettingProblem.isSecret(name) ? "" : " (" + why + ")"),
                "Correct it as config/application.yaml shows, or remove the line.");
    }

    private List<String> placeholders() {
        List<String> names = new ArrayList<>();
        for (Path file : RoutePattern.files(environment)) {
            try {
                PLACEHOLDER.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return names;
    }

    List<SettingProblem> unknown() {
        KnownSettings known = new KnownSettings();
        ChannelsReader.settings().forEach(known::add);
        ConsoleUsers.settings().forEach(known::add);
        rooms.forEach(room -> known.add(room.prefix(), room.type()));
        placeholders().forEach(known::add);
        known.add(Killpoint.PROPERTY);
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(ROOT::isAncestorOf).forEach(names::add);
            }
        }
        List<SettingProblem> problems = new ArrayList<>();
        names.forEach(name -> known.unknown(name)
                .ifPresent(remedy -> problems.add(
                        new SettingProblem(name.toString(), Optional.empty(), "is not a setting", remedy))));
        return problems;
    }
}
