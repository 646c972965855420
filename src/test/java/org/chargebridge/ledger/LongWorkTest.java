package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LongWorkTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicLong seconds = new AtomicLong(-7);
    private final LongWork work =
            new LongWork("[demo] a.csv", "lines recorded", () -> TimeUnit.SECONDS.toNanos(seconds.get()));

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void leave() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(LongWork.class);
    }

    private void passes(long more) {
        seconds.addAndGet(more);
    }

    @Test
    void shortWorkIsSilent() {
        work.add(1_000_000);
        passes(9);
        work.add(1);

        assertThat(log.list).isEmpty();
    }

    @Test
    void longWorkTellsItsCountAndTheRateSinceItToldLast() {
        passes(10);
        work.add(500);
        work.add(500);
        passes(20);
        work.add(2_500);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "[demo] a.csv: 500 lines recorded so far, 50 a second, after 10 s",
                        "[demo] a.csv: 3500 lines recorded so far, 150 a second, after 30 s");
    }
}
