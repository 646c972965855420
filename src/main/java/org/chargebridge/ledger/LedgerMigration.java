package org.chargebridge.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Brings the tables up to date, once it is known that the database takes changes: where nothing is to be migrated a hot
 * standby would be noticed in the middle of the start, by whoever writes first.
 */
@Component
class LedgerMigration implements FlywayMigrationStrategy {

    @Override
    public void migrate(Flyway flyway) {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            if (shown(connection, "transaction_read_only").equals("on")) {
                throw new SQLException("transaction_read_only is on", LedgerTrouble.READ_ONLY_STATE);
            }
            String encoding = shown(connection, "server_encoding");
            if (!encoding.equals("UTF8")) {
                throw new SQLException("server_encoding is " + encoding, LedgerTrouble.ENCODING_STATE);
            }
            if (isWithoutSchema(connection)) {
                throw new SQLException(
                        "search_path is " + shown(connection, "search_path"), LedgerTrouble.WITHOUT_SCHEMA_STATE);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the ledger cannot be migrated", e);
        }
        flyway.migrate();
    }

    private static boolean isWithoutSchema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet schema = statement.executeQuery("select current_schema() is null")) {
            schema.next();
            return schema.getBoolean(1);
        }
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet value = statement.executeQuery("show " + setting)) {
            value.next();
            return value.getString(1);
        }
    }
}
