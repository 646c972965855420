package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chargebridge.Ports;
import org.chargebridge.simulator.postgres.DemoPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The ledger's PostgreSQL, a process of its own with its durability on, breaks in each way we know. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresOutageTest {

    @TempDir
    private static Path home;

    private static DemoPostgres postgres;
    private static CutProxy proxy;
    private static World world;
    private static int expected;
    private static int files;

    @BeforeAll
    static void start() {
        postgres = DemoPostgres.start(home.resolve("pg"), Ports.free());
        proxy = new CutProxy(postgres.port());
        // Every statement says its SQL, so that the proxy knows which transaction it cuts.
        world = new World(home, "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres?prepareThreshold=0")
                .set("spring.datasource.hikari.connection-timeout", "15000")
                .set("spring.datasource.hikari.maximum-pool-size", "10")
                .set("spring.quartz.properties.org.quartz.jobStore.answerMaxMillis", "5000")
                .channel("erp")
                .channel("other")
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
        proxy.close();
        postgres.close();
    }

    @BeforeEach
    void quiet() {
        settled();
        world.forgetLog();
    }

    private static JdbcClient ledger() {
        return JdbcClient.create(new DriverManagerDataSource(postgres.url(), "postgres", ""));
    }

    private static long count(String sql) {
        return ledger().sql(sql).query(Long.class).single();
    }

    private static String leave(String channel, int lines) {
        String name = "f" + files++ + "x";
        world.leave(channel, name + ".csv", World.invoices(name, lines));
        expected += lines;
        return name;
    }

    /** Everything that was left so far is charged once, answered once, and delivered. */
    private static void settled() {
        world.awaitCharges(expected);
        World.await(
                "all is answered and delivered",
                () -> count("select count(*) from inbound_file") == files
                        && count("select count(*) from receipt_request where rendered_at is null") == 0
                        && count("select count(*) from outbound_file where state <> 'DELIVERED'") == 0
                        // A sender notes the answer after the API made the charges.
                        && count("select count(*) from dispatch where state in ('READY', 'SENDING')") == 0);
        for (String channel : List.of("erp", "other")) {
            assertThat(World.files(world.server(channel).in(), ".part")).isEmpty();
        }
        assertThat(World.files(world.server("erp").in(), "receipt-").size()
                        + World.files(world.server("other").in(), "receipt-").size())
                .isEqualTo(files);
    }

    private static void toldOnce(String... words) {
        // A request that was under way when it began has an outcome that nobody saw, which is told for itself.
        assertThat(world.alarms())
                .filteredOn(alarm -> !alarm.contains("was left without an answer by its sender"))
                .singleElement()
                .asString()
                .contains(words);
        World.await("its end is told", () -> world.logged(Level.INFO).stream()
                .anyMatch(event -> event.getFormattedMessage().contains("Work goes on")
                        || event.getFormattedMessage().contains("works again")));
    }

    @Test
    @Order(1)
    void aDatabaseStoppedInAnInstantAndStartedAgainLosesNothingAndIsToldOnce() throws Exception {
        leave("erp", 2_000);
        World.await("the file is being worked on", () -> count("select count(*) from inbound_file") == files);
        signal("QUIT");
        leave("other", 3);
        World.await("told", () -> !world.alarms().isEmpty());
        long before = System.nanoTime();
        assertThat(world.health()).contains("the database does not answer", "Check that PostgreSQL runs");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        postgres.close();
        postgres = DemoPostgres.start(home.resolve("pg"), postgres.port());
        settled();
        toldOnce("the database does not answer", "Check that PostgreSQL runs", "goes on by itself");
    }

    private static void signal(String signal) throws IOException, InterruptedException {
        String pid =
                Files.readAllLines(home.resolve("pg/postmaster.pid")).get(0).strip();
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor(1, TimeUnit.MINUTES))
                .isTrue();
    }

    @Test
    @Order(2)
    void aHungDatabaseDelaysHealthByTwoSecondsAndNothingIsLost() throws Exception {
        leave("erp", 50);
        List<Long> pids = ledger().sql("select pid from pg_stat_activity")
                .query(Long.class)
                .list();
        signal("STOP");
        for (Long pid : pids) {
            new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor(1, TimeUnit.MINUTES);
        }
        long before = System.nanoTime();
        assertThat(world.health()).contains("the database does not answer");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        for (Long pid : pids) {
            new ProcessBuilder("kill", "-CONT", String.valueOf(pid)).start().waitFor(1, TimeUnit.MINUTES);
        }
        signal("CONT");
        settled();
    }

    @Test
    @Order(3)
    void aNetworkThatIsGoneAndComesBackIsToldOnce() {
        proxy.off();
        leave("erp", 30);
        World.await("told", () -> !world.alarms().isEmpty());
        proxy.on();
        settled();
        toldOnce("the database does not answer");
    }

    private static void commitIsDoneAndNeverAnswered(String sql) {
        proxy.loseCommitAfter(sql, 3);
        leave("erp", 20);
        leave("other", 3);
        settled();
        assertThat(proxy.cuts()).as(sql).isPositive();
        // One line a cut, and one for each dispatch that it left unanswered.
        assertThat(world.alarms()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    @Order(4)
    void aCommitOfAFileThatIsNeverAnsweredRecordsItOnce() {
        commitIsDoneAndNeverAnswered("insert into inbound_file ");
    }

    @Test
    @Order(5)
    void aCommitOfADispatchThatIsNeverAnsweredSendsItOnce() {
        commitIsDoneAndNeverAnswered("insert into dispatch");
    }

    @Test
    @Order(6)
    void aCommitOfAnAnswerThatIsNeverAnsweredChargesNobodyTwice() {
        commitIsDoneAndNeverAnswered("update dispatch");
    }

    @Test
    @Order(7)
    void aCommitOfAReceiptThatIsNeverAnsweredWritesItOnce() {
        commitIsDoneAndNeverAnswered("insert into outbound_file ");
    }

    @Test
    @Order(8)
    void aCommitOfVerifiedOrDeliveredThatIsNeverAnsweredDeliversOnce() {
        commitIsDoneAndNeverAnswered("set state = 'VERIFIED'");
        commitIsDoneAndNeverAnswered("set state = 'DELIVERED'");
    }

    @Test
    @Order(9)
    void aConnectionOfTheSchedulerThatFallsSilentKeepsNoChannelFromBeingPolled() {
        proxy.swallowCommitAfter("INSERT INTO qrtz_FIRED_TRIGGERS", 1);
        World.await("an answer is swallowed", () -> proxy.cuts() > 0);
        leave("erp", 20);
        leave("other", 3);
        settled();
    }

    /** The last one: its time goes on past the day on which the other tests' invoices are due. */
    @Test
    @Order(20)
    void aCommitOfAStatusReportThatIsNeverAnsweredMakesItOnce() {
        leave("erp", 5);
        settled();
        proxy.loseCommitAfter("insert into report", 2);
        world.simulator().moveTo(java.time.Instant.parse("2026-11-05T18:00:00Z"));
        World.await("all are paid", () -> count("select count(*) from charge where status = 'CHARGED'") >= 5);
        world.simulator().advance(Duration.ofMinutes(2));
        World.await("every change is reported", () -> {
            world.simulator().advance(Duration.ofMinutes(1));
            return proxy.cuts() > 0 && count("select count(*) from event where reportable and report_id is null") == 0;
        });
        settled();
    }

    @Test
    @Order(10)
    void aTransactionThatMustGiveWayAtItsCommitIsDoneAgainAndToldToNobody() throws Exception {
        ledger().sql("create table give_way (times int)").update();
        ledger().sql("insert into give_way values (0)").update();
        ledger().sql("create sequence give_way_once").update();
        ledger().sql(
                        """
                        create function give_way() returns trigger language plpgsql as $$
                        begin
                            if nextval('give_way_once') = 1 then
                                raise exception 'could not serialize access' using errcode = '40001';
                            end if;
                            return null;
                        end $$
                        """)
                .update();
        ledger().sql("create constraint trigger give_way after insert on inbound_file deferrable initially deferred"
                        + " for each row execute function give_way()")
                .update();
        leave("erp", 10);
        settled();
        ledger().sql("drop trigger give_way on inbound_file").update();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    @Order(11)
    void aDatabaseWithoutSpaceIsToldOnceAndWaitedFor() {
        ledger().sql(
                        """
                        create function no_space() returns trigger language plpgsql as $$
                        begin raise exception 'could not extend file: No space left on device' using errcode = '53100';
                        end $$
                        """)
                .update();
        ledger().sql("create trigger no_space before insert on inbound_file_part for each row execute function"
                        + " no_space()")
                .update();
        leave("erp", 10);
        leave("other", 10);
        World.await("told", () -> !world.alarms().isEmpty());
        assertThat(World.files(world.server("erp").out(), "f")).hasSize(1);
        // Its routes run, and get nothing done.
        assertThat(world.health())
                .contains("\"routes\":{\"status\":\"DOWN\"", "the database's disk is full", "Make room on the disk of");
        ledger().sql("drop trigger no_space on inbound_file_part").update();
        settled();
        toldOnce("the database's disk is full", "Make room on the disk of PostgreSQL");
    }

    @Test
    @Order(12)
    void aLockHeldByAnotherSessionOnASalesUnitDelaysSendingOnly() throws Exception {
        try (Connection holder = DriverManager.getConnection(postgres.url(), "postgres", "");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from sales_unit for update");
            long created = world.simulator().summary().created();
            String name = leave("erp", 10);
            assertThat(world.awaitFile("erp", "receipt-" + name)).contains("ACCEPTED");
            String other = leave("other", 10);
            assertThat(world.awaitFile("other", "receipt-" + other)).contains("ACCEPTED");
            assertThat(world.simulator().summary().created()).isEqualTo((int) created);
            world.awaitHealth("\"db\":{\"status\":\"UP\"");
            holder.rollback();
        }
        settled();
    }

    @Test
    @Order(13)
    void aLockHeldOnOneSourceDelaysNoOtherChannel() throws Exception {
        try (Connection holder = DriverManager.getConnection(postgres.url(), "postgres", "");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtextextended('source:erp', 0))");
            String name = leave("erp", 10);
            String other = leave("other", 10);
            assertThat(world.awaitFile("other", "receipt-" + other)).contains("ACCEPTED");
            assertThat(World.files(world.server("erp").in(), "receipt-" + name)).isEmpty();
            holder.rollback();
        }
        settled();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    @Order(14)
    void aPoolWithoutAFreeConnectionIsToldOnceAndWaitedFor() throws Exception {
        javax.sql.DataSource pool = world.gateway().getBean(javax.sql.DataSource.class);
        List<Connection> taken = new ArrayList<>();
        try {
            World.await("every connection is taken", () -> {
                taken.add(pool.getConnection());
                return taken.size() == 10;
            });
            leave("erp", 10);
            leave("other", 10);
            World.await("told", () -> !world.alarms().isEmpty());
            long before = System.nanoTime();
            assertThat(world.health()).contains("the database does not answer");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        settled();
        toldOnce("every connection to the database is in use", "maximum-pool-size");
    }

    @Test
    @Order(15)
    void aDatabaseThatMayOnlyBeReadIsToldOnceAndWaitedFor() {
        readOnly(true);
        try {
            leave("erp", 10);
            World.await("told", () -> !world.alarms().isEmpty());
            World.await("seen", () -> world.health().contains("\"db\":{\"status\":\"DOWN\""));
            assertThat(world.health()).contains("the database may only be read", "and not a hot standby");
        } finally {
            readOnly(false);
        }
        settled();
        toldOnce("the database may only be read", "default_transaction_read_only");
        World.await("seen", () -> world.health().contains("\"db\":{\"status\":\"UP\""));
    }

    private static void readOnly(boolean on) {
        try (Connection connection = DriverManager.getConnection(postgres.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter system set default_transaction_read_only = " + (on ? "on" : "off"));
            statement.execute("select pg_reload_conf()");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
