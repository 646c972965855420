package org.chargebridge.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chargebridge.alarm.AlarmText;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.Alarms;
import org.chargebridge.ledger.ChannelStandings;
import org.chargebridge.ledger.ChannelStandings.Standing;
import org.chargebridge.ledger.MoneyByState;
import org.chargebridge.ledger.MoneyByState.Sum;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Service;

/** Today at a glance: how each channel stands, what a person must know, whether all is well, and where the money is. */
@Service
public class Overview {

    /** How far back money is counted. */
    public static final Duration MONEY = Duration.ofDays(35);

    private static final Duration MONEY_KEPT = Duration.ofMinutes(1);
    private static final int DAYS_AHEAD = 40;
    /** Parts that only say that this process runs, or the same as another. */
    private static final Set<String> OF_THE_PROCESS = Set.of(
            "camelLivenessState", "camelReadinessState", "livenessState", "readinessState", "ping", "ssl", "mail");

    /** A channel with when its next report is due. */
    public record ChannelToday(Standing standing, Optional<Deliveries.Due> nextReport) {}

    /** What a person must know, in the words of the reader's language. */
    public record Told(
            String kind, Optional<String> channel, Instant since, String title, String sentence, String remedy) {}

    /** A part that is well or not, such as {@code sftp.visma}. */
    public record Part(String name, boolean well) {}

    private final Channels channels;
    private final ChannelStandings standings;
    private final Deliveries deliveries;
    private final Alarms alarms;
    private final HealthEndpoint health;
    private final Clock clock;
    private final CountedOnce<List<Sum>> money;

    Overview(
            Channels channels,
            ChannelStandings standings,
            Deliveries deliveries,
            Alarms alarms,
            HealthEndpoint health,
            MoneyByState moneyByState,
            Clock clock) {
        this.channels = channels;
        this.standings = standings;
        this.deliveries = deliveries;
        this.alarms = alarms;
        this.health = health;
        this.money = new CountedOnce<>(
                MONEY_KEPT, () -> moneyByState.since(clock.instant().minus(MONEY)));
        this.clock = clock;
    }

    /** How each channel stands, by name. */
    public List<ChannelToday> channels() {
        LocalDate horizon = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(DAYS_AHEAD);
        return standings.of(channels.names()).stream()
                .map(standing ->
                        new ChannelToday(standing, deliveries.next(channels.named(standing.channel()), horizon)))
                .toList();
    }

    /** What holds now and a person must know, oldest first. */
    public List<Told> alarms(Locale language) {
        return alarms.open().stream()
                .map(alarm -> {
                    AlarmText text = new AlarmText(alarm.finding(), language);
                    return new Told(
                            alarm.finding().kind().name(),
                            alarm.finding().channel(),
                            alarm.raisedAt(),
                            text.title(),
                            text.sentence(),
                            text.remedy());
                })
                .toList();
    }

    /** The parts of health that are about something outside or below: what is not well first. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        collect("", health.health(), parts);
        return parts.stream()
                .filter(part -> !OF_THE_PROCESS.contains(part.name()))
                .sorted(Comparator.comparing(Part::well).thenComparing(Part::name))
                .toList();
    }

    private static void collect(String name, HealthComponent component, List<Part> parts) {
        if (component instanceof CompositeHealth composite
                && !composite.getComponents().isEmpty()) {
            composite
                    .getComponents()
                    .forEach((child, health) -> collect(name.isEmpty() ? child : name + "." + child, health, parts));
        } else if (!name.isEmpty()) {
            parts.add(new Part(name, component.getStatus().equals(Status.UP)));
        }
    }

    /** By currency the sums of each state, the largest first; counted at most once a minute, however many ask. */
    public Map<String, List<Sum>> money() {
        Map<String, List<Sum>> byCurrency = new TreeMap<>();
        money.get().forEach(sum -> byCurrency
                .computeIfAbsent(sum.currency(), key -> new ArrayList<>())
                .add(sum));
        return byCurrency;
    }

    /** A part of a whole in a thousand, for a plot. */
    public static int perMille(BigDecimal part, List<Sum> all) {
        BigDecimal largest = all.stream().map(Sum::sumMinor).reduce(BigDecimal.ONE, BigDecimal::max);
        return part.multiply(BigDecimal.valueOf(1_000))
                .divide(largest, RoundingMode.HALF_UP)
                .intValue();
    }
}
