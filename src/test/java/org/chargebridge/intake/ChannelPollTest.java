package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class ChannelPollTest {

    @Test
    void anOutageIsToldOnceAndItsEndOnceWithRouteAndChannel() throws Exception {
        ChannelPoll poll =
                new ChannelPoll(ChannelBuilder.channel().build(), System::nanoTime, new SimpleMeterRegistry());
        Logger logger = (Logger) LoggerFactory.getLogger(ChannelPoll.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        try {
            for (int attempt = 0; attempt < 2; attempt++) {
                poll.begin(null, null);
                poll.rollback(null, null, 0, new ConnectException("Connection refused"));
            }
            for (int attempt = 0; attempt < 2; attempt++) {
                poll.begin(null, null);
                // What a route does at the end of each file.
                MDC.clear();
                poll.commit(null, null, 1);
            }
        } finally {
            logger.detachAppender(told);
        }

        assertThat(told.list).hasSize(2).allSatisfy(line -> assertThat(line.getMDCPropertyMap())
                .containsAllEntriesOf(Map.of(
                        "route",
                        "fetch-invoices",
                        "channel",
                        ChannelBuilder.channel().build().name())));
        assertThat(told.list.get(0).getFormattedMessage())
                .contains("cannot be polled: it cannot be reached (Connection refused)");
        assertThat(told.list.get(1).getFormattedMessage()).endsWith("work again.");
    }

    @Test
    void eachCauseOfAnOutageIsToldOnce() throws Exception {
        ChannelPoll poll =
                new ChannelPoll(ChannelBuilder.channel().build(), System::nanoTime, new SimpleMeterRegistry());
        Logger logger = (Logger) LoggerFactory.getLogger(ChannelPoll.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        try {
            for (Exception cause : List.of(
                    new ConnectException("Connection refused"),
                    new JSchException("Session.connect: java.net.SocketException: Connection reset"),
                    new ConnectException("Connection refused"),
                    new JSchException("Auth fail for methods 'password'"),
                    new SftpException(ChannelSftp.SSH_FX_NO_SUCH_FILE, "No such file"),
                    new SftpException(ChannelSftp.SSH_FX_PERMISSION_DENIED, "Permission denied"))) {
                poll.begin(null, null);
                poll.rollback(null, null, 0, cause);
            }
        } finally {
            logger.detachAppender(told);
        }

        assertThat(told.list.stream().map(ILoggingEvent::getFormattedMessage))
                .satisfiesExactly(
                        line -> assertThat(line).contains("cannot be reached (Connection refused). Check that it runs"),
                        line -> assertThat(line).contains("refuses the login", "sftp.user"),
                        line -> assertThat(line).contains("create it, or correct", "sftp.out-directory"),
                        line -> assertThat(line).contains("the right to list, read, rename"));
    }

    @Test
    void loginsThatAreRefusedAreTriedLessAndLessOftenLestTheServerLocksTheAccount() throws Exception {
        AtomicLong now = new AtomicLong();
        Channel channel = ChannelBuilder.channel().build();
        ChannelPoll poll = new ChannelPoll(channel, now::get, new SimpleMeterRegistry());
        int interval = channel.sftp().pollIntervalSeconds();
        int tries = 0;
        for (int polls = 0; polls < 3600 / interval; polls++) {
            if (poll.begin(null, null)) {
                tries++;
                poll.rollback(
                        null, null, 0, new JSchException("SSH_MSG_DISCONNECT: 2 Too many authentication failures"));
            }
            now.addAndGet(Duration.ofSeconds(interval).toNanos());
            assertThat(poll.failing()).hasValueSatisfying(failing -> {
                assertThat(failing.kind()).isEqualTo(PollFailure.Kind.LOGIN);
                assertThat(failing.why()).contains("refuses the login", "sftp.user");
            });
        }
        assertThat(tries).isBetween(6, 15);

        now.addAndGet(Duration.ofMinutes(10).toNanos());
        assertThat(poll.begin(null, null)).isTrue();
        poll.commit(null, null, 0);
        assertThat(poll.begin(null, null)).isTrue();
        assertThat(poll.failing()).isEmpty();
    }

    @Test
    void aPrivateKeyThatCannotBeReadIsNoServerThatCannotBeReached() throws Exception {
        ChannelPoll poll =
                new ChannelPoll(ChannelBuilder.channel().build(), System::nanoTime, new SimpleMeterRegistry());
        poll.begin(null, null);
        poll.rollback(null, null, 0, new JSchException("Incorrect passphrase provided"));

        assertThat(poll.failing().orElseThrow().why())
                .contains("the private key cannot be used", "sftp.private-key-passphrase")
                .doesNotContain("reached");
    }
}
