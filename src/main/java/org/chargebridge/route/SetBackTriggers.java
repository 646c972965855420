package org.chargebridge.route;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Schedules that wait for a time which this machine's clock had reached already when it was set back: the scheduler keeps
 * when each fires next, and would let none fire for as many hours.
 */
@Component("setBackTriggers")
public class SetBackTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(SetBackTriggers.class);
    private static final Duration ALLOWED = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    /** Quartz knows no other time than this machine's. */
    private final Clock machine = Clock.systemUTC();

    SetBackTriggers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Schedules anew what waits for longer than its cron expression says; may be called at any time on any node.
     *
     * @throws IllegalStateException where the scheduler's tables cannot be read or written
     */
    public void mend() {
        int mended = 0;
        try {
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                if (scheduler.getTrigger(key) instanceof CronTrigger trigger && mend(trigger)) {
                    mended++;
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedules cannot be looked through", e);
        }
        if (mended > 0) {
            LOG.warn(
                    "This machine's clock was set back: {} schedules waited for a time that it had shown before, and go by"
                            + " the clock again. Reports and due dates go by the clock, too: let it follow time servers (NTP).",
                    mended);
        }
    }

    private boolean mend(CronTrigger trigger) throws SchedulerException {
        Date now = Date.from(machine.instant());
        // Its beginning may lie in time to come as well.
        Trigger anew = trigger.getTriggerBuilder().startAt(now).build();
        Date expected = anew.getFireTimeAfter(Date.from(now.toInstant().plus(ALLOWED)));
        Date next = trigger.getNextFireTime();
        if (next == null || expected == null || !next.after(expected)) {
            return false;
        }
        return scheduler.rescheduleJob(trigger.getKey(), anew) != null;
    }
}
