package org.chargebridge.ledger;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads long results by a cursor, a few hundred rows at a time: PostgreSQL does so only inside a transaction. */
final class Cursors {

    private static final int FETCH_SIZE = 500;

    private Cursors() {}

    static JdbcClient of(DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setFetchSize(FETCH_SIZE);
        return JdbcClient.create(template);
    }
}
