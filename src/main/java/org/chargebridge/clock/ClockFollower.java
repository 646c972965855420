package org.chargebridge.clock;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the followed clock right, and wakes the scheduled routes up when it jumps and when it enters a minute: Quartz
 * itself runs on real time, whose minutes begin at other moments.
 */
class ClockFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ClockFollower.class);
    private static final long RHYTHM_MS = 250;
    private static final long NONE = -1;
    private static final Duration JUMP_MIN = Duration.ofSeconds(20);

    private final FollowedClock clock;
    private final ObjectProvider<Scheduler> scheduler;
    private ScheduledExecutorService executor;
    private boolean answered = true;
    private long lastMinute;

    ClockFollower(FollowedClock clock, ObjectProvider<Scheduler> scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @Override
    public synchronized void start() {
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clock-follower");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(this::follow, 0, RHYTHM_MS, TimeUnit.MILLISECONDS);
    }

    private void follow() {
        try {
            Duration moved = clock.follow();
            answered = true;
            long minute = clock.instant().getEpochSecond() / 60;
            boolean due = moved.compareTo(JUMP_MIN) > 0 || minute != lastMinute;
            lastMinute = !due || wakeUp() ? minute : NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (answered) {
                LOG.warn(
                        "The followed clock does not answer; business time goes on from what it last said: {}",
                        e.toString());
            }
            answered = false;
        }
    }

    /** Whether it went well: while the ledger is away nothing can be woken up, and it is tried again. */
    private boolean wakeUp() {
        try {
            Scheduler quartz = scheduler.getIfAvailable();
            if (quartz != null && quartz.isStarted()) {
                for (JobKey job : quartz.getJobKeys(GroupMatcher.anyJobGroup())) {
                    quartz.triggerJob(job);
                }
            }
            return true;
        } catch (SchedulerException e) {
            LOG.debug("The scheduled routes could not be woken up", e);
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
