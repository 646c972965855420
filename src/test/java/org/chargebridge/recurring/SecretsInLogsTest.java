package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

class SecretsInLogsTest {

    private static final List<String> SECRETS = List.of("the-secret", "the-key", "the-id", "token-1", "token-2");
    private static final String PREFIX = "logging.level.org.apache.hc.";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @Test
    void evenTheMostTalkativeLogShowsNoKey() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = root.getLevel();
        Map<String, Level> quiet = quietLoggers();
        assertThat(quiet).isNotEmpty();
        // Only what listens here may become talkative, not the console of the build.
        List<ch.qos.logback.core.Appender<ILoggingEvent>> others = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        quiet.forEach((name, level) -> context.getLogger(name).setLevel(level));
        try {
            callInEveryWay();
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
            others.forEach(root::addAppender);
            quiet.keySet().forEach(name -> context.getLogger(name).setLevel(null));
        }
        List<String> lines = List.copyOf(log.list).stream()
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage() + " "
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .toList();
        assertThat(lines).anyMatch(line -> line.startsWith("org.apache.hc."));
        assertThat(lines.stream()
                        .filter(line -> SECRETS.stream().anyMatch(line::contains))
                        .toList())
                .isEmpty();
    }

    private static void callInEveryWay() {
        byte[] body = "[]".getBytes(UTF_8);
        try (ApiServer server = new ApiServer();
                ApiRig rig = new ApiRig(server.url())) {
            rig.post(ChargeRequests.BATCH_PATH, body);
            server.answers(ApiServer.json(401, "{}"));
            rig.post(ChargeRequests.BATCH_PATH, body);
            server.answersTokens(ApiServer.json(401, "{\"error_description\":\"the-secret, the-key\"}"));
            rig.post(ChargeRequests.BATCH_PATH, body);
        }
    }

    /** What the gateway itself sets to silence, whatever the rest is set to. */
    private static Map<String, Level> quietLoggers() throws IOException {
        return new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml")).stream()
                        .map(source -> (PropertySource<?>) source)
                        .filter(source -> source instanceof EnumerablePropertySource)
                        .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream()
                                .filter(name -> name.startsWith(PREFIX))
                                .map(name -> Map.entry(
                                        name.substring("logging.level.".length()),
                                        Level.toLevel(String.valueOf(source.getProperty(name))))))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
