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
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.Schedules;
import org.chargebridge.ledger.OutboundFile;
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

    /** A report that is due then; one without changes may not be written. */
    public record Due(String channel, ReportKind kind, Instant at) {}

    private static final Comparator<Due> SOONEST =
            Comparator.comparing(Due::at).thenComparing(Due::channel).thenComparing(Due::kind);

    /** A file with whether it should have arrived by now. */
    public record Sent(SentFiles.Sent file, boolean late) {}

    private final SentFiles files;
    private final Channels channels;
    private final AuditedOrder orders;
    private final Clock clock;

    Deliveries(SentFiles files, Channels channels, AuditedOrder orders, Clock clock) {
        this.files = files;
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

    /** The reports that fall due from now to the end of a day, the next first; 50 of each channel and kind at most. */
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
        add(due, channel, ReportKind.STATUS, channel.reports().statusCrons(), until, firesMax);
        channel.settlement()
                .ifPresent(
                        settlement -> add(due, channel, ReportKind.SETTLEMENT, settlement.schedule(), until, firesMax));
    }

    private void add(List<Due> due, Channel channel, ReportKind kind, List<String> crons, Instant until, int firesMax) {
        Instant at = clock.instant();
        for (int i = 0; i < firesMax; i++) {
            Optional<Instant> next = Schedules.next(crons, channel.zone(), at);
            if (next.isEmpty() || !next.get().isBefore(until)) {
                return;
            }
            at = next.get();
            due.add(new Due(channel.name(), kind, at));
        }
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
            return Result.notFound("There is no such file.");
        }
        return orders.carryOut(
                actor,
                "deliver again",
                "outbound file " + id,
                reason,
                done -> {},
                () -> actor.is(Role.OPERATOR)
                        ? files.deliverAgain(id)
                                .map(name -> Result.accepted(
                                        name + " is delivered again; what lies there still is left as it is."))
                                .orElseGet(() -> undeliverable(id))
                        : Result.notAllowed("This takes the role " + Role.OPERATOR.word() + "."));
    }

    private Result undeliverable(long id) {
        return Result.notPossible(files.bytesDeletedAt(id)
                .map(at -> "The bytes of this file were deleted on "
                        + at.atOffset(ZoneOffset.UTC).toLocalDate()
                        + ", as chargebridge.retention.file-bytes says. Its name, size and hash are kept.")
                .orElse("The file is on its way already."));
    }
}
