package org.chargebridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged gateway, killed everywhere: nothing is lost and nobody is charged twice. Each test has a world of its own,
 * so that one can start its gateway while another waits for its own.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {

    private static final Path HOME = Path.of("target", "crash-it");
    private static final long SEED = Long.getLong("seed", 20261121L);
    private static final int LINES = 12;
    private static final int DAYS = 3;

    /** Worlds in which refunds are made without a person, up to a ceiling. */
    private static final Set<String> AUTOMATIC = Set.of("moments", "frozen");
    /** Worlds in which agreements are drafted when customers open our addresses. */
    private static final Set<String> BY_LINK = Set.of("links", "moments", "two-nodes");

    private static final AtomicInteger KILLS = new AtomicInteger();

    private static Installation installation;

    private World world;
    private Driver driver;
    private Gateway gateway;
    private Gateway other;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.in(HOME.resolve("installation"));
        try (World preparation = world("preparation")) {
            // The first stop writes the class data that all later starts share.
            Gateway first = preparation.gateway("one");
            first.start(Optional.empty()).awaitReady();
            first.stop();
        }
    }

    private static World world(String name) throws Exception {
        FileSystemUtils.deleteRecursively(HOME.resolve(name));
        return new World(
                HOME.resolve(name),
                installation,
                Instant.parse("2026-11-02T07:00:00Z"),
                new Policies(!AUTOMATIC.contains(name), BY_LINK.contains(name)));
    }

    private void begin(String name) throws Exception {
        Progress.in(name);
        world = world(name);
        driver = new Driver(world, new Random(SEED + name.hashCode()));
        gateway = world.gateway("one");
        other = world.gateway("two");
    }

    @AfterEach
    void endWorld() {
        if (world != null) {
            world.close();
        }
    }

    @AfterAll
    static void tell() {
        Progress.say(KILLS + " kills, seed " + SEED);
    }

    @Test
    @Order(0)
    void everyPointIsFoundInTheSources() {
        assertThat(Killpoints.all()).hasSizeGreaterThanOrEqualTo(65);
    }

    static Stream<Arguments> shares() {
        List<List<Set<String>>> shares = Killpoints.shares(3);
        return IntStream.range(0, shares.size()).mapToObj(index -> Arguments.of("points-" + index, shares.get(index)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shares")
    @Order(1)
    void killedAtEveryPointAllIsChargedOnceAndAnswered(String name, List<Set<String>> groups) throws Exception {
        begin(name);
        killedAtEach(groups);
    }

    /** The same steps as where an agreement is drafted at once, begun by whoever opens the address. */
    @Test
    @Order(2)
    void killedWhileCustomersOpenOurAddressesNobodyHasTwoAgreements() throws Exception {
        begin("links");
        killedAtEach(List.of(Killpoints.ofLinks()));
    }

    private void killedAtEach(List<Set<String>> groups) {
        List<String> notReached = new ArrayList<>();
        for (Set<String> points : groups) {
            // Each start dies at the first of those that are left: one is come past on the way to the next.
            Set<String> left = new TreeSet<>(points);
            Optional<String> died = killedAt(left);
            while (died.isPresent() && left.remove(died.get()) && !left.isEmpty()) {
                died = killedAt(left);
            }
            notReached.addAll(left);
        }
        gateway.start(Optional.empty()).awaitReady();
        driver.judge();
        assertThat(notReached).as("points never reached").isEmpty();
    }

    /** Works until the gateway dies at one of these; empty, and killed, where it does not in some days. */
    private Optional<String> killedAt(Set<String> points) {
        Instant started = Instant.now();
        if (world.isTaken()) {
            driver.feed(LINES);
        }
        gateway.start(Optional.of(String.join(",", points))).awaitReady();
        boolean died = driver.workUntilDead(gateway, LINES, DAYS);
        long seconds = Duration.between(started, Instant.now()).toSeconds();
        if (!died) {
            Progress.say("%s WAS NOT REACHED in %d s".formatted(points, seconds));
            gateway.kill();
            return Optional.empty();
        }
        KILLS.incrementAndGet();
        assertThat(gateway.exitValue()).isEqualTo(137);
        Optional<String> point = gateway.diedAt();
        assertThat(point).get().isIn(points);
        Progress.say("%s killed it after %d s".formatted(point.get(), seconds));
        return point;
    }

    @Test
    @Order(3)
    void killedAtAnyMomentAndAgainInRecoveryAllIsChargedOnceAndAnswered() throws Exception {
        begin("moments");
        // Where no charge was ever made, no 404 is believed (MR4), and what is lost stays UNCONFIRMED for good.
        gateway.start(Optional.empty()).awaitReady();
        driver.feed(LINES);
        Driver.await(
                "a charge is seen",
                Duration.ofMinutes(2),
                () -> world.ask("select count(*) from charge where seen_at is not null") > 0);
        gateway.kill();
        for (int round = 0; round < 4; round++) {
            driver.feed(LINES);
            gateway.start(Optional.empty()).awaitReady();
            driver.feed(LINES);
            Duration first = driver.awaitMoment(5_000);
            gateway.kill();
            gateway.start(Optional.empty());
            Duration second = driver.awaitMoment(12_000);
            gateway.kill();
            KILLS.addAndGet(2);
            Progress.say("killed " + first.toMillis() + " ms after ready, and " + second.toMillis()
                    + " ms into the start after it");
            driver.passDueDate();
        }
        gateway.start(Optional.empty()).awaitReady();
        driver.judge();
    }

    @Test
    @Order(4)
    void senderFrozenLongerThanItsLeaseWritesNothingWhenItWakesUp() throws Exception {
        begin("frozen");
        gateway.start(Optional.empty()).awaitReady();
        driver.rest();
        world.simulator()
                .fault("{\"operation\": \"create-charges\", \"kind\": \"delay\", \"delayMillis\": 1500, \"times\": 1}");
        driver.feed(LINES);
        Driver.await(
                "a request is under way",
                Duration.ofSeconds(60),
                () -> world.ask("select count(*) from dispatch where state = 'SENDING'") > 0);
        gateway.freeze();
        Progress.say("froze a sender in its request; another node starts");
        other.start(Optional.empty()).awaitReady();
        Driver.await(
                "the other node takes over what the frozen one held",
                Duration.ofSeconds(60),
                () -> world.isTaken()
                        && world.ask("select count(*) from dispatch where state in ('READY', 'SENDING')") == 0);
        long token = world.ask("select max(fencing_token) from dispatch");
        gateway.thaw();
        driver.feed(LINES);
        driver.judge();
        assertThat(token).isGreaterThan(1);
        assertThat(gateway.isAlive()).isTrue();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    @Order(5)
    void ofTwoNodesTheOtherGoesOnPollingAndSendingWhenOneIsKilled() throws Exception {
        begin("two-nodes");
        gateway.start(Optional.empty());
        other.start(Optional.empty()).awaitReady();
        gateway.awaitReady();
        for (Gateway victim : List.of(gateway, other)) {
            driver.feed(LINES);
            driver.awaitMoment(3_000);
            victim.kill();
            KILLS.incrementAndGet();
            driver.feed(LINES);
            driver.rest();
            Progress.say("one of two nodes was killed; the other did all the work");
            driver.passDueDate();
            victim.start(Optional.empty()).awaitReady();
        }
        driver.judge();
    }
}
