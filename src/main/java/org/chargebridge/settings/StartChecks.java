package org.chargebridge.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelsReader;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.security.ConsoleUsers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.util.FileSystemUtils;

/**
 * Checks all settings once bean definitions are known and before the first bean is made, so that nothing is connected
 * to or written while a setting is wrong.
 */
final class StartChecks implements BeanFactoryPostProcessor, PriorityOrdered {

    private static final String DEMO = "demo";
    private static final String API = "chargebridge.api.base-url";
    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    private final ConfigurableEnvironment environment;
    private final List<SettingProblem> problems = new ArrayList<>();

    StartChecks(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        problems.clear();
        ValueChecks values = new ValueChecks(environment);
        problems.addAll(values.unsetVariables());
        if (!problems.isEmpty()) {
            // Without them nothing else can be read.
            throw new InvalidSettingsException(problems);
        }
        problems.addAll(new WrittenValues(environment).readAsSomethingElse());
        checkFolders();
        checkDatabase();
        problems.addAll(values.folders());
        values.samePorts().ifPresent(problems::add);
        ChannelsReader channels = ChannelsReader.read(environment, !isDemo());
        problems.addAll(channels.problems());
        problems.addAll(ConsoleUsers.read(environment, !isDemo()).problems());
        channels.channels().all().forEach(channel -> problems.addAll(ValueChecks.columns(channel)));
        checkAddresses(channels);
        WebPortCheck.of(environment).ifPresent(problems::add);
        RoomSettings rooms = new RoomSettings(environment, beans);
        problems.addAll(rooms.unreadable(isApiHere()));
        problems.addAll(rooms.unknown());
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "places of routes", Map.of(RoutePattern.PROPERTY, RoutePattern.withoutLinks(environment))));
        makeWorkDirectory();
        channels.warnings().forEach(LOG::warn);
    }

    /**
     * What libraries put aside lies in the data directory, which is watched, and not in the system's own place for that,
     * which is small or cleaned behind our back on many servers. Each process has a place of its own: one that is started
     * by mistake beside another takes nothing away from it.
     */
    private void makeWorkDirectory() {
        Path all = Binder.get(environment)
                .bindOrCreate("chargebridge", GatewaySettings.class)
                .workDirectory()
                .toAbsolutePath();
        long own = ProcessHandle.current().pid();
        Path work = all.resolve(String.valueOf(own));
        try {
            Files.createDirectories(all);
            try (Stream<Path> earlier = Files.list(all)) {
                for (Path left :
                        earlier.filter(place -> !isOfAnother(place, own)).toList()) {
                    FileSystemUtils.deleteRecursively(left);
                }
            }
            Files.createDirectories(work);
        } catch (IOException kept) {
            throw new InvalidSettingsException(List.of(SettingProblem.wrong(
                    "chargebridge.data-directory",
                    all.toString(),
                    "cannot be emptied (" + kept + ")",
                    "Give the user that runs Chargebridge all rights on it, or remove it.")));
        }
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "work directory",
                        Map.of(
                                "server.tomcat.basedir", work.resolve("tomcat").toString(),
                                "camel.main.stream-caching-spool-directory",
                                        work.resolve("camel").toString())));
    }

    /** Whether it is the place of another process that still runs. */
    private static boolean isOfAnother(Path place, long own) {
        String name = place.getFileName().toString();
        return name.matches("[0-9]{1,18}")
                && Long.parseLong(name) != own
                && ProcessHandle.of(Long.parseLong(name)).isPresent();
    }

    private boolean isDemo() {
        return environment.acceptsProfiles(Profiles.of(DEMO));
    }

    private void checkFolders() {
        for (Path folder : RoutePattern.folders(environment)) {
            if (!Files.isDirectory(folder)) {
                problems.add(new SettingProblem(
                        folder + "/",
                        Optional.empty(),
                        "was not found in " + Path.of("").toAbsolutePath(),
                        "Start in the directory that holds routes/ and config/, as they come with Chargebridge."));
            }
        }
        boolean configured = environment.containsProperty("spring.datasource.url");
        if (!isDemo() && !configured && !Files.exists(Path.of("config", "application.yaml"))) {
            problems.add(new SettingProblem(
                    "config/application.yaml",
                    Optional.empty(),
                    "was not found in " + Path.of("").toAbsolutePath(),
                    "Start in the directory that holds it, or set everything by environment variables."));
        }
    }

    private void checkDatabase() {
        String url = environment.getProperty("spring.datasource.url", "").strip();
        if (url.isEmpty()) {
            if (!isDemo()) {
                problems.add(SettingProblem.missing(
                        "spring.datasource.url",
                        "Set the PostgreSQL to use, for example jdbc:postgresql://localhost:5432/chargebridge, with"
                                + " spring.datasource.username and spring.datasource.password."));
            }
            return;
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            problems.add(SettingProblem.wrong(
                    "spring.datasource.url",
                    withoutQuery(url),
                    "is not a PostgreSQL address",
                    "Write it like jdbc:postgresql://localhost:5432/chargebridge."));
        } else if (isDemo() && !isLoopbackDatabase(url)) {
            problems.add(notLoopback("spring.datasource.url", withoutQuery(url)));
        }
    }

    private static String withoutQuery(String url) {
        return url.replaceAll("\\?.*", "");
    }

    private static boolean isLoopbackDatabase(String url) {
        String rest = withoutQuery(url).substring("jdbc:postgresql:".length());
        if (!rest.startsWith("//")) {
            return true;
        }
        String authority = rest.substring(2).replaceAll("/.*", "");
        for (String host : authority.split(",")) {
            if (!Channel.isLoopback(host.replaceAll(":[0-9]+$", ""))) {
                return false;
            }
        }
        return true;
    }

    private void checkAddresses(ChannelsReader channels) {
        String api = environment.getProperty(API, "").strip();
        boolean loopback = isLoopback(api);
        if (isDemo()) {
            if (!loopback && !api.isEmpty()) {
                problems.add(notLoopback(API, api));
            }
            for (Channel channel : channels.channels().all()) {
                if (!Channel.isLoopback(channel.sftp().host())) {
                    problems.add(notLoopback(
                            "chargebridge.channels." + channel.name() + ".sftp.host",
                            channel.sftp().host()));
                }
            }
        }
        checkKillpoint(isApiHere());
        String follow =
                environment.getProperty("chargebridge.clock.follow", "none").strip();
        if (!follow.equals("none") && !(loopback && isLoopback(follow))) {
            problems.add(SettingProblem.wrong(
                    "chargebridge.clock.follow",
                    follow,
                    "is allowed only where every API address is this machine: another clock would move real due dates",
                    "Remove the line."));
        }
    }

    private boolean isApiHere() {
        String api = environment.getProperty(API, "").strip();
        return isLoopback(api) || isDemo() && api.isEmpty();
    }

    /** A gateway that dies on purpose must never be one that charges people. */
    private void checkKillpoint(boolean loopback) {
        String place = environment.getProperty(Killpoint.PROPERTY, "");
        if (!place.isEmpty() && !loopback) {
            problems.add(SettingProblem.wrong(
                    Killpoint.PROPERTY,
                    place,
                    "would kill this process, and is allowed only where the API address is this machine",
                    "Remove it."));
        } else if (!place.equals(System.getProperty(Killpoint.PROPERTY, "")) || !isPlace(place)) {
            problems.add(SettingProblem.wrong(
                    Killpoint.PROPERTY,
                    place,
                    "names no place at which to die",
                    "Give one of docs/reliability.md as a system property, as in -D" + Killpoint.PROPERTY
                            + "=send.before-call:2, or remove it."));
        }
    }

    private static boolean isPlace(String place) {
        return place.isEmpty() || Killpoint.isWellFormed(place);
    }

    private static boolean isLoopback(String address) {
        try {
            return Channel.isLoopback(URI.create(address));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static SettingProblem notLoopback(String property, String value) {
        return SettingProblem.wrong(
                property,
                value,
                "is not this machine, and the demo talks to nothing else",
                "Use 127.0.0.1, or start the jar without the profile demo.");
    }
}
