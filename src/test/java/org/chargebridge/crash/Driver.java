package org.chargebridge.crash;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Feeds files and moves time, so that a gateway comes past every step of its work, until it dies or has done all. */
final class Driver {

    private static final Duration PHASE_MAX = Duration.ofSeconds(45);
    /** The API lets agreements be listed five times a minute, and each unanswered draft is searched for in two lists. */
    private static final Duration REST_MAX = Duration.ofSeconds(300);

    private static final LocalTime MORNING = LocalTime.of(7, 0);

    private final World world;
    private final Workload workload;
    private final Customers customers;
    private final People people;
    private final Random random;

    Driver(World world, Random random) {
        this.world = world;
        this.workload = new Workload(world, random);
        this.customers = new Customers(world, random);
        this.people = new People(world, new Random(random.nextLong()));
        this.random = random;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(world.simulator().now(), ZoneOffset.UTC);
    }

    /** A day's files: a fresh one, and by chance others, with actions on charges that may be anywhere on their way. */
    void feed(int goodLines) {
        people.begin();
        LocalDate due = today().plusDays(2);
        workload.dropFresh(goodLines, due);
        if (random.nextInt(3) == 0) {
            workload.dropActions(today());
        }
        if (random.nextInt(3) == 0) {
            workload.dropAgain();
        }
        if (random.nextInt(3) == 0) {
            workload.dropCorrected(due);
        }
        if (random.nextInt(4) == 0) {
            workload.dropJoined(due);
        }
        if (random.nextInt(5) == 0) {
            workload.dropUnreadable();
        }
    }

    /** On some days the API answers captures, cancellations and refunds with 202, and does them a moment later. */
    private void takeTime() {
        if (random.nextBoolean()) {
            return;
        }
        for (String operation : List.of("capture-charge", "cancel-charge", "refund-charge")) {
            world.simulator()
                    .fault("{\"operation\": \"%s\", \"kind\": \"accept\", \"delayMillis\": 1500, \"times\": %d}"
                            .formatted(operation, 1 + random.nextInt(2)));
        }
    }

    /** Moves time to the morning after the due date of what was fed last: by then every charge is final. */
    void passDueDate() {
        world.simulator().moveTo(today().plusDays(3).atTime(MORNING).toInstant(ZoneOffset.UTC));
    }

    /**
     * What was fed is taken and sent, acted upon and answered by customers, due dates pass, reports are made, more is fed:
     * until the gateway is dead.
     *
     * @return whether it died
     */
    boolean workUntilDead(Gateway gateway, int goodLines, int days) {
        for (int day = 0; day < days && gateway.isAlive(); day++) {
            if (day > 0) {
                feed(goodLines);
            }
            phase(gateway, () -> world.isTaken() && isSent());
            people.work(gateway);
            phase(
                    gateway,
                    () -> isOrdered() && isDelivered() && world.simulator().isSeen());
            if (gateway.isAlive()) {
                takeTime();
                workload.dropActions(today());
            }
            phase(gateway, () -> world.isTaken() && isSent() && isDone() && isDelivered());
            customers.answer();
            people.visit();
            if (gateway.isAlive()) {
                passDueDate();
            }
            phase(gateway, () -> world.simulator().isSeen());
            if (gateway.isAlive()) {
                world.simulator().advance(Duration.ofMinutes(2));
            }
            phase(gateway, () -> isReported() && isSettled() && isDelivered() && isDone());
        }
        return !gateway.isAlive();
    }

    private void phase(Gateway gateway, BooleanSupplier done) {
        try {
            await("a step of the work", PHASE_MAX, () -> !gateway.isAlive() || done.getAsBoolean());
        } catch (ConditionTimeoutException late) {
            // What is late now is caught up with on a later day; that nothing is late in the end is checked at rest.
            Progress.say("  (a step is late: " + state() + ")");
        }
    }

    /** Waits, and says what the work looks like if that was in vain. */
    private void awaitRest(String what, BooleanSupplier done) {
        try {
            await(what, REST_MAX, done);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("The gateway does not come to rest, " + what + ": " + state(), never);
        }
    }

    static void await(String what, Duration patience, BooleanSupplier done) {
        Awaitility.await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(done::getAsBoolean);
    }

    /** Lets the gateway finish everything, moving time as far as that needs. */
    void rest() {
        world.simulator().clearFaults();
        takeTime();
        Instant started = Instant.now();
        while (true) {
            awaitRest("all files are taken and sent", () -> world.isTaken() && isSent());
            awaitRest("what can have changed is looked up", this::isLookedUp);
            awaitRest("what people ordered is carried out", this::isOrdered);
            awaitRest("what can be done now is done", this::isDone);
            world.simulator().advance(Duration.ofMinutes(2));
            awaitRest("all is reported and delivered", () -> isReported() && isSettled() && isDelivered());
            boolean quiet = openCharges() == 0 && openActions() == 0;
            if (world.isTaken()
                    && isSent()
                    && world.simulator().isSeen()
                    && quiet
                    && isReported()
                    && isSettled()
                    && isDelivered()) {
                return;
            }
            if (Duration.between(started, Instant.now()).compareTo(REST_MAX.multipliedBy(4)) > 0) {
                throw new AssertionError("The gateway does not come to rest: " + state());
            }
            world.simulator().advance(Duration.ofHours(13));
        }
    }

    private boolean isSent() {
        return world.ask("select (select count(*) from block where dispatch_id is null)"
                        + " + (select count(*) from dispatch where state in ('READY', 'SENDING'))")
                == 0;
    }

    /** Whether every decision about many letters is at its end. */
    private boolean isOrdered() {
        return world.ask("select count(*) from bulk_order where state = 'RUNNING'") == 0;
    }

    private boolean isDelivered() {
        return world.ask("select (select count(*) from receipt_request where rendered_at is null)"
                        + " + (select count(*) from outbound_file where state <> 'DELIVERED')")
                == 0;
    }

    private boolean isReported() {
        return world.ask("select count(*) from event where reportable and report_id is null") == 0;
    }

    /** Whether what was paid out by the last day that is closed was read and told. */
    private boolean isSettled() {
        return new SettlementProgress(world).isDone();
    }

    /** Whether no look-up is overdue; others wait for their time. */
    private boolean isLookedUp() {
        String overdue = " where next_check_at <= '" + world.simulator().now() + "')";
        return world.ask(
                        "select (select count(*) from charge" + overdue + " + (select count(*) from dispatch" + overdue)
                == 0;
    }

    /** What is reserved stays so for half a year where no line asks for it. */
    private long openCharges() {
        return world.ask("select (select count(*) from charge where next_check_at is not null"
                + " and status not in ('RESERVED', 'PARTIALLY_CAPTURED'))"
                + " + (select count(*) from dispatch where next_check_at is not null)");
    }

    /** Whether no operation, draft or agreement can go on now; others wait for their time. */
    private boolean isDone() {
        String due = " and %s.next_attempt_at <= '" + world.simulator().now() + "'";
        return world.ask("select (select count(*) from operation o where o.state = 'OPEN'" + due.formatted("o")
                        + " and not exists (select 1 from operation e where e.target = o.target and e.state = 'OPEN'"
                        + " and e.phase not in ('WATCH', 'AWAIT') and (e.file_id, e.position) < (o.file_id, o.position)))"
                        + " + (select count(*) from draft d where d.state in ('READY', 'UNKNOWN')" + due.formatted("d")
                        + ") + (select count(*) from draft where state = 'SENDING')"
                        + " + (select count(*) from draft where state = 'ACTIVE' and mapped_at is null)")
                == 0;
    }

    private long openActions() {
        return world.ask(
                "select (select count(*) from operation where state = 'OPEN')"
                        + " + (select count(*) from draft where state in ('READY', 'SENDING', 'UNKNOWN', 'PENDING')"
                        + " or state = 'ACTIVE' and mapped_at is null"
                        + " or way = 'DIRECT' and reply_number is null and (state in ('REFUSED', 'STOPPED') or agreement_id is not null))");
    }

    /** Where the work stands, for a message. */
    String state() {
        return ("out %s, unsent blocks and dispatches %s, undelivered %s, unreported %d, open charges %d, open actions %d, %s,"
                        + " time %s")
                .formatted(
                        World.names(world.out()).stream()
                                .filter(name -> !name.startsWith("."))
                                .toList(),
                        isSent() ? "none" : "some",
                        isDelivered() ? "none" : "some",
                        world.ask("select count(*) from event where reportable and report_id is null"),
                        openCharges(),
                        openActions(),
                        world.simulator().summary().path("charges"),
                        world.simulator().now());
    }

    /** Everything that must hold whenever the gateway rests. */
    void judge() {
        people.close();
        rest();
        people.settle(world.running().get(0));
        List<String> findings = new ArrayList<>(world.findings());
        findings.addAll(world.violations());
        if (!findings.isEmpty()) {
            throw new AssertionError("The run is not sound:\n" + String.join("\n", findings));
        }
    }

    /** Waits for a moment between now and so many milliseconds from now, drawn by lot; gives how long it was. */
    Duration awaitMoment(int withinMillis) {
        Duration pause = Duration.ofMillis(random.nextInt(withinMillis));
        long end = System.nanoTime() + pause.toNanos();
        await("a moment", pause.plusSeconds(30), () -> System.nanoTime() - end >= 0);
        return pause;
    }
}
