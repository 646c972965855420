package org.chargebridge.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.chargebridge.Ports;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated ledger of its own for a test class, in the one PostgreSQL that all tests of a JVM share. Every database is
 * a copy of a migrated template, so that making one costs a fraction of a second.
 */
public final class LedgerDatabase implements AutoCloseable {

    /** Longer than any start takes beside other tests. */
    private static final Duration STARTUP = Duration.ofMinutes(2);

    private static EmbeddedPostgres server;

    private final HikariDataSource dataSource;

    private LedgerDatabase(HikariDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A fresh, migrated and empty ledger. */
    public static synchronized LedgerDatabase create() {
        EmbeddedPostgres postgres = server();
        String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("create database " + name + " template ledger_template")
                .update();
        return connect(name);
    }

    private static LedgerDatabase connect(String name) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(jdbcUrl(name));
        dataSource.setUsername("postgres");
        dataSource.setMaximumPoolSize(8);
        return new LedgerDatabase(dataSource);
    }

    /** A ledger as an earlier version made it, in a database that sorts as people in Norway do. */
    public static synchronized LedgerDatabase ofVersion(String schemaVersion) {
        EmbeddedPostgres postgres = server();
        String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("create database " + name + " template template0 locale_provider icu icu_locale 'nb-NO'")
                .update();
        LedgerDatabase database = connect(name);
        Flyway.configure()
                .dataSource(database.dataSource)
                .target(schemaVersion)
                .load()
                .migrate();
        return database;
    }

    private static EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setPort(Ports.free())
                        .setPGStartupWait(STARTUP)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            JdbcClient.create(server.getPostgresDatabase())
                    .sql("create database ledger_template")
                    .update();
            Flyway.configure()
                    .dataSource(jdbcUrl("ledger_template"), "postgres", "")
                    .load()
                    .migrate();
        }
        return server;
    }

    private static String jdbcUrl(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** For an application under test: {@code spring.datasource.url}; the user is {@code postgres}, without password. */
    public String url() {
        return dataSource.getJdbcUrl();
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
