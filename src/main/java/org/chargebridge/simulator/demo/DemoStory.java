package org.chargebridge.simulator.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.chargebridge.simulator.api.ChargeStatus;
import org.chargebridge.simulator.api.ChargeView;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.Summary;
import org.chargebridge.simulator.sftp.SftpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Moves the simulator's clock as soon as the gateway has done what there was to do: to the due date, past the last
 * retry day, to the present. What is done stands in the simulator's log, so that a restart goes on from there.
 */
final class DemoStory implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DemoStory.class);
    private static final DateTimeFormatter SPOKEN =
            DateTimeFormatter.ofPattern("EEEE d MMMM HH:mm", Locale.ENGLISH).withZone(DemoProperties.OSLO);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration END = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration REPORT_TIME = Duration.ofSeconds(12);
    private static final int EVENING = 20;

    private final DemoProperties properties;
    private final RecurringApiSimulator simulator;
    private final SampleFolder folder;
    private final SftpServer sftp;
    private final Environment environment;
    private final AtomicReference<Thread> narrator = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    DemoStory(
            DemoProperties properties,
            RecurringApiSimulator simulator,
            SampleFolder folder,
            SftpServer sftp,
            Environment environment) {
        this.properties = properties;
        this.simulator = simulator;
        this.folder = folder;
        this.sftp = sftp;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Thread thread = new Thread(this::tell, "demo-story");
        thread.setDaemon(true);
        if (narrator.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    @Override
    public void destroy() {
        stopping.countDown();
        Optional.ofNullable(narrator.get()).ifPresent(DemoStory::awaitEnd);
    }

    /** No interrupt: it would close the simulator's log, which the story may be writing. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            if (properties.story()) {
                play();
            }
            sayWhereToLook();
        } catch (InterruptedException stopped) {
            LOG.debug("Demo: the story stops here and goes on at the next start", stopped);
        } catch (RuntimeException failure) {
            LOG.error("Demo: the story broke off; POST /simulator/clock moves time on by hand", failure);
        }
    }

    private void play() throws InterruptedException {
        if (simulator.storyStep(Step.PRESENT.done()).isPresent()) {
            return;
        }
        if (simulator.storyStep(Step.SENT.done()).isPresent()) {
            LOG.info("Demo: goes on where it was, {}", say(simulator.now()));
        } else {
            LOG.info("Demo: it is {}; invoices due {} lie in {}", say(simulator.now()), due(), folder.out());
        }
        step(Step.SENT, this::awaitSent);
        step(Step.DUE, () -> {
            moveTo(due().atTime(EVENING, 0).atZone(DemoProperties.OSLO).toInstant(), "the evening of the due date");
            awaitSeen();
        });
        step(Step.DUE_REPORTED, this::awaitReport);
        step(Step.RETRIED, () -> {
            moveTo(afterLastRetry(), "past the last retry day");
            awaitSeen();
        });
        step(Step.RETRIED_REPORTED, this::awaitReport);
        step(Step.PRESENT, () -> {
            sayCounts();
            simulator.moveToPresent();
            LOG.info("Demo: time moved to the present, {}; from here it runs by itself", say(simulator.now()));
        });
    }

    private enum Step {
        SENT,
        DUE,
        DUE_REPORTED,
        RETRIED,
        RETRIED_REPORTED,
        PRESENT;

        private String done() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** A part of the story that may be begun again after a kill, and is not repeated once it is done. */
    private interface Part {
        void play() throws InterruptedException;
    }

    private void step(Step step, Part part) throws InterruptedException {
        if (simulator.storyStep(step.done()).isEmpty()) {
            part.play();
            simulator.markStory(step.done());
        }
    }

    private void awaitSent() throws InterruptedException {
        // Whoever tries the gateway at once may have charges of their own there before those of the story's file.
        while (simulator.charges().noneMatch(this::isOfTheStory)) {
            pause();
        }
        AtomicReference<Long> calls = new AtomicReference<>(-1L);
        AtomicReference<Long> since = new AtomicReference<>(System.nanoTime());
        await("every order id sent was looked up", () -> {
            Summary now = simulator.summary();
            long creates = now.calls().entrySet().stream()
                    .filter(call -> call.getKey().startsWith("create-charge"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            if (creates != calls.getAndSet(creates)) {
                since.set(System.nanoTime());
            }
            return now.unseen() == 0 && System.nanoTime() - since.get() > QUIET.toNanos();
        });
        Summary sent = simulator.summary();
        LOG.info(
                "Demo: the API created {} charges and refused {}; each was looked up",
                sent.created(),
                sent.lateRefused() + sent.invalid());
    }

    private void pause() throws InterruptedException {
        if (stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the demo stops");
        }
    }

    private void awaitSeen() throws InterruptedException {
        await("every changed charge was looked up", () -> simulator.summary().unseen() == 0);
    }

    /** Lets a report's time pass, and the report arrive. */
    private void awaitReport() throws InterruptedException {
        long before = folder.reports();
        simulator.advance(Duration.ofMinutes(1));
        long deadline = System.nanoTime() + REPORT_TIME.toNanos();
        while (folder.reports() == before && System.nanoTime() - deadline < 0) {
            pause();
        }
    }

    /** Waits as long as there is progress, so that a gateway that halted does not hold time for ever. */
    private void await(String what, BooleanSupplier reached) throws InterruptedException {
        Summary last = simulator.summary();
        long progress = System.nanoTime();
        while (!reached.getAsBoolean()) {
            pause();
            Summary now = simulator.summary();
            if (now.unseen() != last.unseen() || now.created() != last.created()) {
                last = now;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > properties.patience().toNanos()) {
                LOG.warn(
                        "Demo: waited {} s for this: {}; {} are missing, time goes on",
                        properties.patience().toSeconds(),
                        what,
                        now.unseen());
                return;
            }
        }
    }

    private LocalDate due() {
        return folder.due().orElseThrow();
    }

    private boolean isOfTheStory(ChargeView charge) {
        return charge.due().equals(due().toString());
    }

    private Instant afterLastRetry() {
        int retryDays = simulator
                .charges()
                .filter(charge -> charge.status().open())
                .filter(this::isOfTheStory)
                .mapToInt(ChargeView::retryDays)
                .max()
                .orElse(0);
        return due().plusDays(retryDays + 1L).atTime(2, 0).toInstant(ZoneOffset.UTC);
    }

    private void moveTo(Instant target, String meaning) {
        if (target.isAfter(simulator.now())) {
            simulator.moveTo(target);
            LOG.info("Demo: time moved to {}, {}", say(target), meaning);
        }
    }

    private static String say(Instant instant) {
        return SPOKEN.format(instant);
    }

    private void sayCounts() {
        Summary all = simulator.summary();
        LOG.info(
                "Demo: {} charges paid, {} failed",
                all.charges().getOrDefault(ChargeStatus.CHARGED, 0L),
                all.charges().getOrDefault(ChargeStatus.FAILED, 0L));
    }

    private void sayWhereToLook() {
        LOG.info(
                "Demo: look at receipts and reports in {}, put files of your own into {} (or sftp -P {} {}@127.0.0.1)",
                folder.in(),
                folder.out(),
                sftp.port(),
                properties.sftpUser());
        LOG.info(
                "Demo: http://localhost:{} is the operator's page and http://localhost:{}/observe/health the health"
                        + " (user operator, password operator),"
                        + " {}/simulator/summary the API; stop with Ctrl-C",
                environment.getProperty("local.server.port", environment.getProperty("server.port", "8080")),
                environment.getProperty("local.management.port", environment.getProperty("management.server.port", "")),
                simulator.baseUri());
    }
}
