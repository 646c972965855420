package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API answers and the ledger cannot keep the answer: its transaction is rolled back at the very commit. */
class AnswerNotRecordedTest {

    @Test
    void aRolledBackAnswerIsAskedForAgainWithTheSameKeyAndNobodyIsChargedTwice(@TempDir Path home) {
        try (FaultyWorld world = new FaultyWorld(home, "serial").start()) {
            world.around()
                    .ledger()
                    .sql(
                            """
                            create sequence failures;
                            create function fail_at_first() returns trigger language plpgsql as $$
                            begin
                                if nextval('failures') <= 1 then
                                    raise exception 'could not serialize access' using errcode = '40001';
                                end if;
                                return null;
                            end $$;
                            create constraint trigger at_commit after update on dispatch
                            deferrable initially deferred
                            for each row when (new.state = 'ACCEPTED') execute function fail_at_first()
                            """)
                    .update();
            world.send("serial", "a", 7);
            world.await("recorded at last", () -> world.accepted("serial") == 7);
            world.await("confirmed", () -> world.confirmed("serial") == 7);
            world.assertEachLineIsOneCharge("serial");
            assertThat(world.calls("serial").keys()).hasSize(1);
            assertThat(world.calls("serial").creates()).hasSize(2);
            assertThat(world.api().summary().duplicatesRefused()).isZero();
            assertThat(world.count(
                            "serial",
                            "select count(*) from dead_letter where state = 'OPEN' and (msn = :msn or msn is null)"))
                    .as("one alarm for a person")
                    .isLessThanOrEqualTo(1);
        }
    }
}
