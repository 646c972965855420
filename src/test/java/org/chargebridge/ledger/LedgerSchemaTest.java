package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
