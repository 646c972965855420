package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of damage to settlements is found by the invariant that the gateway checks every hour. */
class SettlementInvariantTest {

    private static SettlementRig rig;

    @BeforeAll
    static void twoPayouts() {
        rig = new SettlementRig(channel().settlement(settlement().build()).build());
        rig.ledgers
                .entry("2026-12-01", "capture", 900, "P1", "x")
                .payout("2026-12-01", 1, 0)
                .entry("2026-12-02", "capture", 800, "P2", "y")
                .payout("2026-12-02", 2, 0);
        rig.writeAll();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from settlement_entry where psp_reference = 'P2'",
                "update settlement_entry set number = 9 where number = 4",
                "update settlement_entry set amount_minor = 901 where psp_reference = 'P1'",
                "delete from settlement_report_entry where number = 1",
                "update settlement_report_entry set channel = 'other' where number = 3",
                "update settlement_report set number = 7 where number = 2",
                "update settlement_report set opening_minor = 1 where number = 2",
                "update settlement_opening set balance_minor = 1",
                "update settlement_feed set last_number = 5 where topic = 'FUNDS'"
            })
    void damageIsFound(String sql) {
        rig.database.transactions().executeWithoutResult(status -> {
            rig.database.jdbc().sql(sql).update();
            assertThat(InvariantsHold.check(rig.database.dataSource(), rig.clock, Invariant.I7)
                            .examples())
                    .isNotEmpty();
            status.setRollbackOnly();
        });
    }
}
