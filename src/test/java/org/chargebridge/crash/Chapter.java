package org.chargebridge.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Some rounds of killing in a world of their own, drawn from a seed: which point and which of its hits, SIGKILL at any
 * moment, a kill during recovery, a pause longer than the lease, and an API that misbehaves meanwhile.
 */
final class Chapter {

    static final int ROUNDS = 12;

    private static final int DAYS = 2;
    private static final List<Integer> SIZES = List.of(3, 10, 40, 400, 2_500);
    /** Days before a change of clocks, a leap day, a year's end, and an ordinary one. */
    private static final List<String> BEGINNINGS =
            List.of("2026-03-27", "2026-10-23", "2028-02-26", "2026-12-29", "2026-11-02");

    private static final List<String> MISBEHAVIOURS = List.of(
            "\"kind\": \"drop-after\"",
            "\"kind\": \"drop-before\"",
            "\"kind\": \"truncate\"",
            "\"kind\": \"reset\"",
            "\"kind\": \"html\"",
            "\"kind\": \"status\", \"status\": 500",
            "\"kind\": \"status-after\", \"status\": 503",
            "\"kind\": \"status\", \"status\": 429, \"headers\": {\"Retry-After\": \"2\"}",
            "\"kind\": \"delay\", \"delayMillis\": 2500",
            "\"kind\": \"drip\", \"delayMillis\": 4000");

    private static final List<String> CALLS = List.of("create-charges", "create-charges", "get-charge");
    private static final List<String> ACTION_CALLS = List.of(
            "cancel-charge",
            "capture-charge",
            "refund-charge",
            "update-agreement",
            "draft-agreement",
            "list-agreements",
            "get-agreement",
            "read-feed",
            "read-date");

    private static final List<String> WEBHOOK_MISBEHAVIOURS = List.of(
            "\"kind\": \"webhook-lose\"",
            "\"kind\": \"webhook-double\"",
            "\"kind\": \"webhook-delay\", \"delayMillis\": 90000000",
            "\"kind\": \"webhook-reorder\", \"delayMillis\": 60000");

    private final World world;
    private final Driver driver;
    private final Random random;
    private final Gateway gateway;
    private final Gateway other;
    private final List<String> points = Killpoints.all();
    private final Map<String, Integer> hits = new TreeMap<>();
    private int round;
    private int kills;

    private Chapter(World world, Random random) {
        this.world = world;
        this.random = random;
        this.driver = new Driver(world, random);
        this.gateway = world.gateway("one");
        this.other = world.gateway("two");
    }

    /** What a chapter's lot begins with. */
    static Random lot(long seed, int number) {
        return new Random(seed * 1_000_003L + number);
    }

    /**
     * Plays a chapter to its end.
     *
     * @throws AssertionError naming the round, where something was lost, doubled, or does not come to rest
     */
    static Chapter play(Path home, Installation installation, long seed, int number) {
        Random random = lot(seed, number);
        Instant start = Instant.parse(BEGINNINGS.get(random.nextInt(BEGINNINGS.size())) + "T07:00:00Z");
        try (World world = new World(home, installation, start, Policies.drawn(random))) {
            Chapter chapter = new Chapter(world, random);
            try {
                chapter.play();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "chapter " + number + ", round " + chapter.round + ", " + chapter.kills + " kills in it: "
                                + failure.getMessage(),
                        failure);
            }
            return chapter;
        }
    }

    private void play() {
        for (round = 1; round <= ROUNDS; round++) {
            int lot = random.nextInt(100);
            misbehave();
            if (lot < 50) {
                atPoint();
            } else if (lot < 70) {
                atAnyMoment();
            } else if (lot < 90) {
                twice();
            } else {
                frozen();
            }
        }
        gateway.start(Optional.empty()).awaitReady();
        driver.judge();
        gateway.stop();
    }

    private void misbehave() {
        world.simulator().clearFaults();
        if (random.nextInt(2) == 0) {
            boolean ofWebhooks = random.nextInt(3) == 0;
            List<String> kinds = ofWebhooks ? WEBHOOK_MISBEHAVIOURS : MISBEHAVIOURS;
            List<String> operations = random.nextBoolean() ? CALLS : ACTION_CALLS;
            String operation =
                    ofWebhooks ? "recurring.charge-captured.v1" : operations.get(random.nextInt(operations.size()));
            String kind = kinds.get(random.nextInt(kinds.size()));
            int times = 1 + random.nextInt(3);
            world.simulator().fault("{\"operation\": \"%s\", %s, \"times\": %d}".formatted(operation, kind, times));
            Progress.say("  the API misbehaves " + times + " times at " + operation + ": " + kind);
        }
    }

    private int lines() {
        return SIZES.get(Math.min(random.nextInt(SIZES.size()), random.nextInt(SIZES.size())));
    }

    private void atPoint() {
        String point = points.get(random.nextInt(points.size()));
        int lines = lines();
        driver.feed(lines);
        dieAt(point, 1 + random.nextInt(3), lines);
    }

    private void dieAt(String point, int hit, int lines) {
        gateway.start(Optional.of(point + ":" + hit)).awaitReady();
        boolean died = driver.workUntilDead(gateway, lines, DAYS);
        if (died) {
            hits.merge(point, 1, Integer::sum);
        } else {
            gateway.kill();
        }
        killed((died ? "at " + point + ":" + hit : "at rest, since " + point + ":" + hit + " was not reached")
                + ", files of " + lines + " lines");
    }

    private void killed(String how) {
        kills++;
        Progress.say("  round " + round + ": killed " + how);
    }

    private void atAnyMoment() {
        driver.feed(lines());
        gateway.start(Optional.empty());
        if (random.nextBoolean()) {
            gateway.awaitReady();
        }
        long millis = driver.awaitMoment(9_000).toMillis();
        gateway.kill();
        killed("after " + millis + " ms");
        if (random.nextBoolean()) {
            driver.passDueDate();
        }
    }

    /** The second kill falls into the recovery from the first. */
    private void twice() {
        atPoint();
        if (random.nextBoolean()) {
            dieAt(points.get(random.nextInt(points.size())), 1, lines());
        } else {
            atAnyMoment();
        }
    }

    /** A node stands still for longer than its lease while another works, and goes on as if nothing had been. */
    private void frozen() {
        driver.feed(lines());
        gateway.start(Optional.empty()).awaitReady();
        driver.awaitMoment(4_000);
        gateway.freeze();
        other.start(Optional.empty()).awaitReady();
        driver.feed(lines());
        driver.awaitMoment(9_000);
        gateway.thaw();
        Progress.say("  round " + round + ": a node stood still for longer than its lease");
        driver.awaitMoment(5_000);
        other.kill();
        killed("the other of two nodes");
        gateway.kill();
        killed("the one that had stood still");
    }

    int kills() {
        return kills;
    }

    /** How often the gateway died at each point. */
    Map<String, Integer> hits() {
        return hits;
    }
}
