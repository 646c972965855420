package org.chargebridge.alarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.chargebridge.Ports;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.AlarmNotices;
import org.chargebridge.ledger.Alarms;
import org.chargebridge.ledger.LedgerDatabase;
import org.springframework.util.unit.DataSize;

/** Alarms of a ledger, found by a list that a test fills, and told to a mail server and an HTTP server of its own. */
final class AlarmRig implements AutoCloseable {

    /** A request that the webhook's receiver got. */
    record Post(Map<String, List<String>> headers, String body) {}

    final LedgerDatabase database = LedgerDatabase.create();
    final GreenMail mails = new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    final List<Post> posts = new CopyOnWriteArrayList<>();
    final List<Finding> wrong = new ArrayList<>();
    final List<Finding> wrongHere = new ArrayList<>();
    final Channels channels = new Channels(List.of(channel("demo"), channel("visma")), List.of());
    private final HttpServer receiver;
    int answer = 204;
    String language = "en";
    Duration hold = Duration.ZERO;
    Duration atMostEvery = Duration.ofMillis(1);
    boolean byMail = true;
    List<String> to = List.of("operations@example.com");
    int mailPort;
    boolean byWebhook;

    AlarmRig() throws IOException {
        mails.start();
        mailPort = mails.getSmtp().getPort();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            posts.add(new Post(
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
    }

    private static Channel channel(String name) {
        return ChannelBuilder.channel().name(name).build();
    }

    AlarmSettings settings() {
        AlarmSettings.Mail mail = new AlarmSettings.Mail(
                byMail ? to : List.of(), "chargebridge@example.com", "127.0.0.1", mailPort, "", "", "none");
        AlarmSettings.Webhook webhook = new AlarmSettings.Webhook(
                byWebhook ? "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook/s3cr3t" : "",
                "signing secret");
        return new AlarmSettings(
                Duration.ofSeconds(30), hold, atMostEvery, language, Duration.ofMinutes(30), mail, webhook);
    }

    AlarmWatch watch(String node) {
        return new AlarmWatch(
                List.of(source(wrong, false), source(wrongHere, true)),
                new Alarms(database.jdbc()),
                new AlarmNotices(database.jdbc()),
                settings(),
                gateway(node),
                database.transactions());
    }

    AlarmTelling telling(String node, AlarmWay... others) {
        AlarmSettings settings = settings();
        List<AlarmWay> ways = others.length > 0
                ? Arrays.asList(others)
                : List.of(
                        new AlarmMail(settings, new AlarmLetter(settings, channels)),
                        new AlarmWebhook(settings, new ObjectMapper()));
        return new AlarmTelling(
                ways, new AlarmNotices(database.jdbc()), settings, gateway(node), database.transactions());
    }

    private static GatewaySettings gateway(String node) {
        return new GatewaySettings(
                node, Path.of("data"), DataSize.ofMegabytes(100), false, new GatewaySettings.Clock("none"));
    }

    private static AlarmSource source(List<Finding> findings, boolean ofThisNode) {
        return new AlarmSource() {
            @Override
            public List<Finding> holding() {
                return List.copyOf(findings);
            }

            @Override
            public boolean isOfThisNode() {
                return ofThisNode;
            }
        };
    }

    /** One wake-up of the route. */
    void wakeUp() {
        watch("one").look();
        telling("one").tell();
    }

    /** As if that much time had passed since everything that is noted. */
    void later(Duration time) {
        String interval = time.toSeconds() + " seconds";
        database.jdbc()
                .sql(
                        "update alarm set seen_at = seen_at - cast(:i as interval), gone_at = gone_at - cast(:i as interval)")
                .param("i", interval)
                .update();
        database.jdbc()
                .sql(
                        """
                        update alarm_notice set attempted_at = attempted_at - cast(:i as interval),
                            lease_until = lease_until - cast(:i as interval),
                            next_attempt_at = next_attempt_at - cast(:i as interval)
                        """)
                .param("i", interval)
                .update();
        database.jdbc()
                .sql("update alarm_sighting set seen_at = seen_at - cast(:i as interval)")
                .param("i", interval)
                .update();
    }

    List<String> subjects() {
        return Arrays.stream(mails.getReceivedMessages()).map(AlarmRig::subject).toList();
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    String body(int mail) {
        try {
            return String.valueOf(mails.getReceivedMessages()[mail].getContent())
                    .replace("\r\n", "\n");
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        receiver.stop(0);
        mails.stop();
        database.close();
    }
}
