package org.chargebridge.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.ReportTimes;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.Reports;
import org.chargebridge.ledger.SentFiles;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Role;
import org.springframework.stereotype.Service;

/** The calendar of files that went to ERPs and of reports that will, and how one goes once more. */
@Service
public class Deliveries {

    /** A file on its way for longer than this is late. */
    private static final Duration LATE = Duration.ofMinutes(10);
    /** Of one channel and kind: a schedule may fire every minute. */
    private static final int FIRES_MAX = 50;

    /** Which report a schedule writes. */
    public enum ReportKind {
        STATUS,
        SETTLEMENT
    }

    /** What a report that is due needs to be written. */
    public enum Given {
        /** Nothing: it is written. */
        ALWAYS,
        /** Something that changed by then. */
        CHANGES,
        /** A payout, a day or a month that gets no more entries by then. */
        SETTLED
    }

    /** A report that is due then. */
    public record Due(String channel, ReportKind kind, Instant at, Given given) {}

    private static final Comparator<Due> SOONEST =
            Comparator.comparing(Due::at).thenComparing(Due::channel).thenComparing(Due::kind);

    /** A file with whether it should have arrived by now. */
    public record Sent(SentFiles.Sent file, boolean late) {}

    private final SentFiles files;
    private final Reports reports;
    private final Channels channels;
    private final AuditedOrder orders;
    private final Clock clock;

    Deliveries(SentFiles files, Reports reports, Channels channels, AuditedOrder orders, Clock clock) {
        this.files = files;
        this.reports = reports;
        this.channels = channels;
        this.orders = orders;
        this.clock = clock;
    }

    /** Today, where the channel is, or the first channel. */
    public LocalDate today(Optional<String> channel) {
        return LocalDate.ofInstant(clock.instant(), zone(channel));
    }

    private ZoneId zone(Optional<String> channel) {
        return channel.filter(channels::has)
                .map(channels::named)
                .map(Channel::zone)
                .orElseGet(channels::zone);
    }

    /**
     * A page of the files made within some days, newest first.
     *
     * @param channel empty for all of them
     * @param from the first day, in the zone of the channel
     * @param to the last day
     */
    public List<Sent> sent(Optional<String> channel, LocalDate from, LocalDate to, long before, int limit) {
        ZoneId zone = zone(channel);
        Instant since = from.atStartOfDay(zone).toInstant();
        Instant until = to.plusDays(1).atStartOfDay(zone).toInstant();
        Instant late = clock.instant().minus(LATE);
        return files.between(channel, since, until, before, limit).stream()
                .map(file -> new Sent(
                        file,
                        file.state() != OutboundFile.State.DELIVERED
                                && file.renderedAt().isBefore(late)))
                .toList();
    }

    /**
     * The reports that fall due from now to the end of a day, the next first; 50 of each channel and kind at most. Days on which
     * settlement reports wait for the bank have none.
     */
    public List<Due> due(Optional<String> channel, LocalDate to) {
        List<Due> due = new ArrayList<>();
        for (Channel each : channels.all()) {
            if (channel.isPresent() && !channel.get().equals(each.name())) {
                continue;
            }
            addAll(due, each, to, FIRES_MAX);
        }
        due.sort(SOONEST);
        return due;
    }

    /** The next report of a channel that falls due before the end of a day; empty where none does. */
    public Optional<Due> next(Channel channel, LocalDate to) {
        List<Due> due = new ArrayList<>();
        addAll(due, channel, to, 1);
        return due.stream().min(SOONEST);
    }

    private void addAll(List<Due> due, Channel channel, LocalDate to, int firesMax) {
        Instant until = to.plusDays(1).atStartOfDay(channel.zone()).toInstant();
        Given later = channel.reports().writeEmpty() ? Given.ALWAYS : Given.CHANGES;
        Given first =
                later == Given.CHANGES && reports.hasChanges(channel.name(), clock.instant()) ? Given.ALWAYS : later;
        List<Instant> statuses = fires(after -> ReportTimes.nextStatus(channel, after), until, firesMax);
        for (Instant at : statuses) {
            due.add(new Due(channel.name(), ReportKind.STATUS, at, at.equals(statuses.get(0)) ? first : later));
        }
        for (Instant at : fires(after -> ReportTimes.nextSettlement(channel, after), until, firesMax)) {
            due.add(new Due(channel.name(), ReportKind.SETTLEMENT, at, Given.SETTLED));
        }
    }

    private List<Instant> fires(Function<Instant, Optional<Instant>> next, Instant until, int max) {
        return Stream.iterate(next.apply(clock.instant()), Optional::isPresent, fire -> fire.flatMap(next))
                .flatMap(Optional::stream)
                .takeWhile(fire -> fire.isBefore(until))
                .limit(max)
                .toList();
    }

    public Optional<SentFiles.Sent> byId(long id) {
        return files.byId(id);
    }

    /** Delivers a file once more, byte for byte; what lies there still is left as it is. */
    public Result again(long id, Actor actor, String given) {
        String reason = Reasons.of(given);
        Optional<Result> fault = Reasons.fault(reason, true);
        if (fault.isPresent()) {
            return fault.get();
        }
        if (files.byId(id).isEmpty()) {
            return Result.notFound(OutcomeSentence.NO_SUCH_FILE.of());
        }
        return orders.carryOut(
                actor,
                "deliver again",
                "outbound file " + id,
                reason,
                done -> {},
                () -> actor.is(Role.OPERATOR)
                        ? files.deliverAgain(id)
                                .map(name -> Result.accepted(OutcomeSentence.DELIVERED_AGAIN.of(name)))
                                .orElseGet(() -> undeliverable(id))
                        : Result.notAllowed(OutcomeSentence.TAKES_ROLE.of(Role.OPERATOR.word())));
    }

    private Result undeliverable(long id) {
        return Result.notPossible(files.bytesDeletedAt(id)
                .map(at -> OutcomeSentence.BYTES_DELETED.of(
                        at.atOffset(ZoneOffset.UTC).toLocalDate()))
                .orElseGet(OutcomeSentence.ON_ITS_WAY::of));
    }
}
