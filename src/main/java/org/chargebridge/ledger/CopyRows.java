package org.chargebridge.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;

/** Rows for PostgreSQL's COPY, gathered as its text format and written in the caller's transaction. */
final class CopyRows {

    private static final HexFormat HEX = HexFormat.of();

    private final String table;
    private final StringBuilder rows = new StringBuilder();
    private boolean first = true;
    private int count;

    /** @param table with its columns, for example {@code event (id, status)} */
    CopyRows(String table) {
        this.table = table;
    }

    CopyRows text(String value) {
        separate();
        escape(rows, value);
        return this;
    }

    CopyRows number(long value) {
        separate();
        rows.append(value);
        return this;
    }

    CopyRows flag(boolean value) {
        return text(value ? "t" : "f");
    }

    CopyRows date(Optional<LocalDate> value) {
        return value.isPresent() ? text(value.get().toString()) : absent();
    }

    CopyRows textOrAbsent(Optional<String> value) {
        return value.isPresent() ? text(value.get()) : absent();
    }

    CopyRows bytes(byte[] value) {
        separate();
        HEX.formatHex(rows.append("\\\\x"), value);
        return this;
    }

    /** A text array. */
    CopyRows texts(List<String> values) {
        StringBuilder array = new StringBuilder("{");
        for (String value : values) {
            array.append(array.length() == 1 ? "\"" : ",\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return text(array.append('}').toString());
    }

    CopyRows absent() {
        separate();
        rows.append("\\N");
        return this;
    }

    void end() {
        rows.append('\n');
        first = true;
        count++;
    }

    int count() {
        return count;
    }

    /** Writes the rows and forgets them. */
    void write(DataSource dataSource) {
        if (count == 0) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        String sql = "copy " + table + " from stdin";
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (SQLException e) {
            throw new SQLErrorCodeSQLExceptionTranslator(dataSource).translate("copy", sql, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
        rows.setLength(0);
        count = 0;
    }

    private void separate() {
        if (!first) {
            rows.append('\t');
        }
        first = false;
    }

    private static int firstSpecial(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
                return i;
            }
        }
        return value.length();
    }

    private static void escape(StringBuilder rows, String value) {
        int from = firstSpecial(value);
        rows.append(value, 0, from);
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                case '\t' -> rows.append("\\t");
                default -> rows.append(c);
            }
        }
    }
}
