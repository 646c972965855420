package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.chargebridge.clock.TestClock;
import org.junit.jupiter.api.Test;

/** Nodes that take work from each other while leases run out under their hands. */
class LeaseRaceTest {

    private static final int NODES = 4;
    private static final int STEPS = 2_500;
    private static final int FILES = 300;

    private final long seed = System.nanoTime();
    private final TestClock clock = new TestClock("2026-11-20T09:00:00Z");
    private final AtomicInteger refused = new AtomicInteger();
    private final Map<Long, AtomicInteger> verified = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> delivered = new ConcurrentHashMap<>();

    @Test
    void inTenThousandStepsOfFourNodesEachFileIsVerifiedAndDeliveredByOneOwner() throws Exception {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            OutboundFiles files = new OutboundFiles(database.jdbc(), clock, new SimpleMeterRegistry());
            for (int i = 0; i < FILES; i++) {
                files.createText(
                        "demo",
                        OutboundFile.Kind.RECEIPT,
                        "in",
                        i + ".csv",
                        String.valueOf(i).getBytes(StandardCharsets.UTF_8));
            }
            ExecutorService threads = Executors.newFixedThreadPool(NODES);
            List<Future<?>> nodes = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                nodes.add(threads.submit(node(database, files, new Random(seed + node), "node " + node)));
            }
            for (Future<?> node : nodes) {
                node.get();
            }
            threads.shutdown();

            assertThat(verified.values()).as("seed " + seed).allMatch(times -> times.get() == 1);
            assertThat(delivered.values()).as("seed " + seed).allMatch(times -> times.get() == 1);
            assertThat(delivered).as("seed " + seed).isNotEmpty();
            assertThat(refused.get()).as("owners that came too late").isPositive();
            assertThat(database.jdbc()
                            .sql("select count(*) from outbound_file where state = 'DELIVERED'")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(delivered.size());
        }
    }

    /** What one node does: it holds on to files that it leased a while ago, too. */
    private Callable<Void> node(LedgerDatabase database, OutboundFiles files, Random random, String name) {
        return () -> {
            List<OutboundFile> held = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                int choice = random.nextInt(10);
                if (choice < 4 || held.isEmpty()) {
                    Optional<OutboundFile> next = files.lease("demo", name, Duration.ofSeconds(60));
                    next.ifPresent(held::add);
                } else if (choice < 6) {
                    runOut(database, random.nextInt(FILES) + 1);
                } else {
                    OutboundFile file = held.remove(random.nextInt(held.size()));
                    advance(files, file, random).ifPresent(held::add);
                }
            }
            return null;
        };
    }

    private static void runOut(LedgerDatabase database, long id) {
        database.jdbc()
                .sql("update outbound_file set lease_until = clock_timestamp() - interval '1 second'"
                        + " where id = ? and lease_until is not null")
                .param(id)
                .update();
    }

    private Optional<OutboundFile> advance(OutboundFiles files, OutboundFile file, Random random) {
        try {
            if (random.nextInt(3) == 0) {
                files.postpone(file, "it did not work", clock.instant());
                return Optional.empty();
            }
            if (file.isRendered()) {
                OutboundFile next = files.verified(file);
                count(verified, file);
                return Optional.of(next);
            }
            files.delivered(file);
            count(delivered, file);
        } catch (OutboundFiles.LeaseLostException another) {
            refused.incrementAndGet();
        }
        return Optional.empty();
    }

    private static void count(Map<Long, AtomicInteger> counts, OutboundFile file) {
        counts.computeIfAbsent(file.id(), unused -> new AtomicInteger()).incrementAndGet();
    }
}
