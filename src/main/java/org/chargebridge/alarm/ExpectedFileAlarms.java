package org.chargebridge.alarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.ExpectedFile;
import org.chargebridge.channel.FireTimes;
import org.chargebridge.charge.BankCalendar;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.ExpectedFiles;
import org.springframework.stereotype.Component;

/** Files that channels expect and that did not come, and numbers in their names that are missing or there twice. */
@Component
class ExpectedFileAlarms implements AlarmSource {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Duration LOOKED_BACK = Duration.ofDays(400);
    private static final int DAYS_CLOSED_MAX = 30;
    private static final int NAMES = 100;

    private final ExpectedFiles files;
    private final Channels channels;
    private final Clock clock;

    ExpectedFileAlarms(ExpectedFiles files, Channels channels, Clock clock) {
        this.files = files;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        for (Channel channel : channels.all()) {
            channel.expectedFile().ifPresent(expected -> {
                missing(channel, expected)
                        .ifPresent(by -> holding.add(Finding.of(
                                        Kind.FILE_MISSING,
                                        channel.name(),
                                        channel.name(),
                                        TIME.format(by.atZone(channel.zone())))
                                .at(channel.name())));
                expected.sequence().ifPresent(pattern -> {
                    FileSequence sequence = FileSequence.of(pattern, files.latestNames(channel.name(), NAMES));
                    sequence.missing()
                            .forEach(numbers -> holding.add(outOfSequence(channel, numbers, "FILE_SEQUENCE.missing")));
                    sequence.repeated()
                            .forEach(number -> holding.add(outOfSequence(channel, number, "FILE_SEQUENCE.repeated")));
                });
            });
        }
        return holding;
    }

    private static Finding outOfSequence(Channel channel, String numbers, String how) {
        return Finding.of(Kind.FILE_SEQUENCE, channel.name() + "/" + numbers, channel.name(), numbers, how)
                .at(channel.name());
    }

    /** The time by which a file should have come that did not; one that was late counts for the time it was late for. */
    private Optional<Instant> missing(Channel channel, ExpectedFile expected) {
        if (expected.schedule().isEmpty()) {
            return Optional.empty();
        }
        Instant since = files.since(channel.name());
        Optional<Instant> latest = fire(channel, expected, clock.instant().minus(expected.grace()));
        Optional<Instant> before =
                latest.flatMap(at -> fire(channel, expected, at.minusMillis(1))).filter(at -> !at.isBefore(since));
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> first =
                fire(channel, expected, before.get().minusMillis(1)).filter(at -> !at.isBefore(since));
        Instant lateFrom = before.get().plus(expected.grace());
        boolean late = first.map(from -> files.cameAfter(channel.name(), from.plus(expected.grace())).stream()
                        .noneMatch(at -> !at.isAfter(lateFrom)))
                .orElse(false);
        int needed = late ? 2 : 1;
        return files.cameAfter(channel.name(), lateFrom).size() < needed ? latest : Optional.empty();
    }

    private static Optional<Instant> fire(Channel channel, ExpectedFile expected, Instant upTo) {
        Optional<Instant> fire = FireTimes.latest(expected.schedule(), channel.zone(), upTo.minus(LOOKED_BACK), upTo);
        for (int i = 0; i < DAYS_CLOSED_MAX && fire.isPresent() && isClosed(channel, expected, fire.get()); i++) {
            Instant earlier = fire.get().minusMillis(1);
            fire = FireTimes.latest(expected.schedule(), channel.zone(), earlier.minus(LOOKED_BACK), earlier);
        }
        return fire;
    }

    private static boolean isClosed(Channel channel, ExpectedFile expected, Instant at) {
        return expected.bankDaysOnly()
                && !BankCalendar.of(channel.currency()).isBankDay(LocalDate.ofInstant(at, channel.zone()));
    }
}
