package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.util.Map;
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
        assertThat(told.list.get(0).getFormattedMessage()).contains("cannot be polled: Connection refused");
        assertThat(told.list.get(1).getFormattedMessage()).endsWith("work again.");
    }
}
