package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.reporting.ReportingSettings;
import org.junit.jupiter.api.Test;

/** A report that cannot be made in time keeps nobody else from theirs. */
class LimitedTransactionsTest {

    private static final String ENDLESS =
            "select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b where a * b < 0";

    @Test
    void whatTakesTooLongIsGivenUpWithItsLocksAndSaysWhatToDo() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            LimitedTransactions limited = new LimitedTransactions(
                    database.transactions().getTransactionManager(),
                    new ReportingSettings(Duration.ofSeconds(1), Duration.ofSeconds(1)));
            assertThatThrownBy(() -> limited.execute("The report", status -> {
                        database.jdbc()
                                .sql("select pg_advisory_xact_lock(7)::text")
                                .query(String.class)
                                .single();
                        return database.jdbc().sql(ENDLESS).query(Long.class).single();
                    }))
                    .hasMessageStartingWith("The report took too long and was given up")
                    .hasMessageContaining("chargebridge.reporting.settlement-limit")
                    .hasNoCause();
            boolean free = database.jdbc()
                    .sql("select pg_try_advisory_lock(7)")
                    .query(Boolean.class)
                    .single();
            assertThat(free).isTrue();
        }
    }

    @Test
    void aLimitThatNothingCouldKeepIsRefused() {
        assertThatThrownBy(() -> new ReportingSettings(Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("set at least 1s");
    }
}
