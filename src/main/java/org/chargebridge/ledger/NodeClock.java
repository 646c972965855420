package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** This machine's clock beside the database's, whatever business time says. */
@Component
public class NodeClock {

    /** From there on nodes would disagree about due dates and schedules. */
    public static final Duration SKEW_MAX = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final Clock machine;

    @Autowired
    NodeClock(JdbcClient jdbc) {
        this(jdbc, Clock.systemUTC());
    }

    NodeClock(JdbcClient jdbc, Clock machine) {
        this.jdbc = jdbc;
        this.machine = machine;
    }

    /** How far the two are apart; the time that the question takes is not counted. */
    public Duration skew() {
        Instant asked = machine.instant();
        Instant database = jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        Instant answered = machine.instant();
        return database.isBefore(asked)
                ? Duration.between(database, asked)
                : database.isAfter(answered) ? Duration.between(answered, database) : Duration.ZERO;
    }
}
