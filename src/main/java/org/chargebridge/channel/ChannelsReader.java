package org.chargebridge.channel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads and checks {@code chargebridge.channels} and {@code chargebridge.sales-units}. All problems are collected, so
 * that one start tells them all.
 */
public final class ChannelsReader {

    private static final String CHANNELS = "chargebridge.channels";
    private static final String STATUS_SCHEDULE = "status-report.schedule";
    private static final String SETTLEMENT_SCHEDULE = "settlement.schedule";
    private static final String EXPECTED_SCHEDULE = "expected-file.schedule";
    private static final String SALES_UNITS = "chargebridge.sales-units";

    private final Binder binder;
    private final boolean hostKeyRequired;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, SalesUnit> salesUnits = new LinkedHashMap<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<HttpUser> httpUsers = new ArrayList<>();

    private ChannelsReader(Environment environment, boolean hostKeyRequired) {
        this.binder = Binder.get(environment);
        this.hostKeyRequired = hostKeyRequired;
    }

    /**
     * Reads everything; wrong settings are in {@link #problems()}.
     *
     * @param hostKeyRequired false in the demo only, whose own server makes its key at its first start
     */
    public static ChannelsReader read(Environment environment, boolean hostKeyRequired) {
        ChannelsReader reader = new ChannelsReader(environment, hostKeyRequired);
        reader.readSalesUnits();
        reader.readChannels();
        SftpDirectories.check(reader.channels, reader.problems);
        SettlementSharing.check(reader.channels, reader.problems);
        reader.readHttpUsers();
        return reader;
    }

    /** The records that hold this room's settings, by prefix; {@code *} stands for any name. */
    public static Map<String, Class<?>> settings() {
        return Map.of(
                CHANNELS + ".*",
                RawChannel.class,
                SALES_UNITS + ".*",
                RawSalesUnit.class,
                HttpUsersReader.PREFIX + ".*",
                RawHttpUser.class);
    }

    public List<SettingProblem> problems() {
        return List.copyOf(problems);
    }

    /** What works but may surprise, one line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What could be read; complete only when there are no problems. */
    public Channels channels() {
        return new Channels(channels, salesUnits.values().stream().distinct().toList(), httpUsers);
    }

    private void readHttpUsers() {
        HttpUsersReader reader =
                new HttpUsersReader(bind(CHANNELS, RawChannel.class).keySet(), problems);
        httpUsers.addAll(reader.read(bind(HttpUsersReader.PREFIX, RawHttpUser.class)));
    }

    private void readSalesUnits() {
        Map<String, RawSalesUnit> raw = bind(SALES_UNITS, RawSalesUnit.class);
        if (raw.isEmpty()) {
            problems.add(SettingProblem.missing(
                    SALES_UNITS,
                    "Set the sales unit's keys: <name>.msn, .currency, .client-id, .client-secret and"
                            + " .subscription-key."));
        }
        raw.forEach((name, unit) -> SalesUnitReader.read(name, unit, problems).ifPresent(read -> {
            if (salesUnits.values().stream().anyMatch(other -> other.msn().equals(read.msn()))) {
                problems.add(SettingProblem.wrong(
                        SALES_UNITS + "." + name + ".msn", read.msn(), "is set up twice", "Remove one of the two."));
            }
            salesUnits.put(name, read);
            salesUnits.putIfAbsent(read.msn(), read);
        }));
    }

    private void readChannels() {
        Map<String, RawChannel> raw = bind(CHANNELS, RawChannel.class);
        if (raw.isEmpty()) {
            problems.add(SettingProblem.missing(
                    CHANNELS, "Set up a channel for each ERP; config/application.yaml holds an example to copy."));
        }
        raw.forEach((name, channel) -> {
            Map<String, SalesUnit> known = unitsFor(name, channel);
            new ChannelReader(
                            name,
                            channel,
                            crons(name, STATUS_SCHEDULE),
                            crons(name, SETTLEMENT_SCHEDULE),
                            crons(name, EXPECTED_SCHEDULE),
                            known,
                            hostKeyRequired,
                            publicUrl(),
                            problems)
                    .read()
                    .ifPresent(this::add);
        });
    }

    private Optional<String> publicUrl() {
        return Fields.given(binder.bind("chargebridge.public-url", String.class).orElse(""))
                .map(url -> url.replaceAll("/+$", ""));
    }

    /** A unit that is set up but faulty has its own lines; the channel that names it is not blamed as well. */
    private Map<String, SalesUnit> unitsFor(String name, RawChannel channel) {
        String wanted = Fields.given(channel.salesUnit()).orElse("");
        boolean faulty = bind(SALES_UNITS, RawSalesUnit.class).entrySet().stream()
                .anyMatch(unit -> unit.getKey().equals(wanted)
                        || wanted.equals(unit.getValue().msn()));
        if (!faulty || salesUnits.containsKey(wanted)) {
            return salesUnits;
        }
        return Map.of(wanted, new SalesUnit(wanted, org.chargebridge.charge.Currency.NOK, "", "", ""));
    }

    private void add(Channel channel) {
        channels.add(channel);
        warnOfClockChange(channel, STATUS_SCHEDULE, channel.reports().statusCrons());
        channel.settlement().ifPresent(paid -> warnOfClockChange(channel, SETTLEMENT_SCHEDULE, paid.schedule()));
    }

    private void warnOfClockChange(Channel channel, String setting, List<String> crons) {
        for (String cron : crons) {
            CronExpression expression = Schedules.parse(cron, channel.zone());
            if (Schedules.firesInTheHourOfClockChange(expression)) {
                warnings.add(CHANNELS + "." + channel.name() + "." + setting + " = " + cron
                        + ": between 02:00 and 03:00 the clock is changed twice a year, so a report is skipped in"
                        + " spring or comes twice in autumn. Choose another hour.");
            }
        }
    }

    private List<String> crons(String channel, String setting) {
        String property = CHANNELS + "." + channel + "." + setting;
        Optional<String> one =
                Optional.ofNullable(binder.bind(property, String.class).orElse(null));
        if (one.isPresent()) {
            return Fields.given(one.get()).map(List::of).orElse(List.of());
        }
        return binder.bind(property, Bindable.listOf(String.class)).orElse(List.of());
    }

    private <T> Map<String, T> bind(String property, Class<T> type) {
        try {
            return binder.bind(property, Bindable.mapOf(String.class, type)).orElse(Map.of());
        } catch (BindException e) {
            String name = e.getName().toString();
            if (problems.stream().noneMatch(problem -> problem.property().equals(name))) {
                problems.add(SettingProblem.wrong(
                        name,
                        String.valueOf(
                                e.getProperty() == null ? "" : e.getProperty().getValue()),
                        "cannot be read",
                        "Write the settings below it, each on a line of its own, indented by two blanks more."));
            }
            return Map.of();
        }
    }
}
