package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody set for the whole database, for another program, changes nothing about how the gateway works. */
class DatabaseDefaultsTest {

    @TempDir
    private Path home;

    @Test
    void transactionsLastAndAreIsolatedAndConnectionsRestAsTheGatewayNeedsItWhateverTheDatabaseSays() {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp")) {
            set(database, "default_transaction_isolation", "serializable");
            set(database, "transaction_timeout", "30s");
            set(database, "idle_session_timeout", "30s");
            world.start();
            JdbcClient gateway = world.gateway().getBean(JdbcClient.class);

            assertThat(shown(gateway, "transaction_isolation")).isEqualTo("read committed");
            assertThat(shown(gateway, "transaction_timeout")).isEqualTo("0");
            assertThat(shown(gateway, "idle_session_timeout")).isEqualTo("0");
        }
    }

    @Test
    void whatWasCommittedIsOnDiskBeforeSomebodyHearsOfItWhateverTheDatabaseSays() {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp")) {
            set(database, "synchronous_commit", "off");
            world.start();

            assertThat(shown(world.gateway().getBean(JdbcClient.class), "synchronous_commit"))
                    .isEqualTo("on");
        }
    }

    @Test
    void aDatabaseThatWaitsForItsStandbysGoesOnToDoSo() {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp")) {
            set(database, "synchronous_commit", "remote_apply");
            world.start();

            assertThat(shown(world.gateway().getBean(JdbcClient.class), "synchronous_commit"))
                    .isEqualTo("remote_apply");
        }
    }

    private static void set(LedgerDatabase database, String setting, String value) {
        String name = database.jdbc()
                .sql("select current_database()")
                .query(String.class)
                .single();
        database.jdbc()
                .sql("alter database " + name + " set " + setting + " = '" + value + "'")
                .update();
    }

    private static String shown(JdbcClient gateway, String setting) {
        return gateway.sql("show " + setting).query(String.class).single();
    }
}
