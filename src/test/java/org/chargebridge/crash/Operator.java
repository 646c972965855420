package org.chargebridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * People who decide about what was held, over HTTP as people do, at any moment: also while a gateway starts, dies or
 * stands still.
 */
final class Operator implements AutoCloseable {

    private static final String LETTERS = "/observe/deadletters";
    private static final long PAUSE_MILLIS = 1_000;

    private final World world;
    private final Random random;
    private final Approver approver;
    private final ObjectMapper json = new ObjectMapper();
    private final ScheduledExecutorService days = Executors.newSingleThreadScheduledExecutor(Operator::thread);
    private boolean begun;

    Operator(World world, Random random) {
        this.world = world;
        this.random = random;
        this.approver = new Approver(world, random);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "operator");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to decide; once. */
    synchronized void begin() {
        if (!begun) {
            begun = true;
            String name = world.name();
            days.execute(() -> Progress.in(name));
            days.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        List<Gateway> running = world.running();
        if (running.isEmpty()) {
            return;
        }
        try {
            switch (random.nextInt(10)) {
                case 0 -> decide(running.get(random.nextInt(running.size())));
                case 1, 2, 3, 4 -> approver.decide(running);
                default -> {} // Nobody looks.
            }
        } catch (IOException died) {
            // It died or is not ready yet; what was ordered is written down by whoever ordered it.
        } catch (RuntimeException failure) {
            Progress.say("  an operator gave up: " + failure);
            throw failure;
        }
    }

    /** Decides about one held line, where there is one. */
    private void decide(Gateway gateway) throws IOException {
        JsonNode letters = json.readTree(gateway.operatorGets(LETTERS + "?kind=LINE&limit=20"))
                .path("deadLetters");
        if (letters.isEmpty()) {
            return;
        }
        long id = letters.get(random.nextInt(letters.size())).path("id").asLong();
        boolean release = random.nextInt(3) > 0;
        int status = release
                ? gateway.operatorPosts(LETTERS + "/" + id + "/redrive", "{}")
                : gateway.operatorPosts(LETTERS + "/" + id + "/discard", "{\"reason\": \"paid in cash\"}");
        Progress.say("  the operator " + (release ? "releases" : "discards") + " a held line: " + status);
    }

    /** Decides nothing more. */
    @Override
    public void close() {
        days.shutdown();
        try {
            if (!days.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("An operator does not come to an end");
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
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
