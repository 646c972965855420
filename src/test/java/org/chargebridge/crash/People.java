package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * People who decide about what was held, and customers who open addresses of ours, over HTTP as people do, at any moment:
 * also while a gateway starts, dies or stands still.
 */
final class People implements AutoCloseable {

    private static final long PAUSE_MILLIS = 1_000;

    private final World world;
    private final Random random;
    private final Approver approver;
    private final Clerk clerk;
    private final Visitors visitors;
    private final ScheduledExecutorService days = Executors.newSingleThreadScheduledExecutor(People::thread);
    private final AtomicBoolean begun = new AtomicBoolean();

    People(World world, Random random) {
        this.world = world;
        this.random = random;
        this.approver = new Approver(world, random);
        this.clerk = new Clerk(world, random);
        this.visitors = new Visitors(world, random);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "people");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to decide; once. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            String name = world.name();
            days.execute(() -> Progress.in(name));
            days.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void look() {
        List<Gateway> running = world.running();
        if (running.isEmpty()) {
            return;
        }
        try {
            switch (random.nextInt(10)) {
                case 0 -> clerk.decideOne(running.get(random.nextInt(running.size())));
                case 1 -> clerk.decideMany(running.get(random.nextInt(running.size())));
                case 2, 3, 4 -> approver.decide(running);
                case 5, 6 -> visitors.visit();
                default -> {} // Nobody looks.
            }
        } catch (IOException died) {
            // It died or is not ready yet; what was ordered is written down by whoever ordered it.
        } catch (RuntimeException failure) {
            Progress.say("  somebody gave up: " + failure);
            throw failure;
        }
    }

    /** A day's work: all held lines, a refund that waits and an address that was given out, where there are any. */
    synchronized void work(Gateway gateway) {
        try {
            if (gateway.isAlive()) {
                approver.decide(List.of(gateway));
                clerk.decideMany(gateway);
                visitors.visit();
            }
        } catch (IOException died) {
            Progress.say("  the gateway died before it told what waits for people");
        }
    }

    /** A customer visits an address that was given out, where there is one. */
    synchronized void visit() {
        visitors.visit();
    }

    /** Decides nothing more. */
    @Override
    public void close() {
        days.shutdown();
        try {
            if (!days.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("People do not come to an end");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Finds out what came of orders whose answers were not seen; after {@link #close}, and with a gateway that is ready. */
    void settle(Gateway gateway) {
        try {
            approver.settle(gateway);
            clerk.settle(gateway);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
