package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names, times or number nobody expects; each test has a channel of its own. */
class OddFilesTest {

    private static final int MANY = 10_000;
    private static final int READ = 600;

    @TempDir
    private static Path home;

    private static LedgerDatabase database;
    private static World world;

    @BeforeAll
    static void start() {
        database = LedgerDatabase.create();
        world = new World(home, database.url());
        for (String channel : List.of("other", "names", "paths", "twice", "gone", "times", "many")) {
            world.channel(channel);
        }
        world.start();
    }

    @AfterAll
    static void stop() {
        world.stop();
        InvariantsHold.in(database.dataSource(), Clock.fixed(world.simulator().now(), ZoneOffset.UTC));
        world.close();
        database.close();
    }

    private static long recorded(String channel) {
        return database.jdbc()
                .sql("select count(*) from inbound_file where channel = ?")
                .param(channel)
                .query(Long.class)
                .single();
    }

    private static long accepted(String channel) {
        return database.jdbc()
                .sql("select coalesce(sum(l.line_count), 0) from block l join inbound_file f on f.id = l.file_id"
                        + " where f.channel = ?")
                .param(channel)
                .query(Long.class)
                .single();
    }

    private static void awaitAnswered(String channel, int files) {
        World.await(files + " files of " + channel, () -> recorded(channel) == files);
        World.await(
                "their receipts",
                () -> World.files(world.server(channel).in(), "receipt-").size() == files);
    }

    @Test
    void namesWithBlanksMarksAndLettersOfAnyFormAreTaken() {
        String composed = Normalizer.normalize("Fåktura åpen.csv", Normalizer.Form.NFC);
        String decomposed = Normalizer.normalize("Fåktura åpen.csv", Normalizer.Form.NFD);
        List<String> names = List.of(
                "with blanks  and (marks) & 'quotes', 100 %.csv",
                composed,
                decomposed,
                "-rf.csv",
                "[a-z].csv",
                "${jndi:x} #{bean}.csv",
                "日本語 🙂.csv",
                "a".repeat(190) + ".csv");
        for (int i = 0; i < names.size(); i++) {
            world.leave("names", names.get(i), World.invoices("n" + i + "x", 1));
        }
        awaitAnswered("names", names.size());
        assertThat(world.alarms("names")).isEmpty();
        assertThat(World.files(world.server("names").out().resolve(".done"), "2"))
                .hasSize(names.size());
    }

    @Test
    void namesThatLeaveTheDirectoryOrTheLineAreToldOnceAndLeftAlone() throws IOException {
        Path out = world.server("paths").out();
        world.server("paths").listNamesAs(name -> name.startsWith("lie") ? "in/../../" + name : name);
        Path outside = Files.writeString(out.resolveSibling("lie.csv"), World.invoices("secret", 1));
        for (String name :
                List.of("lie.csv", "line\nbreak.csv", "bell\u0007.csv", ".hidden.csv", "star*.csv", "what?.csv")) {
            Files.writeString(out.resolve(name), World.invoices("p" + name.hashCode(), 1), StandardCharsets.UTF_8);
        }
        world.leave("paths", "good.csv", World.invoices("good", 2));
        awaitAnswered("paths", 1);
        world.isNotDelayed("other", "o1x");
        assertThat(world.alarms("paths"))
                .hasSize(5)
                .allMatch(line -> line.contains("is not taken") && line.contains("Rename it"))
                .noneMatch(line -> line.contains("\n") || line.contains("\u0007"));
        assertThat(outside).exists();
        assertThat(accepted("paths")).isEqualTo(2);
    }

    @Test
    void aNameThatIsListedTwiceIsReadOnce() {
        world.server("twice").fail(FaultyServer.Fault.LIST_TWICE);
        world.leave("twice", "a.csv", World.invoices("tw", 3));
        awaitAnswered("twice", 1);
        world.isNotDelayed("other", "o2x");
        assertThat(recorded("twice")).isEqualTo(1);
        assertThat(accepted("twice")).isEqualTo(3);
        assertThat(world.alarms("twice")).isEmpty();
    }

    @Test
    void aFileThatGoesWhileItIsListedIsNoMissingDirectory() {
        for (int i = 1; i <= 3; i++) {
            world.server("gone").fail(FaultyServer.Fault.GONE_WHILE_LISTED);
            world.leave("gone", "g" + i + ".csv", World.invoices("gone" + i, 1));
            awaitAnswered("gone", i);
        }
        assertThat(accepted("gone")).isEqualTo(3);
        assertThat(world.alarms("gone")).isEmpty();
    }

    /** Seconds are told in 32 bits: what a server of our kind tells of 1963 is what others tell of the year 2100. */
    @Test
    void filesOfLongAgoAndOfTheFutureAreTakenInOnePollAndAnotherDaysUnderTheSameNameToo() throws IOException {
        Path out = world.server("times").out();
        world.leave("times", "now.csv", World.invoices("now", 1));
        awaitAnswered("times", 1);
        for (String time : List.of(
                "1970-01-01T00:00:01Z", "2038-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "1963-11-25T17:31:44Z")) {
            String year = time.substring(0, 4);
            Path part = Files.writeString(out.resolve(".part"), World.invoices("y" + year, 1));
            Files.setLastModifiedTime(part, FileTime.from(Instant.parse(time)));
            Files.move(part, out.resolve(year + ".csv"));
        }
        awaitAnswered("times", 5);
        world.leave("times", "now.csv", World.invoices("later", 1));
        awaitAnswered("times", 6);
        assertThat(accepted("times")).isEqualTo(6);
        assertThat(world.alarms("times")).isEmpty();
    }

    @Test
    void tenThousandFilesAtOnceDelayNoOtherChannel() throws IOException {
        Path out = world.server("many").out();
        for (int i = 0; i < MANY; i++) {
            Files.writeString(out.resolve("m" + i + ".csv"), World.invoices("m" + i + "x", 1));
        }
        World.await("they are being read", () -> recorded("many") > 20);
        world.isNotDelayed("other", "o3x");
        // More than two polls' worth: what a poll reads, and how long it looks, must not grow with what lies there.
        Awaitility.await("they are read on").atMost(Duration.ofMinutes(10)).until(() -> recorded("many") > READ);
        assertThat(accepted("many")).isGreaterThan(READ);
        assertThat(world.alarms("many")).isEmpty();
    }
}
