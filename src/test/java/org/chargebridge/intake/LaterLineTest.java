package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.Test;

/** A held line whose document comes again: the later line takes its place and its letter. */
class LaterLineTest {

    private static final String HEADER = "invoice_number;agreement_id;amount;due_date\n";
    private static final String TOO_MUCH = "1;agr_abc1;300;2026-11-22\n";

    private static Channel limited() {
        return ChannelBuilder.channel()
                .policy(p -> new Channel.Policy(
                        p.lateDue(),
                        p.maxDaysLate(),
                        p.leadDays(),
                        p.cutOff(),
                        p.onConflict(),
                        p.goLiveDate(),
                        200_00,
                        p.maxPerFileMinor()))
                .build();
    }

    @Test
    void whatIsDecidedAboutTheLaterLineHoldsForTheEarlierOne() throws Exception {
        // The invariants are checked when the rig is closed.
        try (IntakeRig rig = new IntakeRig(limited())) {
            rig.receive("a.csv", HEADER + TOO_MUCH);
            rig.receive("b.csv", HEADER + TOO_MUCH + "2;agr_abc1;100;2026-11-22\n");
            assertThat(rig.letters()).hasSize(1);

            rig.clock.moveTo("2026-11-25T11:00:00Z");
            assertThat(rig.redrive("ABOVE_MAX_PER_CHARGE")).contains("REFUSED");
            assertThat(rig.letters()).isEmpty();
        }
    }

    @Test
    void whatIsDroppedIsDroppedForTheEarlierLineToo() throws Exception {
        try (IntakeRig rig = new IntakeRig(limited())) {
            rig.receive("a.csv", HEADER + TOO_MUCH);
            rig.receive("b.csv", HEADER + TOO_MUCH + "2;agr_abc1;100;2026-11-22\n");

            rig.discard("ABOVE_MAX_PER_CHARGE");
            assertThat(rig.letters()).isEmpty();
        }
    }
}
