package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalTest {

    @Test
    void whoAskedIsTheSamePersonInAnotherCase() {
        Instant now = Instant.parse("2026-11-30T12:00:00Z");
        Approval approval = new Approval(
                1,
                null,
                Approval.Kind.REFUND,
                Optional.empty(),
                now,
                Optional.of(new Approval.Word("Olga", now, "because")),
                Approval.State.OPEN,
                Optional.empty());

        assertThat(approval.isAskedBy("olga")).isTrue();
        assertThat(approval.isAskedBy("anna")).isFalse();
    }
}
