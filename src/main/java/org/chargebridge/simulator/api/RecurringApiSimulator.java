package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chargebridge.simulator.PortInUseException;

/**
 * The Recurring API as a server on loopback, with a clock that can be moved.
 *
 * <p>Opening it rebuilds all state from the log in the data directory; every change is in that log before its call is
 * answered. Thread-safe.
 */
public final class RecurringApiSimulator implements AutoCloseable {

    private static final long TICK_MILLIS = 100;
    private static final long WEBHOOK_MILLIS = 20;

    private final SimulatedClock clock;
    private final EventLog log;
    private final Engine engine;
    private final Tokens tokens;
    private final Faults faults = new Faults();
    private final Pulse pulse;
    private final ApiDoor door;
    private final Control control;
    private final Portal portal;
    private final Settlements settlements;
    private final Customers customers;
    private final WebhookSender webhooks;
    private final HttpFront http;
    private final boolean begunAnew;
    private boolean closed;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "simulator-clock");
        thread.setDaemon(true);
        return thread;
    });

    private RecurringApiSimulator(SimulatorSettings settings, Clock real) {
        log = EventLog.open(settings.dataDirectory());
        try {
            Books books = new Books(settings);
            LastMoment last = new LastMoment();
            log.read(line -> {
                last.see(line);
                books.apply(line);
            });
            begunAnew = last.none();
            clock = last.clock(settings.clockStart(), real);
            engine = new Engine(books, log, clock);
            pulse = new Pulse(engine, clock);
            tokens = new Tokens(
                    settings.merchants(), settings.settlement().accountingKeys(), settings.tokenLifetime(), real);
            door = new ApiDoor(engine, tokens, faults, settings);
            portal = new Portal(engine);
            settlements = new Settlements(engine);
            customers = new Customers(engine);
            webhooks = new WebhookSender(engine, faults);
            control = new Control(this, log.file());
            http = new HttpFront(this, settings.port());
            engine.begin(settings);
        } catch (RuntimeException failure) {
            log.close();
            throw failure;
        }
    }

    /**
     * Starts a simulator that answers when this returns.
     *
     * @throws PortInUseException when the port is taken
     * @throws IllegalStateException when another simulator uses the data directory, or its log is damaged
     */
    public static RecurringApiSimulator start(SimulatorSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    static RecurringApiSimulator start(SimulatorSettings settings, Clock real) {
        RecurringApiSimulator simulator = new RecurringApiSimulator(settings, real);
        simulator.http.start();
        simulator.ticker.scheduleAtFixedRate(simulator::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        simulator.ticker.scheduleWithFixedDelay(
                simulator.webhooks::tick, WEBHOOK_MILLIS, WEBHOOK_MILLIS, TimeUnit.MILLISECONDS);
        return simulator;
    }

    private void tick() {
        synchronized (engine) {
            if (closed) {
                return;
            }
            pulse.beat();
        }
    }

    /** Stops answering. What was answered is in the log; what is being written to it is written to its end. */
    @Override
    public void close() {
        http.stop();
        webhooks.stop();
        HttpFront.finish(ticker);
        synchronized (engine) {
            if (closed) {
                return;
            }
            closed = true;
            engine.recordClock(clock.now());
            log.close();
        }
    }

    public int port() {
        return http.port();
    }

    /** Where the API answers, for example {@code http://127.0.0.1:8090}. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Whether there was no log before. */
    public boolean begunAnew() {
        return begunAnew;
    }

    public Instant now() {
        return clock.now();
    }

    public double speed() {
        return clock.speed();
    }

    /** Whether the clock shows real time. */
    public boolean atPresent() {
        return clock.isPresent();
    }

    /**
     * Moves the clock forward; everything that is due in between happens in order before this returns.
     *
     * @throws IllegalArgumentException when the target has passed already
     */
    public void moveTo(Instant target) {
        synchronized (engine) {
            engine.moveTo(target);
        }
    }

    public void advance(Duration by) {
        synchronized (engine) {
            engine.moveBy(by);
        }
    }

    /** Moves the clock to real time, where it stays, at real speed; does nothing when it is there or ahead. */
    public void moveToPresent() {
        synchronized (engine) {
            engine.moveToPresent();
        }
    }

    /** Lets the clock run faster than real time, from 1 up. */
    public void setSpeed(double speed) {
        synchronized (engine) {
            engine.setSpeed(speed);
        }
    }

    /** Adds agreements, or changes those that exist; an agreement that is stopped takes its open charges with it. */
    public void seed(List<Agreement> agreements) {
        synchronized (engine) {
            engine.advance();
            engine.seed(agreements);
        }
    }

    /** Stops an agreement as its merchant would. */
    public void stopAgreement(String id) {
        customers.stopByMerchant(id);
    }

    public void addFaults(List<FaultRule> rules) {
        faults.add(rules);
    }

    public List<FaultRule> faults() {
        return faults.rules();
    }

    public void clearFaults() {
        faults.clear();
    }

    /** Makes every token invalid at once. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** All charges as they are now, in no particular order. */
    public Stream<ChargeView> charges() {
        synchronized (engine) {
            engine.advance();
            return engine.books().charges().map(ChargeView::of).toList().stream();
        }
    }

    /** A charge of any sales unit; where several have the order id, the one configured first. */
    public Optional<ChargeView> charge(String orderId) {
        synchronized (engine) {
            engine.advance();
            return engine.books().charge(orderId).map(ChargeView::of);
        }
    }

    public Summary summary() {
        synchronized (engine) {
            engine.advance();
            return Summary.of(engine.books(), clock.now());
        }
    }

    /** How many webhooks are still to be told. */
    public int pendingWebhooks() {
        synchronized (engine) {
            engine.advance();
            return engine.books().webhooks().pending();
        }
    }

    /** Forgets all registrations, as the API does with receivers that do not answer. */
    public void dropWebhooks() {
        synchronized (engine) {
            engine.books().webhooks().all().stream()
                    .map(WebhookRegistration::id)
                    .toList()
                    .forEach(id -> engine.record(WebhookEndpoints.deleted(id)));
        }
    }

    /** What customers do with their agreements. */
    public Customers customers() {
        return customers;
    }

    /** What merchants do outside the API. */
    public Portal portal() {
        return portal;
    }

    /** What becomes of captured money. */
    public Settlements settlements() {
        return settlements;
    }

    /** Remembers in the log that a step of a story is done. */
    public void markStory(String step) {
        synchronized (engine) {
            engine.record(Json.object().put("op", "story").put("step", step));
        }
    }

    /** When a step of a story was done, on the simulator's clock. */
    public Optional<Instant> storyStep(String step) {
        synchronized (engine) {
            return Optional.ofNullable(engine.books().story().get(step)).map(Instant::ofEpochMilli);
        }
    }

    Reply call(Operation operation, Call call) {
        return door.answer(operation, call);
    }

    Reply control(Call call) {
        return control.answer(call);
    }

    Optional<FaultRule> fault(Operation operation, Call call) {
        Optional<FaultRule> fault = faults.take(operation, call);
        fault.ifPresent(rule -> {
            ObjectNode line = Json.object()
                    .put("op", "fault")
                    .put("kind", rule.kind().wireName())
                    .put("operation", operation.wireName())
                    .put("msn", call.header("merchant-serial-number").orElse(null))
                    .put("key", call.header("idempotency-key").orElse(null));
            synchronized (engine) {
                engine.record(line);
            }
        });
        return fault;
    }
}
