package org.chargebridge.route;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzConstants;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the addresses of routes in the scheduler's tables up to date. Camel stores one with the times of the first start,
 * and takes over new times only: what fires while routes start, or is woken by somebody, would look for a route that is
 * not there any more.
 */
@Component
class StoredAddresses {

    private final CamelContext context;
    private final Scheduler scheduler;

    StoredAddresses(CamelContext context, Scheduler scheduler) {
        this.context = context;
        this.scheduler = scheduler;
    }

    /** @throws IllegalStateException where the scheduler's tables cannot be read or written */
    @EventListener(ApplicationStartedEvent.class)
    void renew() {
        try {
            for (Route route : context.getRoutes()) {
                if (route.getEndpoint() instanceof QuartzEndpoint endpoint) {
                    renew(endpoint);
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler's tables cannot be read or written", e);
        }
    }

    private void renew(QuartzEndpoint endpoint) throws SchedulerException {
        Trigger trigger = scheduler.getTrigger(endpoint.getTriggerKey());
        // One that never fires again is not stored.
        if (trigger == null) {
            return;
        }
        JobDetail job = scheduler.getJobDetail(trigger.getJobKey());
        String address = endpoint.getEndpointUri();
        if (!address.equals(job.getJobDataMap().getString(QuartzConstants.QUARTZ_ENDPOINT_URI))) {
            job.getJobDataMap().put(QuartzConstants.QUARTZ_ENDPOINT_URI, address);
            scheduler.addJob(job, true, true);
        }
    }
}
