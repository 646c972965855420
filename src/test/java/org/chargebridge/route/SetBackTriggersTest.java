package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.SchedulerStore;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/** A clock that is set back must not keep what goes by rhythm from going on. */
class SetBackTriggersTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Counts. */
    public static final class Counting implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            RUNS.incrementAndGet();
        }
    }

    @Test
    void aScheduleThatWaitsForATimeThatWasReachedBeforeFiresByTheClockAgain() throws Exception {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            SchedulerFactoryBean factory = new SchedulerFactoryBean();
            Properties settings = new Properties();
            settings.setProperty("org.quartz.jobStore.class", SchedulerStore.class.getName());
            settings.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
            settings.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
            settings.setProperty("org.quartz.jobStore.isClustered", "true");
            settings.setProperty("org.quartz.scheduler.instanceId", "test");
            settings.setProperty("org.quartz.threadPool.threadCount", "2");
            factory.setDataSource(database.dataSource());
            factory.setQuartzProperties(settings);
            factory.setAutoStartup(false);
            factory.afterPropertiesSet();
            Scheduler scheduler = factory.getScheduler();
            SetBackTriggers triggers = new SetBackTriggers(scheduler);
            scheduler.scheduleJob(
                    JobBuilder.newJob(Counting.class).withIdentity("counting").build(),
                    TriggerBuilder.newTrigger()
                            .withIdentity("counting")
                            .withSchedule(CronScheduleBuilder.cronSchedule("* * * * * ?"))
                            .build());
            triggers.mend();
            assertThat(hours(database)).isZero();
            database.jdbc()
                    .sql("update qrtz_triggers set next_fire_time = next_fire_time + 5 * 3600000,"
                            + " start_time = start_time + 5 * 3600000")
                    .update();
            scheduler.start();

            assertThat(hours(database)).isEqualTo(5);
            assertThat(RUNS).hasValue(0);
            triggers.mend();

            await().atMost(Duration.ofSeconds(30)).until(() -> RUNS.get() > 1);
            factory.destroy();
        }
    }

    /** How long it is until it fires. */
    private static int hours(LedgerDatabase database) {
        return database.jdbc()
                .sql("select floor((next_fire_time / 1000.0 - extract(epoch from clock_timestamp())) / 3600 + 0.01)"
                        + " from qrtz_triggers")
                .query(Integer.class)
                .single();
    }

    /** A timer of Java waits until a time of day: set back, it would wait for as long again. */
    @Test
    void noRouteGoesByATimer() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            assertThat(routes.filter(file -> file.toString().endsWith(".yaml")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("uri: timer"));
        }
    }
}
