package org.chargebridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.chargebridge.channel.ChannelsReader;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.security.ConsoleUsers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** config/application.yaml shows every setting there is, and nothing that there is not. */
class ConfigurationFileTest {

    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    /** The examples in the comments, as if somebody had removed the marks. */
    private static Map<String, Object> examples() throws Exception {
        String text = Files.readString(Path.of("config/application.yaml"));
        String block = text.substring(text.indexOf("# chargebridge:"), text.indexOf("# Web traffic"));
        String yaml = block.lines()
                .map(line -> line.startsWith("# ") ? line.substring(2) : line)
                .reduce("", (all, line) -> all + line + "\n");
        List<PropertySource<?>> sources = new YamlPropertySourceLoader()
                .load("examples", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        Map<String, Object> settings = new HashMap<>();
        EnumerablePropertySource<?> source = (EnumerablePropertySource<?>) sources.get(0);
        for (String name : source.getPropertyNames()) {
            settings.put(name, String.valueOf(source.getProperty(name)));
        }
        return settings;
    }

    private static KnownSettings known() throws ClassNotFoundException {
        KnownSettings known = new KnownSettings();
        ChannelsReader.settings().forEach(known::add);
        ConsoleUsers.settings().forEach(known::add);
        ClassPathScanningCandidateComponentProvider records = new ClassPathScanningCandidateComponentProvider(false);
        records.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var candidate : records.findCandidateComponents("org.chargebridge")) {
            Class<?> type = Class.forName(candidate.getBeanClassName());
            String prefix = type.getAnnotation(ConfigurationProperties.class).prefix();
            String name = prefix.isEmpty()
                    ? type.getAnnotation(ConfigurationProperties.class).value()
                    : prefix;
            if (!name.equals("chargebridge.demo")) {
                known.add(name, type);
            }
        }
        known.add("chargebridge.sending.poll-interval");
        return known;
    }

    @Test
    void everyExampleIsASetting() throws Exception {
        KnownSettings known = known();

        assertThat(examples().keySet())
                .allSatisfy(name -> assertThat(known.unknown(ConfigurationPropertyName.adapt(name, '.')))
                        .as(name)
                        .isEmpty());
    }

    @Test
    void everySettingHasAnExample() throws Exception {
        TreeSet<String> shown = new TreeSet<>();
        for (String name : examples().keySet()) {
            shown.add(name.replaceAll("channels\\.[a-z]+\\.", "channels.*.")
                    .replaceAll("http-users\\.[a-z]+\\.", "http-users.*.")
                    .replaceAll("\\.users\\.[a-z]+\\.", ".users.*.")
                    .replaceAll("oidc\\.roles\\.[a-z]+", "oidc.roles.*")
                    .replaceAll("sales-units\\.[a-z]+\\.", "sales-units.*.")
                    .replaceAll("\\[.*", "")
                    .replaceAll("columns\\..*", "columns"));
        }

        assertThat(shown).containsAll(known().all());
    }

    @Test
    void theExampleOfAChannelCanBeUsed() throws Exception {
        Map<String, Object> settings = examples();
        settings.replaceAll((name, value) -> value.equals("...") ? "x" : value);
        settings.put("chargebridge.channels.visma.sftp.host-key", HOST_KEY);
        settings.put("chargebridge.channels.visma.sftp.private-key-file", "pom.xml");
        settings.put(
                "chargebridge.http-users.visma.password-hash",
                "$2y$10$abcdefghijklmnopqrstuuxAGq8K0PSBUSsWjWqJMh2TSFvkI1vBm");
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("examples", settings));

        assertThat(ChannelsReader.read(environment, true).problems())
                .extracting(SettingProblem::line)
                .isEmpty();
    }
}
