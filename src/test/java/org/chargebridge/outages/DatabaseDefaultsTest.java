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
    void transactionsAreIsolatedAsStatementsAreWrittenForWhateverTheDatabaseSays() {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp")) {
            String name = database.jdbc()
                    .sql("select current_database()")
                    .query(String.class)
                    .single();
            database.jdbc()
                    .sql("alter database " + name + " set default_transaction_isolation = serializable")
                    .update();
            world.start();

            assertThat(world.gateway()
                            .getBean(JdbcClient.class)
                            .sql("show transaction_isolation")
                            .query(String.class)
                            .single())
                    .isEqualTo("read committed");
        }
    }
}
