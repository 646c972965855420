package org.chargebridge.route;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;
import org.chargebridge.ledger.WantedRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Starts and stops this node's routes as the ledger says, once for each order: what somebody does on this node alone
 * afterwards stays until the next order or the next start.
 */
@Component
class RouteFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFollower.class);
    private static final long RHYTHM_MS = 2000;

    /** Not the context itself: Spring would start it, for this to depend on, before its routes are there. */
    private final ObjectProvider<CamelContext> camel;

    private final FollowedRoutes routes;
    private final GatewayStop stop;
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService rhythm;
    private ExecutorService work;

    RouteFollower(ObjectProvider<CamelContext> camel, FollowedRoutes routes, GatewayStop stop) {
        this.camel = camel;
        this.routes = routes;
        this.stop = stop;
    }

    @Override
    public synchronized void start() {
        work = Executors.newCachedThreadPool(task -> daemon(task, "route-orders"));
        rhythm = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "route-follower"));
        rhythm.scheduleWithFixedDelay(this::look, RHYTHM_MS, RHYTHM_MS, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        // Else the web server that an order came through complains that it outlives it.
        thread.setContextClassLoader(RouteFollower.class.getClassLoader());
        return thread;
    }

    /** Does not wait for the rhythm, after an order that came through this node. */
    synchronized void soon() {
        if (rhythm != null) {
            rhythm.execute(this::look);
        }
    }

    private void look() {
        if (!camel.getObject().isStarted()) {
            return;
        }
        try {
            routes.read();
            routes.wanted().values().stream()
                    .filter(order -> !routes.isFollowed(order))
                    .forEach(this::begin);
        } catch (DataAccessException | TransactionException ledgerDown) {
            // Health tells of the database; the routes stay as they are.
            LOG.debug("The orders for routes could not be read", ledgerDown);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("No order is carried out any more", stopping);
        }
    }

    /** A route that is drained keeps no other from being stopped, and learns of it before its turn comes. */
    private void begin(WantedRoute order) {
        if (!atWork.add(order.routeId())) {
            return;
        }
        List<String> ids = order.state() == WantedRoute.State.STOPPED ? List.of(order.routeId()) : List.of();
        stop.begins(ids);
        try {
            work.execute(() -> {
                carryOut(order);
                stop.ends(ids);
                atWork.remove(order.routeId());
            });
        } catch (RejectedExecutionException stopping) {
            stop.ends(ids);
            atWork.remove(order.routeId());
            throw stopping;
        }
    }

    private void carryOut(WantedRoute order) {
        String id = order.routeId();
        try {
            ServiceStatus status = controller().getRouteStatus(id);
            if (status != null) {
                bring(id, status, order.state());
                LOG.info("{} was {} as {} ordered.", id, word(order.state()), order.orderedBy());
            }
            routes.follow(order);
            told.remove(id);
        } catch (Exception failure) {
            if (told.add(id)) {
                LOG.error(
                        "{} could not be {} as {} ordered: {}. It is tried again; this line comes once.",
                        id,
                        word(order.state()),
                        order.orderedBy(),
                        failure.toString());
            }
            LOG.debug("{} could not be {}", id, word(order.state()), failure);
        }
    }

    private void bring(String id, ServiceStatus status, WantedRoute.State wanted) throws Exception {
        switch (wanted) {
            case STOPPED -> {
                if (!status.isStopped()) {
                    controller().stopRoute(id);
                }
            }
            case RUNNING -> {
                if (status.isSuspended()) {
                    controller().resumeRoute(id);
                } else if (!status.isStarted()) {
                    controller().startRoute(id);
                }
            }
        }
    }

    private RouteController controller() {
        return camel.getObject().getRouteController();
    }

    private static String word(WantedRoute.State state) {
        return state == WantedRoute.State.RUNNING ? "started" : "stopped";
    }

    @Override
    public synchronized void stop() {
        if (rhythm != null) {
            rhythm.shutdownNow();
            work.shutdown();
            rhythm = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return rhythm != null;
    }
}
