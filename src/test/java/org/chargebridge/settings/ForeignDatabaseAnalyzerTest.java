package org.chargebridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.chargebridge.ledger.LedgerDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ForeignDatabaseAnalyzerTest {

    @Test
    void aDatabaseOfAnotherVersionIsToldInOneLineAndNotChanged() {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            database.jdbc()
                    .sql("update flyway_schema_history set checksum = 1 where version = '1'")
                    .update();
            Flyway flyway = Flyway.configure().dataSource(database.dataSource()).load();
            FlywayValidateException refused = catchThrowableOfType(FlywayValidateException.class, flyway::migrate);

            String told = new ForeignDatabaseAnalyzer(
                            new MockEnvironment().withProperty("spring.datasource.url", database.url()))
                    .analyze(refused, refused)
                    .getDescription();

            assertThat(told.lines()).hasSize(1);
            assertThat(told)
                    .contains("made by another version of Chargebridge", "Nothing was changed", "an empty database");
        }
    }
}
