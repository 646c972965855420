package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Ten look-ups a minute at eight in the morning; the day after begins in Norway at eleven in the evening, in UTC. */
class ConfirmationBacklogTest {

    private static final String TOMORROW = "2026-11-21";

    private final TrackingRig rig = new TrackingRig(10);
    private final Logger log = (Logger) LoggerFactory.getLogger(ConfirmationBacklog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void close() {
        log.detachAppender(appender);
        rig.close();
    }

    @Test
    void theMetricSaysHowLongConfirmingWillTake() {
        rig.acknowledged("few", 50, "2026-12-24");
        rig.plan.next(TrackingRig.MSN);
        assertThat(backlogSeconds()).isEqualTo(300);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void oneWarningSaysThatADueDateWillNotBeMet() {
        rig.acknowledged("many", 9_100, TOMORROW);
        sweeps(60);
        assertThat(warnings()).singleElement().asString().contains(TOMORROW).contains("gets-per-minute");
        assertThat(backlogSeconds()).isGreaterThan(15 * 3_600);
    }

    @Test
    void whatComesOnTopOfASmallBacklogIsWarnedOfToo() {
        rig.acknowledged("few", 5, TOMORROW);
        sweeps(1);
        assertThat(warnings()).isEmpty();
        rig.acknowledged("many", 9_100, TOMORROW);
        sweeps(25);
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void farDatesBehindANearOneAreNoReasonToWarn() {
        rig.acknowledged("near", 5, TOMORROW);
        rig.acknowledged("far", 20_000, "2026-12-24");
        sweeps(25);
        assertThat(warnings()).isEmpty();
    }

    private void sweeps(int count) {
        for (int sweep = 0; sweep < count; sweep++) {
            rig.plan.next(TrackingRig.MSN);
        }
    }

    private double backlogSeconds() {
        return rig.meters.get("confirmation_backlog_seconds").gauge().value();
    }

    private List<String> warnings() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
