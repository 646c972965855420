package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobPersistenceException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a real PostgreSQL says when it cannot do what is asked, and how that is told. */
class LedgerTroubleTest {

    private static final String USER = "somebody";

    private final LedgerDatabase database = LedgerDatabase.create();
    private HikariDataSource pool;
    private JdbcClient ledger;
    private LedgerHealthIndicator health;

    @BeforeEach
    void connect() {
        database.jdbc().sql("create role " + USER + " login").update();
        pool = new HikariDataSource();
        // Without the owner, whom the address names.
        pool.setJdbcUrl(database.url().replaceAll("\\?.*", ""));
        pool.setUsername(USER);
        pool.setConnectionTimeout(3_000);
        pool.setInitializationFailTimeout(-1);
        pool.setMinimumIdle(0);
        ledger = JdbcClient.create(pool);
        health = new LedgerHealthIndicator(ledger, new HealthQueries());
    }

    @AfterEach
    void close() {
        pool.close();
        database.jdbc().sql("drop owned by " + USER).update();
        database.jdbc().sql("drop role " + USER).update();
        database.close();
    }

    private LedgerTrouble trouble() {
        Throwable failure = catchThrowable(() ->
                ledger.sql("update sales_unit set msn = msn where msn = ''").update());
        return LedgerTrouble.of(failure).orElseThrow();
    }

    private void isTold(LedgerTrouble trouble) {
        Awaitility.await().untilAsserted(() -> {
            Health told = health.health();
            assertThat(told.getStatus()).isEqualTo(Status.DOWN);
            assertThat(told.getDetails()).containsEntry("failure", trouble.text());
            assertThat(told.getDetails().get("remedy")).asString().startsWith(trouble.remedy());
        });
    }

    @Test
    void aDatabaseThatIsGoneIsNamedThoughTheSchedulerTellsItInItsOwnWay() {
        Throwable refused =
                catchThrowable(() -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/postgres", USER, ""));

        assertThat(LedgerTrouble.of(new IllegalStateException(
                        "the schedules cannot be looked through",
                        new JobPersistenceException("Failed to obtain DB connection", refused))))
                .contains(LedgerTrouble.GONE);
    }

    @Test
    void aUserWithoutRightsIsNamed() {
        assertThat(trouble()).isEqualTo(LedgerTrouble.NOT_ALLOWED);
    }

    @Test
    void aUserWithoutAConnectionLeftIsNamedThoughThePoolOnlySaysThatItHasNone() {
        database.jdbc().sql("alter role " + USER + " connection limit 0").update();

        assertThat(trouble()).isEqualTo(LedgerTrouble.NO_CONNECTION);
        isTold(LedgerTrouble.NO_CONNECTION);
    }

    @Test
    void aDatabaseThatMayOnlyBeReadIsNamedAndHealthSeesItWithoutAWrite() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        database.jdbc()
                .sql("alter role " + USER + " set default_transaction_read_only = on")
                .update();
        pool.getHikariPoolMXBean().softEvictConnections();
        database.jdbc().sql("grant update, select on sales_unit to " + USER).update();

        assertThat(trouble()).isEqualTo(LedgerTrouble.READ_ONLY);
        isTold(LedgerTrouble.READ_ONLY);
    }

    @Test
    void aPoolerThatHandsConnectionsAroundIsNamedWhetherAStatementIsThereAlreadyOrNotAnyMore() {
        pool.setMaximumPoolSize(1);
        ledger.sql("prepare s_1 as select 1").update();

        assertThat(LedgerTrouble.of(catchThrowable(
                        () -> ledger.sql("prepare s_1 as select 2").update())))
                .contains(LedgerTrouble.POOLED);
        assertThat(LedgerTrouble.of(
                        catchThrowable(() -> ledger.sql("deallocate s_2").update())))
                .contains(LedgerTrouble.POOLED);
    }
}
