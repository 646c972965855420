package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.Invariants.Found;
import org.chargebridge.ledger.Invariants.Invariant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What must hold in a ledger after every test, whatever the test broke around it. */
public final class InvariantsHold {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private InvariantsHold() {}

    /** Fails with what violates an invariant; {@code clock} is the business time. */
    public static void in(DataSource ledger, Clock clock) {
        in(ledger, clock, Invariant.values());
    }

    /** Only some of them, where a test writes rows of its own that the others would not know. */
    public static void in(DataSource ledger, Clock clock, Invariant... wanted) {
        List<Found> violated = new ArrayList<>();
        for (Invariant invariant : wanted) {
            Found found = check(ledger, clock, invariant);
            if (found.count() > 0) {
                violated.add(found);
            }
        }
        assertThat(violated).as("violated invariants").isEmpty();
        if (Arrays.asList(wanted).contains(Invariant.I6)) {
            outboundFilesAreAsTheyWereMade(ledger);
        }
    }

    /** What violates one of them now, in the caller's transaction if there is one. */
    public static Found check(DataSource ledger, Clock clock, Invariant invariant) {
        return new Invariants(JdbcClient.create(ledger), new DataSourceTransactionManager(ledger), clock)
                .check(invariant, Optional.empty(), LIMIT)
                .orElseThrow();
    }

    /** SQL cannot unpack their bytes. */
    private static void outboundFilesAreAsTheyWereMade(DataSource ledger) {
        JdbcClient jdbc = JdbcClient.create(ledger);
        jdbc.sql("select id, name, sha256 from outbound_file")
                .query()
                .listOfRows()
                .forEach(row -> {
                    try (InputStream content = new OutboundParts.Reader(jdbc, (Long) row.get("id"))) {
                        assertThat(Sha256.hex(content.readAllBytes()))
                                .as("digest of " + row.get("name"))
                                .isEqualTo(row.get("sha256"));
                    } catch (IOException e) {
                        throw new AssertionError(row.get("name") + " cannot be read", e);
                    }
                });
    }
}
