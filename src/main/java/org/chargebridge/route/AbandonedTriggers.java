package org.chargebridge.route;

import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes what the scheduler's tables still hold of channels that are no longer configured, or of schedules that they
 * no longer have: no route would answer such a trigger, and every node would log an error at every fire (ER16).
 */
@Component
class AbandonedTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedTriggers.class);

    private final Scheduler scheduler;
    private final Channels channels;

    AbandonedTriggers(Scheduler scheduler, Channels channels) {
        this.scheduler = scheduler;
        this.channels = channels;
    }

    /** @throws IllegalStateException where the scheduler's tables cannot be read */
    void delete() {
        try {
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                if (isAbandoned(key)) {
                    scheduler.deleteJob(scheduler.getTrigger(key).getJobKey());
                    scheduler.unscheduleJob(key);
                    LOG.info(
                            "The schedule {} was deleted: its channel or sales unit is no longer configured.",
                            key.getName());
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler's tables cannot be read", e);
        }
    }

    private boolean isAbandoned(TriggerKey key) {
        Optional<String> salesUnit = RouteName.of(key.getName()).salesUnit();
        if (salesUnit.isPresent()) {
            return channels.salesUnits().stream().noneMatch(unit -> unit.msn().equals(salesUnit.get()));
        }
        Optional<String> channel = RouteName.of(key.getName()).channel();
        if (channel.isEmpty()) {
            return false;
        }
        if (!channels.has(channel.get())) {
            return true;
        }
        String[] parts = key.getName().split("\\.");
        List<String> schedules = ChannelSchedules.ofRoute(channels.named(channel.get()), parts[0]);
        return schedules.isEmpty()
                || parts.length == 3 && parts[2].matches("[0-9]{1,4}") && Integer.parseInt(parts[2]) > schedules.size();
    }
}
