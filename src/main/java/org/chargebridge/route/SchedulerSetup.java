package org.chargebridge.route;

import java.util.Properties;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.springframework.boot.autoconfigure.quartz.QuartzProperties;
import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/**
 * Names this node in the scheduler, so that after a restart it frees its own triggers at once, and gives it a thread
 * for every poll, report and round of look-ups that can be under way (ER15).
 */
@Component
class SchedulerSetup implements SchedulerFactoryBeanCustomizer {

    /** The poll, and three kinds of reports, of which a long one takes minutes. */
    private static final int THREADS_PER_CHANNEL = 4;
    /** What asks the API for a sales unit may hang for as long as a call may; it must keep no other from its turn. */
    private static final int THREADS_PER_SALES_UNIT = 6;

    private static final int THREADS_BESIDES = 6;

    private final QuartzProperties quartz;
    private final GatewaySettings settings;
    private final Channels channels;

    SchedulerSetup(QuartzProperties quartz, GatewaySettings settings, Channels channels) {
        this.quartz = quartz;
        this.settings = settings;
        this.channels = channels;
    }

    @Override
    public void customize(SchedulerFactoryBean scheduler) {
        Properties properties = new Properties();
        properties.putAll(quartz.getProperties());
        properties.setProperty("org.quartz.scheduler.instanceId", settings.node());
        int threads = THREADS_PER_CHANNEL * channels.all().size()
                + THREADS_PER_SALES_UNIT * channels.salesUnits().size()
                + THREADS_BESIDES;
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
        scheduler.setQuartzProperties(properties);
    }
}
