package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.chargebridge.clock.TestClock;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class LedgerSchemaTest {

    @Test
    void migrationMakesAnEmptyLedger() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            assertThat(database.jdbc()
                            .sql("select count(*) from instruction")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void noIndexDependsOnTheSortOrderOfTheOperatingSystem() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            assertThat(database.jdbc()
                            .sql(
                                    """
                                    select x.indexrelid::regclass::text
                                    from pg_index x join pg_class c on c.oid = x.indrelid
                                    where c.relnamespace = current_schema()::regnamespace
                                      and c.relname <> 'flyway_schema_history'
                                      and 'pg_catalog."default"'::regcollation = any (x.indcollation)
                                    """)
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }

    @Test
    void aLedgerWithLinesIsMigratedAsItIs() {
        try (LedgerDatabase database = LedgerDatabase.ofVersion("4")) {
            new RecordedLines(database).file("demo-before", 3);

            Flyway.configure().dataSource(database.dataSource()).load().migrate();

            new RecordedLines(database).file("demo-after", 2);
            assertThatThrownBy(() -> new RecordedLines(database).file("demo-before", 1))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(database.jdbc()
                            .sql("select order_id from instruction order by order_id")
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "demo-after-00000001",
                            "demo-after-00000002",
                            "demo-before-00000001",
                            "demo-before-00000002",
                            "demo-before-00000003");
            InvariantsHold.in(database.dataSource(), new TestClock("2026-11-20T12:00:00Z"));
        }
    }
}
