package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.listeners.SchedulerListenerSupport;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/** The scheduler as it is set in application.yaml, on a real database. */
class SchedulerStoreTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Counts. */
    public static final class Counting implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            RUNS.incrementAndGet();
        }
    }

    private static Properties settings() throws IOException {
        EnumerablePropertySource<?> yaml = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .get(0);
        Properties settings = new Properties();
        String prefix = "spring.quartz.properties.";
        for (String name : yaml.getPropertyNames()) {
            if (name.startsWith(prefix)) {
                settings.setProperty(name.substring(prefix.length()), String.valueOf(yaml.getProperty(name)));
            }
        }
        settings.setProperty("org.quartz.scheduler.instanceId", "test");
        return settings;
    }

    private static SchedulerFactoryBean scheduler(LedgerDatabase database) throws Exception {
        SchedulerFactoryBean factory = new SchedulerFactoryBean();
        factory.setDataSource(database.dataSource());
        factory.setQuartzProperties(settings());
        factory.setAutoStartup(false);
        factory.afterPropertiesSet();
        return factory;
    }

    @Test
    void triggersThatComeWhileOthersAreChosenAreNeverHalfThere() throws Exception {
        List<String> errors = new CopyOnWriteArrayList<>();
        try (LedgerDatabase database = LedgerDatabase.create()) {
            SchedulerFactoryBean factory = scheduler(database);
            Scheduler scheduler = factory.getScheduler();
            scheduler.getListenerManager().addSchedulerListener(new SchedulerListenerSupport() {
                @Override
                public void schedulerError(String message, SchedulerException cause) {
                    errors.add(message + cause);
                }
            });
            JobKey key = new JobKey("counting");
            scheduler.addJob(
                    JobBuilder.newJob(Counting.class)
                            .withIdentity(key)
                            .storeDurably()
                            .build(),
                    true);
            scheduler.start();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            for (int i = 0; i < 150; i++) {
                threads.submit(() -> {
                    scheduler.triggerJob(key);
                    return null;
                });
            }
            await().until(() -> RUNS.get() == 150);
            threads.shutdown();
            factory.destroy();
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void whatAnotherNodeStoredAMomentAgoIsStoredOnce() throws Exception {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            SchedulerFactoryBean factory = scheduler(database);
            Scheduler scheduler = factory.getScheduler();
            for (int node = 1; node <= 2; node++) {
                scheduler.scheduleJob(
                        JobBuilder.newJob(Counting.class).withIdentity("fetch").build(),
                        TriggerBuilder.newTrigger()
                                .withIdentity("fetch")
                                .withSchedule(CronScheduleBuilder.cronSchedule("0 0 7 * * ?"))
                                .build());
            }
            assertThat(scheduler.getTriggersOfJob(new JobKey("fetch"))).hasSize(1);
            factory.destroy();
        }
    }
}
