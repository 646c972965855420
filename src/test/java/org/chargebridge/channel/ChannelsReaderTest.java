package org.chargebridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ChannelsReaderTest {

    static final String HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    static Map<String, Object> complete() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("chargebridge.sales-units.main.msn", "123456");
        settings.put("chargebridge.sales-units.main.currency", "nok");
        settings.put("chargebridge.sales-units.main.client-id", "id");
        settings.put("chargebridge.sales-units.main.client-secret", "top-secret");
        settings.put("chargebridge.sales-units.main.subscription-key", "key");
        String channel = "chargebridge.channels.visma.";
        settings.put(channel + "source-id", "visma1");
        settings.put(channel + "sales-unit", "main");
        settings.put(channel + "sftp.host", "sftp.example.com");
        settings.put(channel + "sftp.user", "erp");
        settings.put(channel + "sftp.password", "pass+word%&)");
        settings.put(channel + "sftp.host-key", HOST_KEY);
        settings.put(channel + "max-per-charge", "20000.00");
        settings.put(channel + "max-per-file", "5000000");
        settings.put(channel + "status-report.schedule[0]", "0 0 6 * * ?");
        settings.put(channel + "status-report.schedule[1]", "0 0 12,18 * * ?");
        return settings;
    }

    private static ChannelsReader read(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return ChannelsReader.read(environment, true);
    }

    private static List<String> lines(Map<String, Object> settings) {
        return read(settings).problems().stream().map(SettingProblem::line).toList();
    }

    @Test
    void channelWithOnlyWhatIsRequiredGetsEveryDefault() {
        ChannelsReader reader = read(complete());

        assertThat(reader.problems()).isEmpty();
        assertThat(reader.warnings()).isEmpty();
        Channel channel = reader.channels().named("visma");
        assertThat(channel.msn()).isEqualTo("123456");
        assertThat(channel.currency()).isEqualTo(Currency.NOK);
        assertThat(channel.zone()).isEqualTo(ZoneId.of("Europe/Oslo"));
        assertThat(channel.language()).isEqualTo(Locale.ENGLISH);
        assertThat(channel.sftp())
                .isEqualTo(new Channel.Sftp(
                        "sftp.example.com",
                        22,
                        "erp",
                        Optional.of("pass+word%&)"),
                        Optional.empty(),
                        Optional.empty(),
                        HOST_KEY,
                        "out",
                        "in",
                        30));
        assertThat(channel.input().finalLineEndRequired()).isTrue();
        assertThat(List.of("Faktura åpen 1.CSV", "invoices.jsonl", "invoices.json", "invoices.txt"))
                .allSatisfy(name -> assertThat(name).matches(channel.input().filePattern()));
        assertThat(channel.defaults().retryDays()).isEqualTo(5);
        assertThat(channel.policy().cutOff()).isEqualTo(LocalTime.of(22, 0));
        assertThat(channel.policy().maxPerChargeMinor()).isEqualTo(20_000_00);
        assertThat(channel.reports().statusCrons()).containsExactly("0 0 6 * * ?", "0 0 12,18 * * ?");
        assertThat(channel.reports().writeEmpty()).isTrue();
    }

    @Test
    void oneScheduleMayStandInOneLineWithCommas() {
        Map<String, Object> settings = complete();
        settings.keySet().removeIf(key -> key.contains("schedule"));
        settings.put("chargebridge.channels.visma.status-report.schedule", "0 0 6,12 * * ?");

        assertThat(read(settings).channels().named("visma").reports().statusCrons())
                .containsExactly("0 0 6,12 * * ?");
    }

    @Test
    void nothingSetUpIsToldInTwoLines() {
        assertThat(lines(Map.of()))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("chargebridge.sales-units is not set. Set "),
                        line -> assertThat(line).startsWith("chargebridge.channels is not set. Set up "));
    }

    @Test
    void allProblemsAreToldTogether() {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.channels.visma.sftp.port", "70000");
        settings.put("chargebridge.channels.visma.late-due", "ignore");
        settings.put("chargebridge.sales-units.main.client-secret", "");
        settings.remove("chargebridge.channels.visma.max-per-file");

        assertThat(lines(settings))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .isEqualTo("chargebridge.channels.visma.sftp.port = 70000: must be a whole number from"
                                        + " 1 to 65535. The usual port is 22."),
                        line -> assertThat(line).contains("late-due = ignore: is not one of refuse, shift"),
                        line -> assertThat(line).contains("main.client-secret is not set"),
                        line -> assertThat(line).contains("max-per-file is not set"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            source-id                | Visma       | small letter
            source-id                | toolongname | small letter
            sales-unit               | other       | not set up
            zone                     | Oslo        | time zone
            language                 | sv          | en, fi, nb
            format                   | xlsx        | csv, json-lines
            file-pattern             | *.csv       | regular expression
            csv.charset              | latin-nine  | character set
            csv.delimiter            | ;;          | is not one of
            csv.decimal-mark         | ;           | is not one of
            csv.date-pattern         | bbbb        | date pattern
            csv.trailer              | always      | optional, required
            csv.final-line-end       | never       | optional, required
            json.pointer             | value       | JSON pointer
            marker-suffix            | done        | dot
            retry-days               | 15          | 0 to 14
            description-length       | 101         | 10 to 100
            description-template     | {name}      | documentNumber
            due-days-after-issue     | soon        | whole number
            external-id              | order       | invoice-number, kid
            max-days-late            | -1          | whole number
            lead-days                | 0           | 1 to 30
            cut-off                  | 1320        | in quotes
            on-conflict              | replace     | hold
            go-live-date             | 1.12.2026   | 2026-12-01
            max-per-charge           | 12.345      | two decimals
            max-per-charge           | free        | two decimals
            max-per-file             | 100         | less than max-per-charge
            transaction-type         | LATER       | reserve-capture
            capture-reminder-days    | 100         | 0 to 90
            refund-policy            | ask         | report-only
            refund-daily-ceiling     | much        | two decimals
            status-report.format     | pdf         | csv, json-lines, pain.002
            status-report.write-empty| maybe       | false, true
            sftp.host                | sftp://x    | host name
            sftp.host-key            | ssh-rsa AA  | ssh-keyscan
            csv.date-pattern         | dd.MM       | is not a date pattern
            csv.date-pattern         | qqq         | is not a date pattern
            sftp.out-directory       | /out        | leading slash
            sftp.out-directory       | ../out      | leading slash
            sftp.in-directory        | out         | same as sftp.out-directory
            sftp.poll-interval       | 7s          | divides a minute
            sftp.poll-interval       | often       | duration
            sftp.private-key-file    | /no/such    | cannot be read
            """)
    void everySettingIsChecked(String key, String value, String part) {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.channels.visma." + key, value);

        assertThat(lines(settings)).singleElement().asString().contains(key + " = ", part);
    }

    @Test
    void scheduleThatIsNoCronIsTold() {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.channels.visma.status-report.schedule[1]", "0 6 * * *");

        assertThat(lines(settings)).singleElement().asString().contains("Quartz cron");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 99 6 * * ?|holds 98 or 99",
                "0 0 6 99 * ?|holds 98 or 99",
                "0 0 99,6 * * ?|holds 98 or 99",
                "0 0 6 * * ? 2024|never fires again",
                "0 0 6 * * ? 2020-2024|never fires again",
                "0 0 6 30 2 ?|never fires again",
                "0 0 6 31 4,6,9,11 ?|never fires again",
                "0 61 6 * * ?|is not a Quartz cron expression"
            })
    void scheduleThatWouldNotDoWhatItSeemsToIsTold(String cron, String what) {
        for (String setting : List.of("status-report.schedule", "settlement.schedule", "expected-file.schedule")) {
            Map<String, Object> settings = complete();
            settings.keySet().removeIf(key -> key.contains(setting));
            settings.put("chargebridge.channels.visma." + setting + "[0]", cron);
            settings.put("chargebridge.channels.visma.settlement.from", "2026-11-01");
            settings.putIfAbsent("chargebridge.channels.visma.settlement.schedule[0]", "0 0 7 * * ?");

            assertThat(lines(settings))
                    .singleElement()
                    .asString()
                    .startsWith("chargebridge.channels.visma." + setting + " = " + cron + ": " + what);
        }
        assertThatThrownBy(() -> Schedules.require("chargebridge.tracking.schedule", cron, "the default is x"))
                .hasMessageStartingWith("chargebridge.tracking.schedule is '" + cron + "', which " + what);
    }

    @Test
    void scheduleOfAYearToComeOrOfTheLastDayIsTaken() {
        for (String cron :
                List.of("0 0 6 * * ? 2098", "0 0 6 L * ?", "0 0 6 29 2 ?", "0 0 6 ? * 6#5", "0 0 6 LW * ?")) {
            assertThat(Schedules.fault(cron, ZoneOffset.UTC)).as(cron).isEmpty();
        }
    }

    @Test
    void scheduleInTheHourOfClockChangeIsWarnedAbout() {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.channels.visma.status-report.schedule[1]", "0 30 2 * * ?");

        ChannelsReader reader = read(settings);

        assertThat(reader.problems()).isEmpty();
        assertThat(reader.warnings()).singleElement().asString().contains("0 30 2 * * ?", "between 02:00 and 03:00");
    }

    @Test
    void scheduleOfEveryMinuteIsNotWarnedAbout() {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.channels.visma.status-report.schedule[1]", "0 * * * * ?");

        assertThat(read(settings).warnings()).isEmpty();
    }

    /** Settings of a second channel, like the first but for where its files lie. */
    private static Map<String, Object> two(String out, String in) {
        Map<String, Object> settings = complete();
        Map.copyOf(settings)
                .forEach((key, value) -> settings.put(key.replace("channels.visma.", "channels.other."), value));
        settings.put("chargebridge.channels.other.sftp.out-directory", out);
        settings.put("chargebridge.channels.other.sftp.in-directory", in);
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "out/", "./out", "out/.", ".//out"})
    void twoChannelsOnOneDirectoryAreRefused(String out) {
        assertThat(lines(two(out, "b/in"))).singleElement().asString().contains("is read by channel");
    }

    @ParameterizedTest
    @CsvSource({"in,b/in", "b/out,out", "in/info,b/in"})
    void aChannelThatWouldReadTheReportsOfAnotherIsRefused(String out, String in) {
        assertThat(lines(two(out, in)))
                .singleElement()
                .asString()
                .contains("sftp.in-directory", "is read by channel", "reports would be read as invoices");
    }

    @Test
    void channelsMayShareTheDirectoryTheirReportsGoTo() {
        assertThat(lines(two("b/out", "in"))).isEmpty();
    }

    private static void retiredTree(Map<String, Object> settings, String channel, boolean owner) {
        String settlement = "chargebridge.channels." + channel + ".settlement.";
        settings.put(settlement + "from", "2026-11-01");
        settings.put(settlement + "schedule[0]", "0 0 7 * * ?");
        settings.put(settlement + "ledger-owner", owner);
        settings.put(settlement + "unknown-entries", owner);
        settings.put(settlement + "retired-tree[0]", "csv");
    }

    @Test
    void twoChannelsThatWouldWriteTheSameFilesOfTheRetiredTreeAreRefused() {
        Map<String, Object> settings = two("b/out", "b/in");
        retiredTree(settings, "visma", true);
        retiredTree(settings, "other", false);

        assertThat(lines(settings))
                .singleElement()
                .asString()
                .contains("settlement.retired-tree", "writes the same files as channel");
    }

    @Test
    void theRetiredTreesOfTwoUsersAreApart() {
        Map<String, Object> settings = two("b/out", "b/in");
        retiredTree(settings, "visma", true);
        retiredTree(settings, "other", false);
        settings.put("chargebridge.channels.other.sftp.user", "another");

        assertThat(lines(settings)).isEmpty();
    }

    @Test
    void secretsAreNeverShown() {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.sales-units.main.client-secret", "geheim æ");

        assertThat(lines(settings))
                .singleElement()
                .asString()
                .contains("= ***:")
                .doesNotContain("geheim");
        assertThat(read(complete()).channels().salesUnits().toString()).doesNotContain("top-secret");
    }

    @Test
    void faultySalesUnitIsToldOnceAndNotAgainForItsChannels() {
        Map<String, Object> settings = complete();
        settings.put("chargebridge.sales-units.main.currency", "SEK");

        assertThat(lines(settings)).singleElement().asString().contains("main.currency = SEK");
    }

    @Test
    void numberAsKeyOfASalesUnitIsItsMsn() {
        Map<String, Object> settings = new HashMap<>();
        complete().forEach((key, value) -> settings.put(key.replace("units.main.", "units.654321."), value));
        settings.remove("chargebridge.sales-units.654321.msn");
        settings.put("chargebridge.channels.visma.sales-unit", "654321");

        assertThat(read(settings).channels().named("visma").msn()).isEqualTo("654321");
    }

    @Test
    void pollIntervalsAreThoseACronCanKeep() {
        assertThat(Arrays.asList("1", "2s", "30s", "1m", "5m", "1h").stream().map(PollInterval::seconds))
                .allMatch(Optional::isPresent);
        assertThat(Arrays.asList("0", "7s", "90s", "7m", "2h", "500ms").stream().map(PollInterval::seconds))
                .allMatch(Optional::isEmpty);
    }
}
