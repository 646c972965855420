package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;

import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import org.apache.camel.component.quartz.QuartzConstants;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

/** What the scheduler kept from before the settings were changed does not outlive the start. */
class AbandonedTriggersTest {

    private static final String ROUTE = "write-status-reports";
    private static final String CRON = "0 0 6 * * ?";

    private Scheduler scheduler;

    /** Never runs: the scheduler is not started. */
    public static final class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw new IllegalStateException();
        }
    }

    @BeforeEach
    void makeScheduler() throws SchedulerException {
        Properties properties = new Properties();
        properties.put("org.quartz.scheduler.instanceName", "abandoned triggers");
        properties.put("org.quartz.threadPool.threadCount", "1");
        scheduler = new StdSchedulerFactory(properties).getScheduler();
    }

    @AfterEach
    void shutDown() throws SchedulerException {
        scheduler.shutdown();
    }

    /** As Camel stores it. */
    private TriggerKey stored(String name, String cron, String zone) throws SchedulerException {
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(name, ROUTE)
                .withSchedule(CronScheduleBuilder.cronSchedule(cron).inTimeZone(TimeZone.getTimeZone(zone)))
                .build();
        scheduler.scheduleJob(
                JobBuilder.newJob(Nothing.class)
                        .withIdentity(name, ROUTE)
                        .usingJobData(QuartzConstants.QUARTZ_TRIGGER_CRON_EXPRESSION, cron)
                        .usingJobData(QuartzConstants.QUARTZ_TRIGGER_CRON_TIMEZONE, zone)
                        .build(),
                trigger);
        return trigger.getKey();
    }

    private void start() {
        Channel demo = channel()
                .reports(usual -> new Channel.Reports(List.of(CRON), usual.format(), usual.writeEmpty()))
                .build();
        new AbandonedTriggers(scheduler, new Channels(List.of(demo), List.of())).delete();
    }

    @ParameterizedTest
    @CsvSource({"0 0 7 * * ?, Europe/Oslo", "0 0 6 * * ?, Europe/Helsinki"})
    void aScheduleOfOtherTimesOrOfAnotherTimeZoneIsMadeAnew(String cron, String zone) throws SchedulerException {
        TriggerKey before = stored(ROUTE + ".demo", cron, zone);
        start();

        assertThat(scheduler.checkExists(before)).isFalse();
    }

    @Test
    void aScheduleThatIsAsItWasKeepsWhenItFiresNext() throws SchedulerException {
        TriggerKey before = stored(ROUTE + ".demo", CRON, "Europe/Oslo");
        TriggerKey poll = stored("fetch-invoices.demo", "0/30 * * * * ?", "UTC");
        start();

        assertThat(scheduler.checkExists(before)).isTrue();
        assertThat(scheduler.checkExists(poll)).isTrue();
    }

    @Test
    void aScheduleOfAChannelThatIsGoneOrThatItHasNoMoreIsDeleted() throws SchedulerException {
        TriggerKey channel = stored(ROUTE + ".former", CRON, "Europe/Oslo");
        TriggerKey second = stored(ROUTE + ".demo.2", CRON, "Europe/Oslo");
        start();

        assertThat(scheduler.checkExists(channel)).isFalse();
        assertThat(scheduler.checkExists(second)).isFalse();
    }
}
