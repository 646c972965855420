package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class AuditChainTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private final AuditTrail trail = new AuditTrail(database.jdbc(), Clock.systemUTC());
    private final AuditChain chain = new AuditChain(database.jdbc(), database.transactions());

    @BeforeEach
    void three() {
        trail.record("ann", "redrive", "dead letter 1", "mended", "goes on");
        trail.record("bob", "discard", "dead letter 2", "too old", "given up");
        trail.record("ann", "stop", "route send-charges", "audit of the bank", "stops");
        assertThat(chain.seal()).isEqualTo(3);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void asTheOwnerOfTheDatabase(String sql) {
        database.jdbc()
                .sql("alter table audit_event disable trigger audit_event_is_kept")
                .update();
        database.jdbc().sql(sql).update();
    }

    @Test
    void anUntouchedTrailIsWhole() {
        AuditChain.Verification found = chain.verify();

        assertThat(found.broken()).isEmpty();
        assertThat(found.events()).isEqualTo(3);
        assertThat(found.unsealed()).isZero();
        assertThat(found.head()).hasSize(64);
    }

    @Test
    void sealingGoesOnWhereItWas() {
        String head = chain.verify().head();
        assertThat(chain.seal()).isZero();
        trail.record("bob", "redrive", "dead letter 3", "", "goes on");
        assertThat(chain.verify().unsealed()).isOne();

        assertThat(chain.seal()).isOne();

        assertThat(chain.verify().events()).isEqualTo(4);
        assertThat(chain.verify().head()).isNotEqualTo(head);
        assertThat(trail.last(Optional.of("bob"), Optional.empty(), Long.MAX_VALUE, 10))
                .extracting(AuditTrail.Recorded::number)
                .containsExactly(Optional.of(4L), Optional.of(2L));
    }

    @Test
    void moreEventsThanOneRoundSealsAreOneChain() {
        for (int i = 0; i < 1_001; i++) {
            trail.record("ann", "redrive", "dead letter " + i, "", "goes on");
        }

        assertThat(List.of(chain.seal(), chain.seal())).containsExactly(1_000, 1);

        assertThat(chain.verify().events()).isEqualTo(1_004);
        assertThat(chain.verify().broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set actor = 'eve' where number = 2",
                "update audit_event set reason = 'because' where number = 2",
                "update audit_event set at = at + interval '1 second' where number = 2",
                "update audit_event set result = '', subject = subject || result where number = 2",
                "update audit_event set number = case number when 2 then 1002 else 1003 end where number > 1",
                "delete from audit_event where number = 2",
                "delete from audit_event where number = 1"
            })
    void whatWasChangedLaterIsFoundOut(String damage) {
        asTheOwnerOfTheDatabase(damage);

        assertThat(chain.verify().broken()).isPresent();
    }

    @Test
    void whatWasCutOffChangesTheHeadThatWasWrittenDown() {
        String head = chain.verify().head();

        asTheOwnerOfTheDatabase("delete from audit_event where number = 3");

        assertThat(chain.verify().head()).isNotEqualTo(head);
        assertThat(chain.verify().events()).isEqualTo(2);
    }

    @Test
    void aReasonMayBeBlankedAndTheChainHolds() {
        database.jdbc()
                .sql("update audit_event set reason = '', salt = null where number = 2")
                .update();

        assertThat(chain.verify().broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set actor = 'eve'",
                "update audit_event set reason = 'because'",
                "update audit_event set hash = reason_digest",
                "update audit_event set reason = '', salt = null, hash = reason_digest",
                "delete from audit_event",
                "truncate audit_event"
            })
    void theDatabaseItselfRefusesToChangeIt(String damage) {
        assertThatThrownBy(() -> database.jdbc().sql(damage).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("An audit event is never");
    }
}
