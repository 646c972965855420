package org.chargebridge.route;

import java.util.List;
import java.util.Optional;
import org.apache.camel.component.quartz.QuartzConstants;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.quartz.JobDataMap;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes what the scheduler's tables still hold of channels that are no longer configured, of schedules that they
 * no longer have, or of schedules as they were before they were changed: no route would answer such a trigger, and every
 * node would log an error at every fire (ER16).
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
                } else if (isChanged(key)) {
                    scheduler.deleteJob(scheduler.getTrigger(key).getJobKey());
                    LOG.info("The schedule {} is made anew: its times or its time zone were changed.", key.getName());
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler's tables cannot be read", e);
        }
    }

    private boolean isAbandoned(TriggerKey key) {
        Optional<String> salesUnit = RouteName.of(key.getName()).salesUnit();
        if (salesUnit.isPresent()) {
            return !channels.hasSalesUnit(salesUnit.get());
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
        return schedules.isEmpty() || number(parts) > schedules.size();
    }

    /** Which of its channel's schedules a trigger is, from 1. */
    private static int number(String[] parts) {
        return parts.length == 3 && parts[2].matches("[0-9]{1,4}") ? Integer.parseInt(parts[2]) : 1;
    }

    /**
     * What is stored is what the schedule was first: Camel takes other times over, and neither another time zone nor, for
     * somebody who orders it to run now, where the job finds its route.
     */
    private boolean isChanged(TriggerKey key) throws SchedulerException {
        String[] parts = key.getName().split("\\.");
        if (!ChannelSchedules.IN_ITS_ZONE.contains(parts[0])) {
            return false;
        }
        JobDataMap stored =
                scheduler.getJobDetail(scheduler.getTrigger(key).getJobKey()).getJobDataMap();
        String cron = stored.getString(QuartzConstants.QUARTZ_TRIGGER_CRON_EXPRESSION);
        Optional<Channel> channel = RouteName.of(key.getName())
                .channel()
                .filter(name -> cron != null)
                .map(channels::named);
        if (channel.isEmpty()) {
            return false;
        }
        return !cron.equals(ChannelSchedules.ofRoute(channel.get(), parts[0]).get(number(parts) - 1))
                || !channel.get().zone().getId().equals(stored.getString(QuartzConstants.QUARTZ_TRIGGER_CRON_TIMEZONE));
    }
}
