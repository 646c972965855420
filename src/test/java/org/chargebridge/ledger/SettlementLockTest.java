package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.chargebridge.clock.TestClock;
import org.junit.jupiter.api.Test;

/** Reports of a ledger are made one after the other, however long one takes. */
class SettlementLockTest {

    private static final String WAITING =
            """
            select exists (select 1 from pg_stat_activity
                where wait_event_type = 'Lock' and clock_timestamp() - query_start > interval '1 second')
            """;

    @Test
    void aReportWaitsForAnotherForLongerThanAnythingElseWaitsForALock() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            Settlements settlements = new Settlements(database.dataSource(), new TestClock("2026-12-03T06:00:00Z"));
            CompletableFuture<String> next = new CompletableFuture<>();
            database.transactions().executeWithoutResult(report -> {
                settlements.lock("demo", "302321");
                next.completeAsync(() -> database.transactions().execute(tx -> {
                    database.jdbc().sql("set local lock_timeout = '200ms'").update();
                    settlements.lock("demo", "302321");
                    return database.jdbc()
                            .sql("show lock_timeout")
                            .query(String.class)
                            .single();
                }));
                await().atMost(Duration.ofMinutes(1)).until(() -> database.jdbc()
                        .sql(WAITING)
                        .query(Boolean.class)
                        .single());
                assertThat(next).isNotDone();
            });

            assertThat(next.join()).isEqualTo("1min");
        }
    }
}
