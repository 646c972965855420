package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Instants as PostgreSQL's driver takes and gives them. */
final class SqlTime {

    /**
     * Whether a lease has run out. None is given for more than an hour: one that ends later is from before the database's
     * clock was set back, and would keep what it holds from being done for as long.
     */
    static final String LEASE_OVER =
            "(lease_until < clock_timestamp() or lease_until > clock_timestamp() + interval '90 minutes')";

    private SqlTime() {}

    static OffsetDateTime of(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
