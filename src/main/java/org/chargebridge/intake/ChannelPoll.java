package org.chargebridge.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;
import org.apache.camel.spi.ExceptionHandler;
import org.chargebridge.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Follows one channel's polls: one warning for each cause of an outage, one line when they work again, and in between
 * the health that tells. A file that cannot be fetched or archived is a failed poll too.
 */
public final class ChannelPoll extends RemoteFilePollingConsumerPollStrategy implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelPoll.class);

    private static final Duration[] TIMES = {Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(10)};
    private static final int LONGEST_POLL_SECONDS = 120;
    private static final int SHOWN_MAX = 5;

    /** Between logins that are refused, in the end: servers lock accounts and addresses that go on trying. */
    private static final Duration LOGIN_PAUSE_MAX = Duration.ofMinutes(10);

    private final Channel channel;
    private final LongSupplier nanoTime;
    private final StableFileFilter<Object> filter;
    private final ArchiveOnServer<Object> archive;
    private final Counter polls;
    private final Counter failures;
    private final Timer time;

    private final Set<String> told = new HashSet<>();
    /** As the last poll that worked found it. */
    private Map<String, String> notTaken = Map.of();

    private Optional<String> failure = Optional.empty();
    private PollFailure.Kind failureKind = PollFailure.Kind.OTHER;
    private long failingSinceNanos;
    private int loginsRefused;
    private boolean failedInThisPoll;
    private boolean polled;
    private long beganNanos;
    private long endedNanos;

    ChannelPoll(Channel channel, LongSupplier nanoTime, MeterRegistry metrics) {
        this.channel = channel;
        this.nanoTime = nanoTime;
        this.polls = metrics.counter("chargebridge.polls", "channel", channel.name(), "outcome", "ok");
        this.failures = metrics.counter("chargebridge.polls", "channel", channel.name(), "outcome", "failed");
        this.time = Timer.builder("chargebridge.sftp.poll")
                .description("How long a poll takes, with the files that it takes")
                .tag("channel", channel.name())
                .serviceLevelObjectives(TIMES)
                .register(metrics);
        Counter refused = metrics.counter("chargebridge.file.names.refused", "channel", channel.name());
        this.archive = new ArchiveOnServer<>(channel.input().markerSuffix());
        this.filter = new StableFileFilter<>(
                new FileNames(channel.input().filePattern()),
                channel.input().markerSuffix(),
                Duration.ofSeconds(channel.sftp().pollIntervalSeconds()).toNanos() / 2,
                nanoTime,
                (name, why) -> {
                    refused.increment();
                    LOG.warn(
                            "Channel {}: the file \"{}\" in {} is not taken: {}. Rename it.",
                            channel.name(),
                            name,
                            channel.sftp().outDirectory(),
                            why);
                });
    }

    public StableFileFilter<?> filter() {
        return filter;
    }

    public ArchiveOnServer<?> archive() {
        return archive;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        nameInLog();
        synchronized (this) {
            if (loginsRefused > 0
                    && nanoTime.getAsLong() - endedNanos < loginPause().toNanos()) {
                return false;
            }
            failedInThisPoll = false;
            beganNanos = nanoTime.getAsLong();
        }
        filter.pollBegins();
        return super.begin(consumer, endpoint);
    }

    /** Doubled with each login that is refused; a poll comes a little early at times. */
    private Duration loginPause() {
        Duration interval = Duration.ofSeconds(channel.sftp().pollIntervalSeconds());
        Duration doubled = interval.multipliedBy(1L << Math.min(loginsRefused - 1, 10));
        Duration most = interval.compareTo(LOGIN_PAUSE_MAX) > 0 ? interval : LOGIN_PAUSE_MAX;
        return (doubled.compareTo(most) < 0 ? doubled : most).minus(interval.dividedBy(2));
    }

    /** Again after each file too, whose route took the names away at its end. */
    private void nameInLog() {
        MDC.put("route", "fetch-invoices");
        MDC.put("channel", channel.name());
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        super.commit(consumer, endpoint, polledMessages);
        nameInLog();
        synchronized (this) {
            if (!failedInThisPoll) {
                polls.increment();
                failure.ifPresent(was -> LOG.info("Channel {}: polls of {} work again.", channel.name(), place()));
                failure = Optional.empty();
                loginsRefused = 0;
                told.clear();
                tellNotTaken(filter.notTaken());
            }
            ended();
        }
    }

    /** One line for all that a poll newly passes over; names that are refused have told themselves. */
    private void tellNotTaken(Map<String, String> found) {
        List<String> fresh = found.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(notTaken.get(entry.getKey())))
                .filter(entry -> !filter.refusedNames().contains(entry.getKey()))
                .map(entry -> "\"" + entry.getKey() + "\" (" + entry.getValue() + ")")
                .toList();
        notTaken = found;
        if (!fresh.isEmpty()) {
            LOG.info(
                    "Channel {}: {} {} in {} and not taken: {}{}. Health sftp names them as long as they lie there.",
                    channel.name(),
                    fresh.size(),
                    fresh.size() == 1 ? "lies" : "lie",
                    channel.sftp().outDirectory(),
                    String.join(", ", fresh.subList(0, Math.min(SHOWN_MAX, fresh.size()))),
                    fresh.size() > SHOWN_MAX ? ", ..." : "");
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) throws Exception {
        failed(Optional.empty(), cause);
        synchronized (this) {
            ended();
        }
        return super.rollback(consumer, endpoint, retryCounter, cause);
    }

    @Override
    public void handleException(Throwable exception) {
        handleException(exception.getMessage(), null, exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        handleException(message, null, exception);
    }

    /** What went wrong outside the route: a poll as a whole (told by {@link #rollback} already), a fetch, a move. */
    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        if (exchange != null) {
            failed(Optional.of(fileOf(exchange)), exception);
        }
    }

    private static String fileOf(Exchange exchange) {
        GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
        return file == null ? "a file" : "\"" + FileNames.printable(file.getFileNameOnly()) + "\"";
    }

    /** @param file as it can be shown; empty where the poll as a whole failed */
    private synchronized void failed(Optional<String> file, Throwable thrown) {
        nameInLog();
        failedInThisPoll = true;
        failures.increment();
        PollFailure why = file.isPresent() ? PollFailure.ofFile(channel, thrown) : PollFailure.of(channel, thrown);
        String what = file.map(name -> "cannot fetch or archive " + name).orElse("cannot be polled");
        loginsRefused = why.kind() == PollFailure.Kind.LOGIN ? loginsRefused + 1 : 0;
        if (told.add(why.cause())) {
            LOG.warn(
                    "Channel {}: {} {}: {}. It is tried again {} s; this line comes once an outage.",
                    channel.name(),
                    place(),
                    what,
                    why.text(),
                    again(why.kind()));
        }
        if (failure.isEmpty()) {
            failingSinceNanos = nanoTime.getAsLong();
        }
        failureKind = why.kind();
        failure = Optional.of(what + ": " + why.text());
    }

    private String again(PollFailure.Kind kind) {
        int seconds = channel.sftp().pollIntervalSeconds();
        return kind == PollFailure.Kind.LOGIN
                ? "after " + seconds + " to " + Math.max(seconds, LOGIN_PAUSE_MAX.toSeconds())
                : "every " + seconds;
    }

    private void ended() {
        polled = true;
        time.record(Duration.ofNanos(nanoTime.getAsLong() - beganNanos));
        endedNanos = nanoTime.getAsLong();
        MDC.remove("route");
        MDC.remove("channel");
    }

    /** How the polls of this node fail; empty where they work, or where there was none for a while. */
    synchronized Optional<Failing> failing() {
        long now = nanoTime.getAsLong();
        long fresh = 3L * channel.sftp().pollIntervalSeconds()
                + LONGEST_POLL_SECONDS
                + (loginsRefused > 0 ? LOGIN_PAUSE_MAX.toSeconds() : 0);
        if (failure.isEmpty() || !polled || Duration.ofNanos(now - endedNanos).toSeconds() > fresh) {
            return Optional.empty();
        }
        return Optional.of(new Failing(failureKind, failure.get(), Duration.ofNanos(now - failingSinceNanos)));
    }

    /** @param since how long */
    record Failing(PollFailure.Kind kind, String why, Duration since) {}

    /** Names that lie there and cannot be taken, as they can be shown. */
    Set<String> refusedNames() {
        return filter.refusedNames();
    }

    private String place() {
        Channel.Sftp sftp = channel.sftp();
        return sftp.host() + ":" + sftp.port() + " " + sftp.outDirectory();
    }

    /** How polls on this node go. */
    public synchronized PollState state() {
        if (!polled) {
            return new PollState(
                    failure.isPresent() ? PollState.Outcome.FAILS : PollState.Outcome.NONE,
                    failure,
                    Optional.empty(),
                    Map.of());
        }
        long seconds = Duration.ofNanos(nanoTime.getAsLong() - endedNanos).toSeconds();
        return new PollState(
                failure.isPresent() ? PollState.Outcome.FAILS : PollState.Outcome.WORKS,
                failure,
                Optional.of(seconds),
                notTaken);
    }
}
