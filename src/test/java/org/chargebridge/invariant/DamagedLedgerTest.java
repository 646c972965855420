package org.chargebridge.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.chargebridge.ledger.Invariants.Found;
import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.story.InvoiceFile;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** After a whole story every invariant holds; each kind of damage done to its ledger is found. */
class DamagedLedgerTest {

    private static final String DUE = "2026-11-05";

    @TempDir
    static Path home;

    private static Surroundings world;
    private static Clock clock;

    @BeforeAll
    static void aStory() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z").channel("visma").start();
        world.leave(
                "visma",
                "invoices.csv",
                new InvoiceFile()
                        .lines("A", 20, DUE)
                        .line("POOR", "agr_demo0100", "1,51", DUE)
                        .line("LATE", "agr_demo0101", "120,00", "2026-11-01")
                        .line("NOAGR", "agr_unknown1", "130,00", DUE)
                        .line("MUCH", "agr_demo0102", "20001,00", DUE)
                        .line("A", 1, DUE)
                        .toString());
        world.awaitFile("visma", "receipt-invoices-");
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 21);
        // Not what the simulator has shown: time must not move while an answer is on its way to the ledger.
        Surroundings.await("all are confirmed", () -> count("charge where seen_at is not null") == 21);
        on("2026-11-05T18:00:00Z", "the paid ones are seen", "CHARGED", 20);
        on("2026-11-11T01:00:00Z", "the failed one is seen", "FAILED", 1);
        Surroundings.await("the refused one is seen", () -> count("charge where status = 'REFUSED'") == 1);
        world.leave(
                "visma",
                "more.csv",
                new InvoiceFile().lines("B", 2, "2026-11-20").toString());
        Surroundings.await("more are seen", () -> count("charge where seen_at is not null") == 23);
        Surroundings.await("all is delivered", () -> count("outbound_file where state <> 'DELIVERED'") == 0);
        world.stop();
        clock = Clock.fixed(world.simulator().now(), ZoneOffset.UTC);
    }

    private static void on(String day, String what, String status, int charges) {
        world.simulator().moveTo(Instant.parse(day));
        Surroundings.await(what, () -> count("charge where status = '" + status + "'") == charges);
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await("it is reported", () -> count("event where reportable and report_id is null") == 0);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static long count(String rows) {
        return world.ledger()
                .sql("select count(*) from " + rows)
                .query(Long.class)
                .single();
    }

    @Test
    void nothingIsWrongAfterTheStory() {
        assertThat(count("charge where status = 'CHARGED'")).isEqualTo(20);
        assertThat(count("charge where status = 'FAILED'")).isEqualTo(1);
        assertThat(count("charge where status = 'REFUSED'")).isEqualTo(1);
        assertThat(count("report")).isGreaterThan(1);
        InvariantsHold.in(world.dataSource(), clock);
    }

    static Stream<Arguments> damage() {
        return Stream.of(DamagedLedger.I1, DamagedLedger.I2, DamagedLedger.I5, DamagedLedger.I6)
                .flatMap(all -> all.entrySet().stream()
                        .map(one -> Arguments.of(DamagedLedger.invariant(all), one.getKey(), one.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("damage")
    void damageIsFound(Invariant invariant, String what, String sql) {
        new TransactionTemplate(new DataSourceTransactionManager(world.dataSource())).executeWithoutResult(status -> {
            world.ledger().sql(sql).update();
            Found found = InvariantsHold.check(world.dataSource(), clock, invariant);
            status.setRollbackOnly();
            assertThat(found.count()).as(what).isPositive();
            assertThat(found.examples()).isNotEmpty().allSatisfy(example -> assertThat(example)
                    .doesNotContain("null")
                    .matches("[\\p{ASCII}]+"));
        });
    }
}
