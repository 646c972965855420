package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.outages.FaultyServer.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ERP's SFTP server breaks in each way we know, while another's works. Each test has a channel of its own. */
class SftpOutageTest {

    @TempDir
    private static Path home;

    private static LedgerDatabase database;
    private static World world;
    private static int files;

    @BeforeAll
    static void start() {
        database = LedgerDatabase.create();
        world = new World(home, database.url()).channel("other");
        for (String channel : List.of(
                "gone",
                "full",
                "rights",
                "rename",
                "done",
                "key",
                "cut",
                "away",
                "replaced",
                "denied",
                "times",
                "ends")) {
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

    /** A file of the healthy channel is answered while another channel's server is broken. */
    private static void otherChannelIsNotDelayed() {
        world.isNotDelayed("other", "o" + files++ + "x");
    }

    private static void leave(String channel, String name, int lines) {
        world.leave(channel, name + ".csv", World.invoices(channel + name, lines));
    }

    private static long count(String sql, Object... parameters) {
        return database.jdbc().sql(sql).params(parameters).query(Long.class).single();
    }

    private static void awaitCharges(String channel, int charges) {
        World.await(charges + " charges of " + channel, () -> charges(channel) >= charges);
        World.await(
                "all are delivered",
                () -> count("select count(*) from outbound_file where channel = ? and state <> 'DELIVERED'", channel)
                        == 0);
        assertThat(charges(channel)).isEqualTo(charges);
        assertThat(world.simulator().summary().duplicatesRefused()).isZero();
        assertThat(World.files(world.server(channel).in(), ".part")).isEmpty();
    }

    private static long charges(String channel) {
        return world.simulator()
                .charges()
                .filter(charge -> charge.orderId().startsWith(channel.substring(0, Math.min(8, channel.length()))))
                .count();
    }

    private static List<String> told(String channel) {
        return world.alarms(channel);
    }

    private static void worksAgain(String channel) {
        World.await(channel + " works again is told", () -> world.logged(Level.INFO).stream()
                .anyMatch(event -> event.getFormattedMessage().matches(".*" + channel + ".* works? again.*")));
    }

    @Test
    void aServerThatIsGoneIsToldOnceADirectionAndAllGoesOnWhenItIsBack() {
        leave("gone", "a", 3);
        world.awaitFile("gone", "receipt-a");
        awaitCharges("gone", 3);
        world.server("gone").stop();
        otherChannelIsNotDelayed();
        World.await("told", () -> !told("gone").isEmpty());
        otherChannelIsNotDelayed();
        world.awaitHealth("cannot be reached (Connection refused). Check that it runs");
        world.server("gone").startAgain();
        leave("gone", "b", 3);
        awaitCharges("gone", 6);
        assertThat(told("gone")).hasSizeBetween(1, 2).allMatch(line -> line.contains("cannot be reached"));
        worksAgain("gone");
    }

    @Test
    void aServerWithoutSpaceIsToldOnceHoweverManyFilesWait() {
        world.server("full").fail(Fault.NO_SPACE);
        for (int i = 0; i < 5; i++) {
            leave("full", "a" + i, 1);
        }
        World.await("all wait", () -> count("select count(*) from outbound_file where channel = 'full'") == 5);
        World.await(
                "some were tried again",
                () -> count("select coalesce(sum(attempts), 0) from outbound_file where channel = 'full'") >= 8);
        otherChannelIsNotDelayed();
        assertThat(told("full"))
                .singleElement()
                .asString()
                .contains("could not write", "check the rights and the space");
        world.awaitHealth("5 waiting since", "check the rights and the space of user full");
        world.server("full").mend(Fault.NO_SPACE);
        awaitCharges("full", 5);
    }

    @Test
    void aLostPermissionIsToldAndWaitedFor() {
        world.server("rights").fail(Fault.NO_PERMISSION);
        leave("rights", "a", 3);
        World.await("told", () -> !told("rights").isEmpty());
        otherChannelIsNotDelayed();
        assertThat(told("rights")).singleElement().asString().contains("Give user rights the right to list");
        world.server("rights").mend(Fault.NO_PERMISSION);
        awaitCharges("rights", 3);
        worksAgain("rights");
    }

    @Test
    void refusedRenamesAreToldOnceADirectionAndNothingIsChargedTwice() {
        world.server("rename").fail(Fault.REFUSE_RENAME);
        leave("rename", "a", 3);
        leave("rename", "b", 3);
        World.await("charged", () -> charges("rename") == 6);
        World.await("told for each direction", () -> told("rename").size() >= 2);
        otherChannelIsNotDelayed();
        otherChannelIsNotDelayed();
        assertThat(told("rename")).hasSize(2);
        assertThat(told("rename")).anyMatch(line -> line.contains("cannot fetch or archive \"a.csv\""));
        assertThat(told("rename")).anyMatch(line -> line.contains("could not rename"));
        assertThat(world.logged(Level.INFO))
                .filteredOn(event -> event.getFormattedMessage().contains("[rename] a.csv lies there still"))
                .hasSizeLessThan(2);
        world.server("rename").mend(Fault.REFUSE_RENAME);
        World.await(
                "archived",
                () -> World.files(world.server("rename").out().resolve(".done"), "2")
                                .size()
                        == 2);
        awaitCharges("rename", 6);
        worksAgain("rename");
    }

    @Test
    void renamesThatAreDoneAndAnsweredByAnErrorAreSeenToBeDone() {
        world.server("done").fail(Fault.RENAME_DONE_YET_REFUSED);
        leave("done", "a", 3);
        awaitCharges("done", 3);
        otherChannelIsNotDelayed();
        World.await(
                "it is archived", () -> !Files.exists(world.server("done").out().resolve("a.csv")));
        assertThat(World.files(world.server("done").out().resolve(".done"), "2"))
                .hasSize(1);
        assertThat(told("done")).isEmpty();
    }

    @Test
    void anotherHostKeyIsNeverAcceptedAndIsToldThoughTheServerWasGoneBefore() {
        FaultyServer server = world.server("key");
        server.stop();
        World.await("told", () -> !told("key").isEmpty());
        server.startAgainWithAnotherHostKey();
        leave("key", "a", 3);
        otherChannelIsNotDelayed();
        World.await("the new cause is told, too", () -> told("key").size() == 2);
        otherChannelIsNotDelayed();
        assertThat(told("key")).hasSize(2);
        assertThat(told("key").get(1)).contains("another host key", "only if the key was really changed");
        assertThat(World.files(server.out(), "a.csv")).hasSize(1);
        assertThat(charges("key")).isZero();
        server.stop();
        server.startAgain();
        awaitCharges("key", 3);
    }

    @Test
    void connectionsCutInMidFileLeaveNoShortFileInEitherDirection() throws IOException {
        world.server("cut").fail(Fault.CUT_READ);
        world.server("cut").fail(Fault.CUT_WRITE);
        leave("cut", "a", 3000);
        otherChannelIsNotDelayed();
        awaitCharges("cut", 3000);
        assertThat(world.awaitFile("cut", "receipt-a").lines().filter(line -> line.contains(";charge;ACCEPTED;")))
                .hasSize(3000);
        assertThat(told("cut").size()).isLessThanOrEqualTo(2);
        worksAgain("cut");
    }

    @Test
    void aMissingDirectoryIsToldAndWaitedFor() throws IOException {
        Path out = world.server("away").out();
        Files.move(out, out.resolveSibling("elsewhere"));
        World.await("told", () -> !told("away").isEmpty());
        otherChannelIsNotDelayed();
        assertThat(told("away")).singleElement().asString().contains("create it, or correct");
        Files.move(out.resolveSibling("elsewhere"), out);
        leave("away", "a", 3);
        awaitCharges("away", 3);
    }

    @Test
    void aFileReplacedBetweenOurLastLookAndTheMoveIsPutBackAndRead() {
        FaultyServer server = world.server("replaced");
        List<String> once = new ArrayList<>();
        server.beforeMoving(from -> {
            if (from.endsWith("a.csv") && once.isEmpty()) {
                once.add("replaced");
                World.leave(server.out(), "a.csv", World.invoices("replacedb", 4));
            }
        });
        leave("replaced", "a", 3);
        awaitCharges("replaced", 7);
        assertThat(once).hasSize(1);
        World.await("it is archived", () -> !Files.exists(server.out().resolve("a.csv")));
        assertThat(told("replaced")).isEmpty();
    }

    @Test
    void aFileThatMayNotBeReadIsNamedAndThoseBesideItAreTaken() {
        FaultyServer server = world.server("denied");
        server.deny("b.csv");
        leave("denied", "a", 1);
        leave("denied", "b", 1);
        leave("denied", "c", 1);
        awaitCharges("denied", 2);
        World.await("told", () -> !told("denied").isEmpty());
        assertThat(told("denied"))
                .singleElement()
                .asString()
                .contains("cannot fetch or archive \"b.csv\"", "the right to read it");
        server.allow("b.csv");
        awaitCharges("denied", 3);
        worksAgain("denied");
    }

    @Test
    void aServerThatListsOtherTimesThanItShowsHasItsFilesArchivedAndNothingIsChargedTwice() {
        FaultyServer server = world.server("times");
        server.fail(Fault.LIST_OTHER_TIMES);
        leave("times", "a", 3);
        awaitCharges("times", 3);
        World.await("it is archived", () -> !Files.exists(server.out().resolve("a.csv")));
        assertThat(world.logged(Level.INFO))
                .filteredOn(event -> event.getFormattedMessage().contains("was replaced while it was read"))
                .hasSize(1);
    }

    @Test
    void aServerThatEndsAConnectionAfterEachFileGetsItsAnswersAndHasItsFilesArchived() {
        FaultyServer server = world.server("ends");
        server.fail(Fault.ONE_FILE_A_CONNECTION);
        leave("ends", "a", 3);
        awaitCharges("ends", 3);
        World.awaitFile(server.in(), "receipt-a");
        World.await("it is archived", () -> !Files.exists(server.out().resolve("a.csv")));
        assertThat(charges("ends")).isEqualTo(3);
    }
}
